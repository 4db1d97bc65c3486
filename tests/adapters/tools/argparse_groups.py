import argparse

parser = argparse.ArgumentParser(
    formatter_class=argparse.RawDescriptionHelpFormatter,
    description="""
    Groups of every kind.

      kept as it stands
    """,
    epilog="The end of %(prog)s.",
)
parser.add_argument("plain")
output = parser.add_argument_group("output", "Where it goes.")
output.add_argument("--out")
output.add_argument("--mode", choices=["a", "w"])
parser.add_argument_group("empty")
unnamed = parser.add_argument_group()
unnamed.add_argument("--unnamed")
one = parser.add_mutually_exclusive_group(required=True)
one.add_argument("--name")
one.add_argument("--all", action="store_true")
one.add_argument("--number", type=int)
titled = parser.add_argument_group("size")
other = titled.add_mutually_exclusive_group()
other.add_argument("--small", dest="size", action="store_const", const="s")
other.add_argument("--large", dest="size", action="store_const", const="l")
switch = parser.add_mutually_exclusive_group(required=True)
switch.add_argument("--wrap", dest="wrap", action="store_true")
switch.add_argument("--no-wrap", dest="wrap", action="store_false")
mixed = parser.add_mutually_exclusive_group()
mixed.add_argument("--yes", dest="answer", action="store_true")
mixed.add_argument("--no", dest="answer", action="store_false")
mixed.add_argument("--ask")
lonely = parser.add_mutually_exclusive_group(required=True)
lonely.add_argument("--lonely")
parser.parse_args()
