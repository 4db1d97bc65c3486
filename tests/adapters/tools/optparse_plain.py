import optparse

parser = optparse.OptionParser(
    usage="usage: %prog [options] SOURCE... TARGET",
    version="%prog 2.0",
    description="Copy with %prog.",
    epilog="See %prog.",
)
parser.add_option("-n", "--number", type="int", default=5, help="how many [default: %default]")
parser.add_option("--share", type="float", metavar="PART")
parser.add_option("--size", type="choice", choices=["s", "m", "l"], default="m")
parser.add_option("--point", nargs=2, type="int", metavar="X Y", default=(1, 2))
parser.add_option("--file", metavar="FILE")
parser.add_option("--complex", type="complex")
parser.add_option("--hex", type="long")
parser.add_option("-t", "--tag", action="append", default=["first"])
parser.add_option("-a", "--all", action="store_true", default=False)
parser.add_option("-q", "--quiet", action="store_false", dest="verbose", default=True)
parser.add_option("-v", action="count", default=0)
parser.add_option("--fast", action="store_const", const="fast", dest="mode", default="fast")
parser.add_option("--slow", action="store_const", const="slow", dest="mode")
parser.add_option("--colour", action="store_true", dest="colour")
parser.add_option("--no-colour", action="store_false", dest="colour")
parser.add_option("--one", action="append_const", const=1, dest="parts")
parser.add_option("--password", default="hunter2", help="never %default")
parser.add_option("--hidden", help=optparse.SUPPRESS_HELP)
parser.add_option("--none", help="none is [%default]")
parser.set_defaults(share=0.25)
parser.parse_args()
