import argparse

common = argparse.ArgumentParser(add_help=False)
common.add_argument("--region", default="eu")

parser = argparse.ArgumentParser(prog="shop", description="Keep the shop.", parents=[common])
parser.add_argument("--verbose", action="store_true")
commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="CMD")

put = commands.add_parser("put", aliases=["add", "p"], help="put one in", parents=[common])
put.add_argument("name")
put.add_argument("--verbose", action="store_true")

users = commands.add_parser("users", description="Look after users of %(prog)s.", help="users")
below = users.add_subparsers()
new = below.add_parser("new", help="make a user")
new.add_argument("--password", required=True)
deep = below.add_parser("deep")
deepest = deep.add_subparsers(dest="what")
deepest.add_parser("end.it").add_argument("dotted.name")

commands.add_parser("secret", help=argparse.SUPPRESS)
parser.parse_args()
