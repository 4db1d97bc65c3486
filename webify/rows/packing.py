"""Many cells of one column as one text, and back: how rows lie in their file."""

from __future__ import annotations

import json
from collections.abc import Sequence

BETWEEN = "\x1f"  # the unit separator; white space to str.split(), so no word of a search holds it
_MARK = "\x1e"  # before cells that hold the separator themselves


def pack(cells: Sequence[str]) -> str:
    """Return the cells as one text."""
    text = BETWEEN.join(cells)
    if text.count(BETWEEN) == len(cells) - 1 and not text.startswith(_MARK):
        return text
    return _MARK + json.dumps(cells)


def unpack(text: str) -> list[str]:
    """Return the cells of a text that pack() made."""
    if text.startswith(_MARK):
        cells: list[str] = json.loads(text[1:])
        return cells
    return text.split(BETWEEN)


def plain(text: str) -> bool:
    """Say whether the cells lie in the text as they are, so that it can be searched as a whole."""
    return not text.startswith(_MARK)


def count(text: str) -> int:
    """Return how many cells a text holds."""
    return text.count(BETWEEN) + 1 if plain(text) else len(unpack(text))
