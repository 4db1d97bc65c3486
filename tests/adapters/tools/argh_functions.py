"""A tool on argh: functions, a group of them, and one with declared arguments."""

from __future__ import annotations

import argh


def add(title: str, *, times: int = 1, loud: bool = False) -> None:
    """Add a title."""


@argh.arg("--format", choices=["text", "json"], help="How to write it.")
@argh.aliases("ls")
def show(*names, format="text") -> None:
    """Show some names."""


def push(remote: str, *, force: bool = False) -> None:
    """Push it all."""


parser = argh.ArghParser(prog="notes", description="Keep notes.")
parser.add_commands([add, show])
parser.add_commands([push], group_name="remote", group_kwargs={"help": "Other machines."})

if __name__ == "__main__":
    parser.dispatch()
