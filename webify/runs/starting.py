"""Why a tool could not begin: what the operating system or its interpreter says of it."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

FIRST_LINE = 200  # bytes of a program in which the name of its interpreter stands
LATER = {
    errno.ENOEXEC: "its program is not of a kind that this server can run",
    errno.E2BIG: "its answers are longer than the server takes at once",
    errno.EAGAIN: "the server has too many processes already",
    errno.ENOMEM: "the server has no memory left for it",
    errno.ETXTBSY: "its program is being replaced just now",
    errno.ELOOP: "its program is a link that leads nowhere",
    errno.ENAMETOOLONG: "the name of its program is too long",
}
NO_FILE = re.compile(r"can't open file '(?P<file>[^'\n]+)': \[Errno 2\]")
NO_MODULE = re.compile(r"^\S+: (?:Error while finding module .*|No module named (?P<name>\S+))$")
NEEDS = re.compile(
    r"^(?:ModuleNotFoundError: No module named '(?P<module>[^'\n]+)'"
    r"|.*error while loading shared libraries: (?P<library>[^:\s]+): cannot open shared object.*)$"
)

NO_TERMINAL = re.compile(
    r"\bnot (?:a|to a|from a|connected to a|an interactive) (?:tty|terminal)\b|inappropriate ioctl"
    r"|\b(?:a|tty|terminal) (?:tty |terminal )?is required\b|\brequires? an? (?:tty|terminal)\b"
    r"|\berror opening terminal\b|\bcould not open (?:a new )?tty\b"
    r"|/dev/tty.{0,4}: no such device|no such device or address: .{0,4}/dev/tty",
    re.IGNORECASE,
)
ONLY_SAID = re.compile(r"^warning\b|pseudo-terminal will not", re.IGNORECASE)
LAST_WORDS = 2  # lines in which a program says that it wants a terminal


def cannot_start(error: OSError | ValueError, argv: Sequence[str], cwd: str) -> str:
    """Return why the operating system did not start a tool."""
    return f"This tool cannot start: {_why(error, argv, cwd)}"


def _why(error: OSError | ValueError, argv: Sequence[str], cwd: str) -> str:
    if not isinstance(error, OSError):
        return "one of its arguments holds a character that none may hold"
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    if error.filename == cwd and cwd:
        return f"the folder it works in {'is missing' if missing else 'may not be entered'}"
    if missing:
        return _missing(argv)
    if isinstance(error, PermissionError):
        return _not_executable(argv)
    return LATER.get(error.errno or 0, str(error.strerror or error))


def _missing(argv: Sequence[str]) -> str:
    """Say what is missing: a program that is there may name an interpreter that is not."""
    program = _program(argv)
    if program is None:
        return "its program is missing"
    interpreter = _first_line(program)
    if interpreter:
        return f"it is to be run by {interpreter}, which is missing"
    return "something that its program needs is missing"


def _not_executable(argv: Sequence[str]) -> str:
    program = _program(argv)
    if program is not None and program.is_dir():
        return "its program is a folder"
    return "its program is not executable"


def _program(argv: Sequence[str]) -> Path | None:
    """Return the file that was to be started, None where there is none."""
    found = Path(shutil.which(argv[0]) or argv[0]) if argv else None
    return found if found is not None and found.exists() else None


def _first_line(program: Path) -> str:
    """Return the interpreter that a program's first line names, "" where it names none."""
    try:
        with program.open("rb") as file:
            head = file.read(FIRST_LINE)
    except OSError:
        return ""
    words = head[2:].partition(b"\n")[0].split() if head.startswith(b"#!") else []
    return words[0].decode("utf-8", "replace") if words else ""


def did_not_begin(argv: Sequence[str], code: int, tail: str) -> str:
    """Return why an interpreter could not begin with a tool, "" where it could."""
    last = (tail.strip().splitlines() or [""])[-1]
    file, module = NO_FILE.search(last), NO_MODULE.match(last)
    if code == 2 and file and file["file"] in argv:
        return "This tool cannot start: its program is missing"
    if code == 1 and module and "-m" in argv[:3]:
        return "This tool cannot start: its module is missing"
    return ""


def needed(code: int, tail: str) -> str:
    """Return what a program needs that is not installed, "" where its last words tell of none."""
    found = NEEDS.match((tail.strip().splitlines() or [""])[-1]) if code else None
    return (found["module"] or found["library"]) if found else ""


def wants_terminal(code: int, tail: str) -> bool:
    """Say whether a program ended because it is at no terminal, by its last words."""
    lines = [line.strip() for line in tail.splitlines() if line.strip()][-LAST_WORDS:]
    return bool(code) and any(
        NO_TERMINAL.search(line) and not ONLY_SAID.search(line) for line in lines
    )
