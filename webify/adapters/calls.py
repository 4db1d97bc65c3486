"""Read a command line that starts Python: which interpreter, which tool, which arguments."""

from __future__ import annotations

import os
import re
from typing import List, Optional, Tuple

_PYTHON = re.compile(r"^(?:python|pypy)[\d.]*w?(?:\.exe)?$", re.IGNORECASE)
_TAKES_VALUE = ("-W", "-X")  # options of the interpreter


def python_call(words: List[str]) -> Optional[Tuple[List[str], str, str, List[str]]]:
    """Return (interpreter and its options, kind, target, arguments) of a call of Python."""
    if not _PYTHON.match(os.path.basename(words[0])):
        interpreter = _shebang(words[0])
        if interpreter is None:
            return None
        return [interpreter], "script", os.path.abspath(words[0]), words[1:]
    place = 1
    while place < len(words) and words[place].startswith("-") and words[place] not in ("-m", "-c"):
        place += 2 if words[place] in _TAKES_VALUE else 1
    start, rest = words[:place], words[place:]
    if not rest or rest[0] == "-c" or rest == ["-m"]:
        return None
    if rest[0] == "-m":
        return start, "module", rest[1], rest[2:]
    return start, "script", os.path.abspath(rest[0]), rest[1:]


def _shebang(path: str) -> Optional[str]:
    """Return the interpreter that a script names in its first line, if it is a Python."""
    try:
        with open(path, "rb") as file:
            first = file.readline(500).decode("utf-8", "replace")
    except OSError:
        return None
    words = first[2:].split() if first.startswith("#!") else []
    return words[0] if words and _PYTHON.match(os.path.basename(words[0])) else None
