"""Which files of a folder are programs that may be asked for their help.

A program is started with a word for help only where its bytes show that it knows one: anything
else might begin its work.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from webify.tools.scripts import HELP, help_words

MOST_BYTES = 200_000_000  # of one file that are looked through
PIECE = 1 << 20
OVERLAP = 64
WINDOWS_ENDINGS = (".exe", ".com")
# Endings of programs; so the many files of data beside them need not be looked at.
ENDINGS = (
    *(".sh", ".bash", ".zsh", ".ksh", ".fish", ".awk", ".pl", ".raku", ".rb", ".php", ".lua"),
    *(".js", ".mjs", ".cjs", ".tcl", ".r", ".jl", ".nu", ".bin", ".run", ".out", ".elf", ".exe"),
)
MAGIC = (
    b"#!",
    b"\x7fELF",
    b"MZ",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
)
# Words of which one at least stands in a machine's program that knows a word for help.
KNOWS_HELP = (
    *(b"--help", b"getopt_long", b"argp_parse", b"poptGetNextOpt", b"Getopt::", b"OptionParser"),
    *(b"yargs", b"commander", b"minimist", b"flag: help requested", b"argparse", b"'-h'", b'"-h"'),
)
# What a program's bytes give away of the parser that is in it; the first that fits is taken.
PARSERS = (
    ("cobra", (b"github.com/spf13/cobra", b"github.com/spf13/pflag")),
    ("clap", (b"clap_builder-", b"/clap-4", b"/clap-3", b"/clap-2")),
    ("go", (b"flag: help requested",)),
    ("GNU", (b"getopt_long", b"argp_parse", b"poptGetNextOpt", b"Getopt::Long")),
    ("getopt", (b"getopt",)),
)


def executable(name: str, mode: int) -> bool:
    """Say whether a regular file may be started, by its name and mode."""
    if os.name == "nt":
        return named_like_one(name)
    return bool(mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH))


def named_like_one(name: str) -> bool:
    """Say whether a file is called as programs are; on Windows the ending makes the program."""
    lower = name.lower()
    if os.name == "nt":
        return lower.endswith(WINDOWS_ENDINGS)
    dot = lower.rfind(".")
    return dot <= 0 or lower[dot:] in ENDINGS


def knows_help(path: Path) -> bool:
    """Say whether the bytes of a program show that it knows a word for help."""
    return bool(known_words(path))


def known_words(path: Path) -> tuple[str, ...]:
    """Return the words for help that a program knows, the likelier one first; () for none."""
    for piece in _pieces(path):
        if piece.startswith(b"#!"):
            return help_words(piece)  # a script is read as far as its first piece goes
        if any(word in piece for word in KNOWS_HELP):
            return (HELP,)
    return ()


def first_word(path: Path) -> str:
    """Return the word for help that a program is asked with first."""
    piece = next(_pieces(path), b"")
    words = help_words(piece) if piece.startswith(b"#!") else ()
    return words[0] if words else HELP


def parser_in(path: Path) -> str:
    """Return the family of the parser that the bytes of a program show, or ""."""
    seen: set[str] = set()
    for piece in _pieces(path):
        for name, words in PARSERS:
            if name not in seen and any(word in piece for word in words):
                seen.add(name)
        if PARSERS[0][0] in seen:
            break
    return next((name for name, _ in PARSERS if name in seen), "")


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a program, each piece with the end of the one before; none of others."""
    try:
        with path.open("rb") as file:
            data = file.read(PIECE)
            if not data.startswith(MAGIC):
                return
            count, kept = len(data), b""
            while data:
                yield kept + data
                kept, count = data[-OVERLAP:], count + len(data)
                data = file.read(PIECE) if count < MOST_BYTES else b""
    except OSError:
        return
