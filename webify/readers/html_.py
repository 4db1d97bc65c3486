"""Tables of HTML: from a line that begins with <table> to </table>."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from webify.readers.assembly import Piece, Verdict, probe
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "html"
SIGNS = "<"

_OPENING = re.compile(r"\s*<table\b", re.IGNORECASE)
_HELD = 1 << 20  # characters of one tag or one cell that are waited for
_MOST_CELLS = 2_000
_MOST_SPAN = 100  # columns or rows that one cell may reach over
_WIDEST = 200  # characters of a cell on average: more is a page laid out with a table
_BREAKS = frozenset(("br", "p", "div", "li"))
_UNSEEN = frozenset(("script", "style", "template"))


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a table with two columns or more that is no page laid out."""
    text = lines[at].text
    found = "<" in text and _OPENING.match(text)
    return probe(Html, lines, at, over=over) if found else Answer.NO


class Html:
    """The rows of one table; what a table inside of a cell says is part of the cell."""

    def __init__(self) -> None:
        """Begin before the tag that opens the table."""
        self.title = ""
        self.held = 0
        self.names: Sequence[str] | None = None
        self._parser = _Parser()

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        parser = self._parser
        parser.feed(piece.text if piece.more else piece.text + "\n")
        if parser.strange or len(parser.rawdata) + parser.size > _HELD:
            return Verdict.FOREIGN
        self.title, self.names = parser.title, parser.names
        return Verdict.LAST if parser.ended else Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows that have ended."""
        rows, self._parser.rows = self._parser.rows, []
        return rows

    def complete(self) -> None:
        """Leave it: a row is complete with its line or not at all."""


class _Parser(HTMLParser):
    """What the tags of a table do."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.names: list[str] | None = None
        self.rows: list[list[str]] = []
        self.ended = False
        self.strange = False  # no table of data, or more than is waited for
        self.size = 0  # characters of the cell at work
        self._depth = 0
        self._unseen = 0
        self._words: list[str] | None = None  # of a cell or the caption
        self._cells: list[str] = []
        self._head = True
        self._spans: tuple[int, int] = (1, 1)
        self._hanging: dict[int, tuple[int, str]] = {}  # column: rows that a cell goes on for

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.ended:
            return
        self._unseen += tag in _UNSEEN
        if tag == "table":
            self._depth += 1
            self.strange = self.strange or self._depth > 1
        elif tag in ("tr", "td", "th", "caption"):
            self._end_cell()
            if tag == "tr":
                self._end_row()
            else:
                given = dict(attrs)
                self._spans = (_span(given.get("colspan")), _span(given.get("rowspan")))
                self._head = self._head and tag != "td"
                self._words = []
        elif tag in _BREAKS and self._words:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.ended:
            return
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "caption":
            self.title = self._text()
        elif tag in ("tr", "thead", "tbody", "table"):
            self._end_cell()
            self._end_row()
            self.ended = tag == "table"

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._unseen and not self.ended:
            self._words.append(data)
            self.size += len(data)

    def _text(self) -> str:
        words, self._words, self.size = self._words, None, 0
        lines = (" ".join(line.split()) for line in "".join(words or ()).split("\n"))
        return " ".join(filter(None, lines))

    def _end_cell(self) -> None:
        if self._words is None:
            return
        text = self._text()
        columns, rows = self._spans
        self._fill()
        for more in range(columns):
            if rows > 1:
                self._hanging[len(self._cells)] = (rows - 1, "" if more else text)
            self._cells.append("" if more else text)
        self.strange = self.strange or len(self._cells) > _MOST_CELLS

    def _fill(self) -> None:
        """Put in the cells that hang down from rows above."""
        while (found := self._hanging.get(len(self._cells))) is not None:
            left, text = found
            at = len(self._cells)
            if left > 1:
                self._hanging[at] = (left - 1, text)
            else:
                del self._hanging[at]
            self._cells.append(text)

    def _end_row(self) -> None:
        if self._cells:
            self._fill()
        cells, self._cells = self._cells, []
        head, self._head = self._head, True
        if not cells:
            return
        if head and self.names is None and not self.rows:
            self.names = cells
        elif not (head and cells == self.names):
            self.rows.append(cells)
            self.strange = self.strange or sum(map(len, cells)) > _WIDEST * len(cells)


def _span(value: str | None) -> int:
    words = (value or "").strip()
    return max(1, min(int(words), _MOST_SPAN)) if words.isascii() and words.isdecimal() else 1
