"""The rows of an aligned table, cut where its gaps lie."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import TABLE
from webify.readers.layout import Canvas, Layout
from webify.readers.ruler import is_ruler
from webify.readers.shapes import Taken
from webify.readers.terminal import Line
from webify.readers.words import HARD, type_of

_MOST_DOUBTS = 2  # lines in a row that may have a first cell only
_LONGEST = 10_000  # characters of a cell that goes on over many lines
_MOST_BLANK = 2  # blank lines before a head that comes again
# A line that counts what stands above it: "Total: 5", "Entries: 2  Skipped: 0", "(3 rows)".
_FOOT = re.compile(
    r"\s*(?:(?:[A-Za-z][\w .-]{0,40}: *\d[\d.,]*[.,;]?\s*){1,8}"
    r"|(?:Grand )?Totals?(?: \w{1,20}){0,3}: ?\S+(?: \S+){0,20}"
    r"|\(?\d+ (?:rows?|records?|items?|entries|lines?|files?|results?|matches)\b"
    r"[\w ]{0,40}[).]?)\s*\Z"
)


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
        self._blank: list[Line] = []
        self._head: set[str] = set()
        self._again = False  # the last line was one of the head, come again

    def repeats(self, text: str) -> None:
        """Say that this is a line of the head: where all of them come again, they are no rows."""
        if not is_ruler(text):
            self._head.add(text.strip())

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        quick = self._layout.quick
        for index, line in enumerate(lines):
            text = line.text
            if text.isascii() and "\t" not in text and not self._waiting and not line.more:
                cells = quick(text)
                if cells is not None and cells[0] and cells[1] and not self._special(text, cells):
                    if self._held is not None:
                        rows.append(self._held)
                    self._held = cells
                    continue
            rest = self._slowly(line, rows)
            if rest is not None:
                return self._ended(rows, [*rest, *lines[index + 1 :]])
        return Taken(rows)

    def pause(self) -> Taken:
        """Give out the row that is held back."""
        return Taken(self._release())

    def finish(self) -> Taken:
        """Give out the row that is held back; what was in doubt is text."""
        return self._ended([], [])

    @property
    def _waiting(self) -> bool:
        return bool(self._doubts or self._blank or self._again or self._layout.bars)

    def _special(self, text: str, cells: list[str]) -> bool:
        """Say whether a line that could be a row is a ruler, a line of the foot or of a head."""
        return (
            cells[0] == self.columns[0]
            or (cells[0][0] in "-=─" and is_ruler(text))
            or (":" in text and _FOOT.match(text) is not None)
            or text.strip() in self._head
        )

    def _slowly(self, line: Line, rows: list[list[str]]) -> list[Line] | None:
        """Take a line that is no plain row; return the lines left over where the table ends."""
        text = line.text
        if not self._doubts and text.strip() in self._head:
            rows += self._release()
            self._blank = []
            self._again = True
            return None
        if not text.strip():
            rows += self._release()
            self._blank.append(line)
            wanted = self._head and not self._doubts and len(self._blank) <= _MOST_BLANK
            return None if wanted else self._left()
        if self._blank:
            return [*self._left(), line]
        if is_ruler(text):
            if self._again:
                return None
            return [] if not self._doubts else [line]
        self._again = False
        cells = None if line.more or _FOOT.match(text) else self._cells(text)
        if cells is None or (cells[0] == self.columns[0] != "" and self._unlike(cells)):
            return [line]  # the next head, maybe
        return None if self._odd_row(line, cells, rows) else []

    def _left(self) -> list[Line]:
        blank, self._blank = self._blank, []
        return blank

    def _ended(self, rows: list[list[str]], rest: Sequence[Line]) -> Taken:
        rows += self._release()
        return Taken(rows, [*self._doubts, *self._left(), *rest], done=True)

    def _release(self) -> list[list[str]]:
        held, self._held = self._held, None
        return [] if held is None else [held]

    def _cells(self, text: str) -> list[str] | None:
        """Return the cells of a line, or None where it is no row."""
        canvas = self._layout.canvas(text)
        before = self._layout.gaps
        if self._sentence(canvas):
            return None
        if self._layout.narrow_to(canvas):
            return self._layout.cells(canvas)
        self._layout.gaps = before
        cells = self._layout.fit(canvas)
        if cells is None and " " not in canvas.text.strip():
            cells = [canvas.text.strip()] + [""] * (self._layout.count - 1)
        return cells

    def _sentence(self, line: Canvas) -> bool:
        """Say whether words with one blank in between stand where wide gaps were."""
        words = line.runs()
        if len(line.segments()) > 1 or len(words) == 1:
            return False
        if len(words) == self._layout.count:
            return self._unlike([line.cut(*span) for span in words])
        reach = line.segments()[0][1]
        wide = [gap for gap in self._layout.gaps if gap.end - gap.start > 1 and gap.end < reach]
        crossed = sum(bool(line.text[gap.start : gap.end].strip()) for gap in wide)
        return crossed > 0 and crossed in (len(wide), len(wide) - 1)

    def _goes_on(self, cells: list[str], filled: list[int]) -> bool:
        """Let several cells of the row above go on: fewer than half of them, and words alone."""
        held = self._held
        if held is None or self._doubts or not filled or not filled[0]:
            return False
        data = any(type_of(word) in HARD for at in filled for word in cells[at].split())
        full = all(held[at] and len(held[at]) < _LONGEST for at in filled)
        if data or not full or not held[0] or len(filled) * 2 >= len(cells):
            return False
        for at in filled:
            held[at] += " " + cells[at]
        return True

    def _unlike(self, cells: list[str]) -> bool:
        """Say whether words stand where the row above has figures, dates and the like."""
        above = self._held or []
        data = [cell for cell, one in zip(cells, above, strict=False) if type_of(one) in HARD]
        return bool(data) and not any(type_of(cell) in HARD for cell in data)

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
        if self._goes_on(cells, filled):
            return True
        rows += self._release()
        if len(self._doubts) == 1 and filled and filled[0]:
            cells[0] = self._doubts.pop().text.strip()  # a first cell too long for its line
        for doubt in self._doubts:
            rows += self._release()
            self._held = [doubt.text.strip()] + [""] * (self._layout.count - 1)
        self._doubts = []
        rows += self._release()
        self._held = cells
        return True


class UsedBy(Listing):
    """Rows whose last name stands over two columns, as in lsmod(8): "Used by", a count and who."""

    def __init__(self, layout: Layout, columns: tuple[str, ...], used: int) -> None:
        """Name the two columns apart."""
        super().__init__(layout, columns, used)
        self.columns = (*columns[:-1], "Used", "by")

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        return _parted(super().take(lines))

    def pause(self) -> Taken:
        """Give out the row that is held back."""
        return _parted(super().pause())

    def finish(self) -> Taken:
        """Give out the row that is held back."""
        return _parted(super().finish())


def _parted(taken: Taken) -> Taken:
    """Part the last cell at its first blank."""
    rows = [(*row[:-1], row[-1].partition(" ")[0], row[-1].partition(" ")[2]) for row in taken.rows]
    return taken._replace(rows=rows)
