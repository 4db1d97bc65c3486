import argparse


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values.upper())


class Ring(argparse.Action):
    def __init__(self, option_strings, dest, **more):
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser, namespace, values, option_string=None):
        print("ring")


class Noted(argparse._StoreTrueAction):
    pass


parser = argparse.ArgumentParser(
    prefix_chars="-+/",
    fromfile_prefix_chars="@%",
    allow_abbrev=False,
    argument_default=argparse.SUPPRESS,
    conflict_handler="resolve",
)
parser.register("type", "hexadecimal", lambda text: int(text, 16))
parser.add_argument("-x", "+x", "/x", type="hexadecimal")
parser.add_argument("++plus")
parser.add_argument("-long", type=int)
parser.add_argument("-1", dest="one", action="store_true")
parser.add_argument("--upper", action=Upper)
parser.add_argument("--ring", action=Ring)
parser.add_argument("--noted", action=Noted)
parser.add_argument("--same", help="the first")
parser.add_argument("--same", "-s", help="the second, 50% more")
parser.add_argument("class", metavar="CLASS NAME")
parser.add_argument("numbers", nargs="*", type=int)
parser.parse_args()
