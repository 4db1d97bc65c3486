"""Which files of a folder are programs that may be asked for their help.

A program is started with --help only where its bytes show that it knows such a word: anything else
might begin its work.
"""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path

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
KNOWS_HELP = re.compile(
    rb"--help\b|\bgetopts?\b|\bgetopt_long\b|\bGetopt::|\bpod2usage\b|\boptparse\b|\bOptionParser\b"
    rb"|\bslop\b|\bthor\b|\byargs\b|\bcommander\b|\bminimist\b|\bparseArgs\b|\bmeow\b|\bzparseopts\b"
    rb"|flag: help requested|\bargparse\b|[\"' |(]-h[|)\"' ]"
)


def executable(name: str, mode: int) -> bool:
    """Say whether a regular file may be started, by its name and mode."""
    if sys.platform == "win32":
        return named_like_one(name)
    return bool(mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH))


def named_like_one(name: str) -> bool:
    """Say whether a file is called as programs are; on Windows the ending makes the program."""
    lower = name.lower()
    if sys.platform == "win32":
        return lower.endswith(WINDOWS_ENDINGS)
    dot = lower.rfind(".")
    return dot <= 0 or lower[dot:] in ENDINGS


def knows_help(path: Path) -> bool:
    """Say whether the bytes of a program show that it knows a word for help."""
    try:
        with path.open("rb") as file:
            data = file.read(PIECE)
            if not data.startswith(MAGIC):
                return False
            count, kept = len(data), b""
            while data:
                if KNOWS_HELP.search(kept + data):
                    return True
                kept, count = data[-OVERLAP:], count + len(data)
                data = file.read(PIECE) if count < MOST_BYTES else b""
    except OSError:
        return False
    return False
