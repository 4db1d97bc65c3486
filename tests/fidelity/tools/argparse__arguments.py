import argparse

parser = argparse.ArgumentParser()
commands = parser.add_subparsers(required=True)
go = commands.add_parser("go")
go.add_argument("item")
go.add_argument("extra", nargs="?")
commands.add_parser("all").add_argument("items", nargs="+")
far = commands.add_parser("far").add_subparsers()
far.add_parser("away")
parser.parse_args()
