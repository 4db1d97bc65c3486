import configargparse

parser = configargparse.ArgumentParser()
commands = parser.add_subparsers(required=True)
commands.add_parser("go").add_argument("extra", nargs="?")
commands.add_parser("far").add_subparsers().add_parser("away")
parser.parse_args()
