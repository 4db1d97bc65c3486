import argparse

import argh


class Money:
    def __init__(self, text):
        self.text = text


@argh.arg("--text", help="Any text.")
@argh.arg("--bounded", type=int, choices=range(100))
@argh.arg("--count", action="count")
@argh.arg("--choice", choices=["red", "blue"])
@argh.arg("--opened", type=argparse.FileType())
@argh.arg("--several", nargs="+")
@argh.arg("--repeat", action="append")
@argh.arg("--maybe", nargs="?", const="c")
@argh.arg("--own", type=Money)
@argh.arg("--needed", required=True)
def go(
    item,
    *items,
    text="a",
    integer=1,
    number=1.0,
    bounded=None,
    flag=False,
    count=0,
    choice=None,
    opened=None,
    several=None,
    repeat=None,
    maybe=None,
    own=None,
    preset="7",
    needed=None,
    password="",
):
    """Go."""


def away(level="x"):
    """Away."""


parser = argh.ArghParser()
parser.add_commands([go])
parser.add_commands([away], group_name="far")
parser.dispatch()
