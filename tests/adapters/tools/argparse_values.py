import argparse
import decimal
import os
import pathlib
import sys
import uuid
from datetime import date, datetime, time
from enum import Enum


class Size(Enum):
    SMALL = "s"
    LARGE = "l"


class Level(Enum):
    LOW = 1
    HIGH = 2


class Odd:
    pass


def day(text):
    """Read a day."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day") from None


def moment(text):
    if text == "now":
        return datetime.now()
    return datetime.strptime(text, "%Y-%m-%d")


def even(text):
    number = int(text)
    if number % 2:
        raise argparse.ArgumentTypeError("not even")
    return number


parser = argparse.ArgumentParser(description="Show values of every kind, 100% of them.")
parser.add_argument("--text", default="a b", help="some text (default: %(default)s)")
parser.add_argument("--count", type=int, default=3, metavar="N")
parser.add_argument("--share", type=float, default=0.5)
parser.add_argument("--price", type=decimal.Decimal, default=decimal.Decimal("1.50"))
parser.add_argument("--id", type=uuid.UUID)
parser.add_argument("--yes", type=bool, default=True)
parser.add_argument("--where", type=pathlib.Path, default=pathlib.Path("a/b"))
parser.add_argument("--home-config", default=os.path.expanduser("~/.config/x"))
parser.add_argument("--work", default=os.getcwd())
parser.add_argument("--read", type=argparse.FileType("r"), default=sys.stdin)
parser.add_argument("--write", type=argparse.FileType("w"), default="-")
parser.add_argument("--opened", type=open)
parser.add_argument("--input-file", help="read this one")
parser.add_argument("--out-dir")
parser.add_argument("--log", metavar="FILE")
parser.add_argument("--day", type=date.fromisoformat, default=date(2024, 2, 29))
parser.add_argument("--at", type=datetime.fromisoformat)
parser.add_argument("--hour", type=time.fromisoformat)
parser.add_argument("--german", type=day, default=date(2024, 12, 31))
parser.add_argument("--since", type=lambda s: datetime.strptime(s, "%Y-%m-%d %H:%M"))
parser.add_argument("--moment", type=moment)
parser.add_argument("--until", type=date.fromisoformat, default=date.today())
parser.add_argument("--even", type=even, default=2)
parser.add_argument("--colour", choices=["red", "green"], default="red")
parser.add_argument("--any", choices={"x", "z", "y"}, help="one of %(choices)s")
parser.add_argument("--port", type=int, choices=range(1024, 65536), default=8000)
parser.add_argument("--dice", type=int, choices=range(1, 7))
parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SMALL)
parser.add_argument("--level", type=lambda text: Level[text], choices=list(Level))
parser.add_argument("--function", default=len)
parser.add_argument("--object", default=Odd())
parser.add_argument("--absent", default=argparse.SUPPRESS)
parser.add_argument("--nothing", default=None)
parser.add_argument("--empty", default="")
parser.add_argument("--false", default=False)
parser.add_argument("--password", default="hunter2", help="never %(default)s")
parser.add_argument("--api-key")
parser.add_argument("--token-file")
parser.add_argument("--tokenizer")
parser.add_argument("--hidden", help=argparse.SUPPRESS)
parser.add_argument("--must", required=True)
parser.add_argument("--version", action="version", version="%(prog)s 4.5.6")
parser.set_defaults(text="set later", func=print)
parser.parse_args()
