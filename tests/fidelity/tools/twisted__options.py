import sys

from twisted.python import usage


class Go(usage.Options):
    """Go."""

    def parseArgs(self, item, *items):
        pass


class Tool(usage.Options):
    """Every kind of option."""

    optFlags = [["flag", "f", "A flag."]]
    optParameters = [
        ["text", None, None, "Any text."],
        ["integer", None, None, "A whole number.", int],
        ["number", None, None, "A number.", float],
        ["preset", None, "7", "A default."],
        ["password", None, None, "A secret."],
    ]
    subCommands = [["go", None, Go, "Go."]]


Tool().parseOptions(sys.argv[1:])
