"""Tell from the layout of a help text which kind of parser printed it."""

from __future__ import annotations

import re

_HEAD = 60_000
# The first that fits is taken: those whose words no other prints come first.
_SIGNS = (
    (
        "cobra",
        re.compile(
            r'^Use "[^"\n]{1,80} \[command\] --help" for more|^Available Commands:|^Global Flags:|'
            r"^\s{2,6}-h, --help\s{2,40}help for \w",
            re.MULTILINE,
        ),
    ),
    ("typer", re.compile(r"^\s{0,2}╭─ (?:Options|Commands|Arguments) ─", re.MULTILINE)),
    (
        "argparse",
        re.compile(
            r"^\s{2,4}-h, --help\s{2,40}show this help message and exit[\s\S]{0,40000}^positional arguments:"
            r"|^(?:positional|optional) arguments:|^options:\n\s{2,4}-h, --help\s{1,40}show this",
            re.MULTILINE,
        ),
    ),
    (
        "optparse",
        re.compile(
            r"^Options:\n(?:.{1,200}\n){0,200}?\s{2,4}-h, --help\s{2,40}show this help message and exit",
            re.MULTILINE,
        ),
    ),
    ("click", re.compile(r"--help\s{2,60}Show this message and exit\.")),
    ("yargs", re.compile(r"\s\[(?:boolean|string)\](?:\s\[|$)", re.MULTILINE)),
    (
        "clap",
        re.compile(
            r"\[possible values: |--help\s{2,60}Print help|^\s{6,12}Print help|--help\s{2,60}Prints help"
            r"|^\s{6,16}\[default: .{1,200}\]$",
            re.MULTILINE,
        ),
    ),
    ("commander", re.compile(r"display help for command|output the version number|\(choices: \"")),
    ("git", re.compile(r"^usage: git \w", re.MULTILINE)),
    (
        "go",
        re.compile(r"^Usage of .{1,200}:|^  -\w[\w.-]{0,40}(?: \w{1,12})?\n    \t", re.MULTILINE),
    ),
    ("boost", re.compile(r"^\s{2,4}-\w \[ --\w", re.MULTILINE)),
    ("ffmpeg", re.compile(r"^\s{2}-\w{1,40}\s{1,40}<\w{1,20}>\s{1,20}[A-Z.]{8,12} ", re.MULTILINE)),
    (
        "GNU",
        re.compile(r"display this help and exit|Mandatory arguments to long options|gnu\.org/"),
    ),
    ("getopt", re.compile(r"^usage: \S{1,40} \[-\w{2,60}\]", re.MULTILINE | re.IGNORECASE)),
)


def family_of(text: str) -> str:
    """Return the family of the parser that printed a help text, or ""."""
    head = text[:_HEAD]
    return next((name for name, sign in _SIGNS if sign.search(head)), "")
