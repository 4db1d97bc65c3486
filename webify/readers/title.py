"""The line above a table that names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.terminal import Line

_DECORATED = re.compile(r"(?:[=*#~-]{2,}|#{1,6}) +(?P<words>\S.*?)(?: +[=*#~-]{2,}| +#+)?\Z")
_PAIR = re.compile(r"[\w .-]+(?:: *| += +)\S*\d")  # a value: rather the end of a block of pairs
_LONGEST = 100
_MOST_WORDS = 8
_SEEN = 3  # lines above that are known, at most
_EDGES = " \t:=*#~"


def find_title(above: Sequence[Line], head: Line) -> tuple[str, int]:
    """Return the title and the byte that the block begins at.

    above: the last lines of text before the table, at most three.
    """
    lines = list(above)
    if not lines:
        return "", head.start
    apart = not lines[-1].text.strip()
    if apart:
        lines.pop()
    if not lines or not lines[-1].text.strip():
        return "", head.start
    line = lines[-1]
    alone = not lines[-2].text.strip() if len(lines) > 1 else len(above) < _SEEN
    words = _title(line.text.strip(), alone=alone)
    return (words, line.start) if words else ("", head.start)


def _title(text: str, *, alone: bool) -> str:
    """Return the words of a title line, or "" where it is a sentence or a message."""
    if len(text) > _LONGEST or not any(each.isalpha() for each in text):
        return ""
    if _PAIR.match(text):
        return ""
    decorated = _DECORATED.match(text)
    if decorated:
        return decorated["words"].strip(_EDGES)
    if text.endswith(":") and len(text.split()) <= _MOST_WORDS:
        return text.strip(_EDGES)
    if not alone or "  " in text or "..." in text or "://" in text or text[-1] in ".,;…!?":
        return ""
    return text.strip(_EDGES) if len(text.split()) <= _MOST_WORDS else ""
