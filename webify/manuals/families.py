"""Tell from the layout of a help text which kind of parser printed it."""

from __future__ import annotations

import re

_HEAD = 60_000
_BOXES = re.compile(r"╭─ (?:Options|Commands|Arguments|Parameters) ─")
# The first that fits is taken: those whose words no other prints come first.
_SIGNS = (
    (
        "cobra",
        r'^Use "[^"\n]{1,80} \[command\] --help" for|^Available Commands:|--help {2,40}help for \w',
    ),
    (
        "argparse",
        r"^(?:positional|optional) arguments:|^options:\n\s{2,4}-h, --help\s{1,40}show this",
    ),
    (
        "optparse",
        r"^Options:\n(?:.{1,200}\n){0,200}?\s{2,4}-h, --help\s{2,40}show this help message and",
    ),
    ("click", r"--help\s{2,60}Show this message and exit\."),
    ("yargs", r"\s\[(?:boolean|string)\](?:\s\[|$)"),
    (
        "clap",
        r"\[possible values: |--help\s{2,60}Prints? help|^\s{6,12}Print help|^ {6,16}\[default: ",
    ),
    ("commander", r"display help for command|output the version number|\(choices: \""),
    ("git", r"^usage: [^\n]{1,400}\n(?:[^\n]{1,300}\n){0,60}\n {4}-\w, --\w"),
    ("go", r"^Usage of .{1,200}:|^  -\w[\w.-]{0,40}(?: \w{1,12})?\n    \t"),
    ("boost", r"^\s{2,4}-\w \[ --\w"),
    ("ffmpeg", r"^\s{2}-\w{1,40}\s{1,40}<\w{1,20}>\s{1,20}[A-Z.]{8,12} "),
    ("GNU", r"display this help and exit|Mandatory arguments to long options|gnu\.org/"),
    ("getopt", r"^(?i:usage): \S{1,40} \[-\w{2,60}\]"),
)


def family_of(text: str, raw: str) -> str:
    """Return the family of the parser that printed a help text, or ""; raw has its boxes still."""
    if _BOXES.search(raw[:_HEAD]):
        return "rich"
    head = text[:_HEAD]
    return next((name for name, sign in _SIGNS if re.search(sign, head, re.MULTILINE)), "")
