"""Says what it was given, three commands deep."""

import argparse
import datetime
import json
import sys

day = datetime.date.fromisoformat
tool = argparse.ArgumentParser(description=__doc__)
tool.add_argument("--server", default="here")
areas = tool.add_subparsers(required=True)
people = areas.add_parser("people").add_subparsers(required=True)
add = people.add_parser("add")
add.add_argument("names", nargs="+")
add.add_argument("--when", nargs="?", const="now", default="never")
add.add_argument("--since", type=datetime.datetime.fromisoformat)
add.add_argument("--tag", action="append")
add.add_argument("--set", nargs="*", action="append")
add.add_argument("--sizes", nargs="+", type=int, default=[1, 2])
add.add_argument("-v", "--verbose", action="count")
add.add_argument("--out", type=argparse.FileType("w"), required=True)
add.add_argument("--token")
which = add.add_mutually_exclusive_group()
which.add_argument("--all", action="store_true")
which.add_argument("--first", type=int)
which.add_argument("--log", type=argparse.FileType("w"))
which.add_argument("--page", nargs="?", const="1")

if __name__ == "__main__":
    tool.parse_args()
    print(json.dumps(sys.argv[1:]))
