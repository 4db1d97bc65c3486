"""Programs in other languages that tests write, and how they are described."""

from __future__ import annotations

import textwrap
from pathlib import Path

from webify.model.command import Command
from webify.model.plain import from_plain
from webify.tools.probing import Answer
from webify.tools.program import Program
from webify.tools.programs import describe_program

HELP = """\
Usage: pack [OPTION]... FILE...
Pack files into a box.

  -o, --output=BOX   write to BOX
  -q, --quiet        say nothing
      --color[=WHEN] colour the output
  -h, --help         display this help and exit
"""


def script(folder: Path, text: str, name: str = "pack") -> Path:
    """Write a shell script that may be started."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + textwrap.dedent(text), encoding="utf-8")
    path.chmod(0o755)
    return path


def saying(help_text: str, otherwise: str = "exit 2") -> str:
    """Return the text of a script that prints this help, and does something else otherwise."""
    return f'if [ "$*" = "--help" ]; then cat <<\'EOF\'\n{help_text}EOF\nexit 0\nfi\n{otherwise}\n'


def ask(path: Path, seconds: float = 10.0, *folders: Path) -> Answer:
    return describe_program(Program((str(path),), path, path.name, folders=folders), seconds)


def command(answer: Answer) -> Command:
    assert answer.command is not None, answer.error
    return from_plain(Command, answer.command)


def spelled(found: Command) -> set[str]:
    return {word for each in found.parameters for word in each.spellings}
