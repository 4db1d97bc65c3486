"""Text measured in the columns of a terminal."""

from __future__ import annotations

import re

# Letters and signs that are surely one column wide; others are asked for one by one.
_NARROW = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u259f]*"
)


def narrow(text: str) -> bool:
    """Say whether each character takes one column, so that index and column are the same."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def spread(text: str) -> list[str]:
    """Return one item for each column: a wide character is followed by an empty item."""
    from wcwidth import wcwidth  # loaded for the few outputs that need it

    cells: list[str] = []
    for each in text:
        width = wcwidth(each)
        if width > 0:
            cells.append(each)
            cells += [""] * (width - 1)
        elif cells:
            last = len(cells) - 1
            while last > 0 and not cells[last]:
                last -= 1
            cells[last] += each
    return cells
