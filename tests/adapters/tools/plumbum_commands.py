"""A plumbum application: switches of all kinds, groups, rules, sub-commands by class and name."""

from plumbum import cli


class Desk(cli.Application):
    """Lend books and take them back."""

    PROGNAME = "desk"
    VERSION = "1.4"
    verbose = cli.CountOf(["v", "verbose"], help="Say more.")
    quiet = cli.Flag(["q", "quiet"], excludes=["--verbose"], help="Say nothing.")
    colour = cli.Flag("--no-colour", default=True, help="Without colours.", group="Output")

    @cli.switch(["-l", "--log-to"], str, group="Output", argname="FILE")
    def log_to(self, filename):
        """Write to a file."""
        raise RuntimeError("called while it was described")


@Desk.subcommand("lend")
class Lend(cli.Application):
    """Lend a book."""

    days = cli.SwitchAttr(["d", "days"], cli.Range(1, 99), default=21, help="For how long")
    mode = cli.SwitchAttr("--mode", cli.Set("Fast", "slow"), default="slow")
    tags = cli.SwitchAttr("--tag", str, list=True, help="Words to file it by")
    words = cli.SwitchAttr("--words", cli.Set("a", "b", csv=True), help="Several at once")
    card = cli.SwitchAttr("--card", cli.ExistingFile, mandatory=True, help="A form")
    folder = cli.SwitchAttr("--folder", cli.ExistingDirectory)
    share = cli.SwitchAttr("--share", float, envname="DESK_SHARE")
    password = cli.SwitchAttr("--password", str, default="geheim", requires=["--card"])
    odd = cli.SwitchAttr("--odd", lambda text: text * 2)

    def __init__(self, *args):
        raise RuntimeError("made while it was described")

    @cli.positional(int, cli.Set("me", "you"))
    def main(self, book, reader="me", *notes):
        raise RuntimeError("called while it was described")


Desk.subcommand("lost", "gone.module.App")


class Shelf(cli.Application):
    @cli.autoswitch(int, mandatory=True)
    def max_books(self, count):
        """How many fit."""

    def main(self, number: int, *rest: str):
        """Show a shelf."""


Desk.subcommand("shelf", Shelf)

if __name__ == "__main__":
    Desk.run()
