import datetime
import pathlib

import configargparse


class Money:
    def __init__(self, text):
        self.text = text


parser = configargparse.ArgumentParser(description="Every kind of option.")
parser.add_argument("--text", help="Any text.")
parser.add_argument("--integer", type=int)
parser.add_argument("--number", type=float)
parser.add_argument("--bounded", type=int, choices=range(100))
parser.add_argument("--flag", action="store_true")
parser.add_argument("--count", action="count")
parser.add_argument("--choice", choices=["red", "blue"])
parser.add_argument("--date", type=datetime.date.fromisoformat)
parser.add_argument("--path", type=pathlib.Path)
parser.add_argument("--opened", type=configargparse.FileType())
parser.add_argument("--several", nargs="+")
parser.add_argument("--repeat", action="append")
parser.add_argument("--maybe", nargs="?", const="c")
parser.add_argument("--own", type=Money)
parser.add_argument("--preset", default="7")
parser.add_argument("--needed", required=True)
parser.add_argument("--from-env", env_var="TOOL_ENV")
parser.add_argument("--password")
parser.add_argument("--unlisted", help=configargparse.SUPPRESS)
parser.add_argument_group("Colours").add_argument("--grouped")
one = parser.add_mutually_exclusive_group()
one.add_argument("--either", action="store_true")
one.add_argument("--other", action="store_true")
parser.add_argument("item")
parser.add_argument("items", nargs="*")
parser.parse_args()
