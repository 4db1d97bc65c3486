import enum
import pathlib
from datetime import date, datetime

import click


class Percent(click.ParamType):
    name = "percent"

    def convert(self, value, param, ctx):
        return value


class Lenient(click.IntRange):
    def convert(self, value, param, ctx):
        return value


class Port(click.IntRange):
    def __init__(self):
        super().__init__(1, 65535)


class Hash(enum.Enum):
    MD5 = "md5-sum"
    SHA1 = "sha1-sum"


@click.command(epilog="The end.\f hidden")
@click.argument("source", type=click.File("rb"))
@click.argument("maybe", required=False)
@click.argument("rest", nargs=-1, type=click.Path())
@click.option("--text", default="a b", show_default=True, help="Some text.\n\n\b\n kept\n lines")
@click.option("-n", "--number", type=int, default=3, metavar="COUNT")
@click.option("--guessed", default=4)
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=0.5)
@click.option("--level", type=click.IntRange(max=9, clamp=True))
@click.option("--port", type=Port())
@click.option("--lenient", type=Lenient(0, 5))
@click.option("--percent", type=Percent(), default="5%")
@click.option("--agree", type=bool, default=True)
@click.option("--size", type=click.Choice(["s", "M"], case_sensitive=False), default="M")
@click.option("--hash", "hash_", type=click.Choice(Hash), default=Hash.SHA1)
@click.option("--many", type=click.Choice(["a", "b"]), multiple=True, default=["a"])
@click.option("--id", type=click.UUID)
@click.option("--when", type=click.DateTime(), default=datetime(2024, 1, 2, 3, 4, 5))
@click.option("--day", type=click.DateTime(["%d.%m.%Y"]))
@click.option("--iso", type=date.fromisoformat)
@click.option("--where", type=pathlib.Path)
@click.option("--out", type=click.File("w"), default="-")
@click.option("--read", type=click.Path(exists=True, dir_okay=False))
@click.option("--folder", type=click.Path(file_okay=False, writable=True))
@click.option("--any-path", type=click.Path(allow_dash=True, path_type=pathlib.Path))
@click.option("--point", type=(float, click.IntRange(0, 9)), default=(0.5, 1), metavar="X Y")
@click.option("--pairs", type=(str, int), multiple=True)
@click.option("--three", nargs=3, type=int)
@click.option("--tag", multiple=True, default=("x", "y"))
@click.option("--computed", default=lambda: "now", show_default="the present")
@click.option("--raw", type=click.UNPROCESSED)
@click.option("--must", required=True)
@click.option("--hidden", hidden=True)
@click.option("--old", deprecated="Use --new.")
@click.option("--older", deprecated=True)
@click.option("--log-file")
@click.version_option("3.2.1")
def tool(**values):
    """Show values of every kind.

    \b
    kept   as
    it     stands
    \f
    Not for people.
    """


tool()
