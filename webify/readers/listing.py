"""The rows of an aligned table, cut where its gaps lie."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import TABLE
from webify.readers.layout import Canvas, Layout
from webify.readers.shapes import Taken
from webify.readers.terminal import Line

_MOST_DOUBTS = 2  # lines in a row that may have a first cell only
_LONGEST = 10_000  # characters of a cell that goes on over many lines
_RULER = re.compile(r"\s*[-=─━═~]{2,}(?:[ +]+[-=─━═~]+)*\s*\Z")


class Listing:
    """The body of an aligned table.

    The last row is held back: the next line may go on with one of its cells.  A line with
    nothing but a first cell is held back too: it is a row only where rows follow it.
    """

    kind = TABLE
    title = ""

    def __init__(self, layout: Layout, columns: tuple[str, ...], used: int) -> None:
        """Cut lines like this; `used` lines were the head."""
        self.columns = columns
        self.used = used
        self._layout = layout
        self._held: list[str] | None = None
        self._doubts: list[Line] = []

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            cells = self._cells(line)
            if cells is None:
                ruler = not self._doubts and _RULER.match(line.text) is not None
                return self._ended(rows, lines[index + ruler :])
            if cells[0] and cells[1] and not self._doubts:
                rows += self._release()
                self._held = cells
            elif not self._odd_row(line, cells, rows):
                return self._ended(rows, lines[index + 1 :])
        return Taken(rows)

    def pause(self) -> Taken:
        """Give out the row that is held back."""
        return Taken(self._release())

    def finish(self) -> Taken:
        """Give out the row that is held back; what was in doubt is text."""
        return self._ended([], ())

    def _ended(self, rows: list[list[str]], rest: Sequence[Line]) -> Taken:
        rows += self._release()
        return Taken(rows, [*self._doubts, *rest], done=True)

    def _release(self) -> list[list[str]]:
        held, self._held = self._held, None
        return [] if held is None else [held]

    def _cells(self, line: Line) -> list[str] | None:
        """Return the cells of a line, or None where it is no row."""
        text = line.text
        if line.more or not text or text.isspace():
            return None
        if text.isascii() and "\t" not in text:
            cells = self._layout.quick(text)
            if cells is not None and cells[0] and cells[1]:
                return None if cells[0][0] in "-=─" and _RULER.match(text) else cells
        if _RULER.match(text):
            return None
        canvas = Canvas(text)
        if not self._layout.narrow_to(canvas):
            return self._layout.cells(canvas)
        segments = canvas.segments()
        if len(segments) == self._layout.count:
            return [canvas.cut(start, end) for start, end in segments]
        return None

    def _odd_row(self, line: Line, cells: list[str], rows: list[list[str]]) -> bool:
        """Take a row with few cells, or one after such rows; False where the table has ended."""
        filled = [at for at, cell in enumerate(cells) if cell]
        if filled == [0]:
            self._doubts.append(line)
            return len(self._doubts) <= _MOST_DOUBTS
        held = self._held
        above = held[filled[0]] if held is not None and filled else ""
        if held is not None and len(filled) == 1 and not self._doubts and 0 < len(above) < _LONGEST:
            held[filled[0]] += " " + cells[filled[0]]
            return True
        for doubt in self._doubts:
            rows += self._release()
            self._held = self._layout.cells(Canvas(doubt.text))
        self._doubts = []
        rows += self._release()
        self._held = cells
        return True
