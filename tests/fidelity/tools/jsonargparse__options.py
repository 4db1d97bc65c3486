import datetime
import pathlib
from typing import Literal, Optional

from jsonargparse import SUPPRESS, ActionYesNo, ArgumentParser
from jsonargparse.typing import PositiveInt

parser = ArgumentParser(description="Every kind of option.")
parser.add_argument("--text", type=Optional[str], help="Any text.")
parser.add_argument("--integer", type=int)
parser.add_argument("--number", type=float)
parser.add_argument("--bounded", type=PositiveInt)
parser.add_argument("--flag", action="store_true")
parser.add_argument("--switch", action=ActionYesNo(yes_prefix="", no_prefix="no-"), default=True)
parser.add_argument("--count", action="count")
parser.add_argument("--choice", type=Literal["red", "blue"])
parser.add_argument("--path", type=pathlib.Path)
parser.add_argument("--several", nargs="+")
parser.add_argument("--repeat", action="append")
parser.add_argument("--maybe", nargs="?", const="c")
parser.add_argument("--preset", default="7")
parser.add_argument("--needed", required=True)
parser.add_argument("--password")
parser.add_argument("--unlisted", help=SUPPRESS)
parser.add_argument_group("Colours").add_argument("--grouped")
parser.add_argument("item")
parser.add_argument("extra", nargs="?")
parser.parse_args()
