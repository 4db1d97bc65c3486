"""Tables of AsciiDoc: between two lines of a bar and equal signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.assembly import Piece, Verdict

FENCE = re.compile(r"\|={3,}\s*\Z")
ATTRIBUTES = re.compile(r"\[[^\[\]]*(?:cols|options|header|width|format)\b[^\[\]]*\]\s*\Z|\[%\w+")
_TITLE = re.compile(r"\.(?P<words>[^\s.].*)")
_COLS = re.compile(r"cols\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^,\]]*))")
_REPEATED = re.compile(r"\s*(?P<count>\d{1,4})\*")
_SPACED = re.compile(r"(?:^|(?<=\s))(?:\.?\d{1,3}[+*])?[<^>.]{0,3}[a-z]?\|(?=\s|\Z)")
_TIGHT = re.compile(r"(?<!\\)\|")
_LONGEST = 1 << 16
_MOST_CELLS = 2_000


class AsciiDoc:
    """Rows of cells that each begin with a bar, as wide as the first line or as `cols` says."""

    def __init__(self) -> None:
        """Begin before the line that opens the table, or the attributes above it."""
        self.title = ""
        self.held = 0
        self.names: Sequence[str] | None = None
        self._opened = False
        self._width = 0
        self._headed = False
        self._seen = False  # the first row has ended
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        text = piece.text.strip()
        if piece.more or len(text) > _LONGEST or len(self._cells) > _MOST_CELLS:
            return Verdict.FOREIGN
        if FENCE.match(text):
            first, self._opened = not self._opened, True
            return Verdict.MINE if first else Verdict.LAST
        if not self._opened:
            return self._above(text)
        if not text:
            self._blank()
        elif text[0] == "|" or _SPACED.match(text):
            self._row(text)
        elif self._cells:
            self._cells[-1] = f"{self._cells[-1]}\n{text}"[:_LONGEST]
        else:
            return Verdict.FOREIGN
        return Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows that have ended."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Take what has come for a whole row."""
        self._end_row()

    def _above(self, text: str) -> Verdict:
        """Take a line above the table: its attributes or its title."""
        title = _TITLE.match(text)
        if title and not self.title:
            self.title = title["words"]
            return Verdict.MINE
        if not ATTRIBUTES.match(text):
            return Verdict.FOREIGN
        self._headed = "header" in text
        cols = _COLS.search(text)
        for each in (cols["quoted"] or cols["bare"] or "").split(",") if cols else ():
            repeated = _REPEATED.match(each)
            self._width += min(int(repeated["count"]), _MOST_CELLS) if repeated else 1
        return Verdict.MINE

    def _row(self, text: str) -> None:
        spaced = text[1:2].isspace() or text[0] != "|"
        cells = [cell.strip() for cell in (_SPACED if spaced else _TIGHT).split(text)[1:]]
        if not self._width and len(cells) > 1:
            self._width = len(cells)
        for cell in cells:
            if self._width and len(self._cells) >= self._width:
                self._end_row()
            self._cells.append(cell)

    def _blank(self) -> None:
        """Take a blank line: the first row above it is the head, rows of unknown width end."""
        if not self._seen and self._cells and not self._rows:
            self._headed = True
        if not self._width:
            self._width = len(self._cells)
        if len(self._cells) >= self._width:
            self._end_row()

    def _end_row(self) -> None:
        cells, self._cells = self._cells, []
        if not cells:
            return
        if self._headed and not self._seen:
            self.names = cells
        else:
            self._rows.append(cells)
        self._seen = True
