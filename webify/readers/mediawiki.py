"""Tables of MediaWiki: from "{|" to "|}"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.assembly import Piece, Verdict

_ATTRIBUTES = re.compile(r"""\s*(?:[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*)+\|(?!\|)""")
_COMMENT = re.compile(r"<!--.*?-->")
_LONGEST = 1 << 16
_MOST_CELLS = 2_000


class MediaWiki:
    """Rows between "|-" lines; their cells stand on one line or on lines of their own."""

    def __init__(self) -> None:
        """Begin before the line that opens the table."""
        self.title = ""
        self.held = 0
        self.names: Sequence[str] | None = None
        self._opened = False
        self._cells: list[str] = []
        self._heading = True  # all cells of the row so far are names
        self._seen = False  # a row has ended
        self._rows: list[list[str]] = []

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        text = piece.text.strip()
        if piece.more or len(text) > _LONGEST or len(self._cells) > _MOST_CELLS:
            return Verdict.FOREIGN
        if text.startswith("{|"):
            first, self._opened = not self._opened, True
            return Verdict.MINE if first else Verdict.FOREIGN
        if text.startswith("|}"):
            return Verdict.LAST
        if text.startswith("|-"):
            self._end_row()
        elif text.startswith("|+"):
            self.title = _COMMENT.sub("", text[2:]).strip()
        elif text.startswith("!"):
            self._cells += _cells(re.split(r"!!|\|\|", text[1:]))
        elif text.startswith("|"):
            self._heading = False
            self._cells += _cells(text[1:].split("||"))
        elif text and self._cells:
            self._cells[-1] = f"{self._cells[-1]}\n{text}"[:_LONGEST]
        elif text:
            return Verdict.FOREIGN
        return Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows that have ended."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Take what has come for a whole row."""
        self._end_row()

    def _end_row(self) -> None:
        cells, self._cells = self._cells, []
        heading, self._heading = self._heading, True
        if not cells:
            return
        if heading and not self._seen:
            self.names = cells
        else:
            self._rows.append(cells)
        self._seen = True


def _cells(raw: Sequence[str]) -> list[str]:
    return [_ATTRIBUTES.sub("", cell, count=1).strip().strip("'").strip() for cell in raw]
