"""Options of twisted: flags, parameters, handlers, completions, sub-commands."""

from twisted.python import usage


class Lend(usage.Options):
    optParameters = [["days", "d", 21, "For how long.", int]]
    longdesc = "Lend a book to somebody."

    def parseArgs(self, book, reader=None):
        raise RuntimeError("called while it was described")


class Shelf(usage.Options):
    def __init__(self):
        raise ValueError("cannot be made")


def port(text):
    return text


class Desk(usage.Options):
    synopsis = "desk [options] command"
    optFlags = [["quiet", "q", "Say nothing."], ["dry_run", None, "Write nothing."]]
    optParameters = [
        ["log-file", "l", "desk.log", "Where to write."],
        ["mode", "m", "slow", "How it works."],
        ["password", None, "geheim", "Key of the archive."],
        ["port", "p", None, "Where to listen.", usage.portCoerce],
        ["share", None, 0.5, "How much.", float],
        ["odd", None, None, "Own type.", port],
    ]
    compData = usage.Completions(optActions={"mode": usage.CompleteList(["fast", "slow"])})
    subCommands = [
        ["lend", "l", Lend, "Lend a book."],
        ["shelf", None, Shelf, "Show a shelf."],
    ]

    def opt_verbose(self):
        """Say more."""

    opt_v = opt_verbose

    def opt_add_word(self, word):
        """Add a word."""


if __name__ == "__main__":
    Desk().parseOptions()
