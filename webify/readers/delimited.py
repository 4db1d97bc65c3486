"""The rows of delimited lines: quotes, quoted line breaks, ragged rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from webify.model.block import TABLE
from webify.readers.shapes import Taken
from webify.readers.terminal import Line

_MOST_OPEN = 50  # lines that one quoted value may have
_MOST_LOOKED = 12  # the same before it is known that these are records
_LONGEST_LOOKED = 1 << 14  # and the same in characters
_MOST_DOUBTS = 2  # lines in a row that may be ragged
_OPEN = {
    delimiter: re.compile(rf'(?:^|{re.escape(delimiter)})[ \t]*"(?:[^"]|"")*\Z')
    for delimiter in "\t;|,"
}
_VALUE = {  # one value, quoted or not; what follows a closing quote belongs to it
    delimiter: re.compile(
        rf'(?:^|(?<={re.escape(delimiter)}))(?:[ \t]*"(?:[^"]|"")*"|)[^{re.escape(delimiter)}]*'
    )
    for delimiter in "\t;|,"
}


class Record(NamedTuple):
    """One record: its values as they stand and without outer blanks, and how many lines it took."""

    raw: list[str]
    cells: list[str]
    lines: int


def records(lines: Sequence[Line], at: int, delimiter: str, count: int) -> list[Record] | None:
    """Return the first records, at most so many; those that are not complete are left out.

    None where one is too long to be waited for.
    """
    found: list[Record] = []
    while len(found) < count and at < len(lines):
        text = lines[at].text
        used = 1
        while (opened := unfinished(text, delimiter)) and at + used < len(lines):
            if used >= _MOST_LOOKED or len(text) > _LONGEST_LOOKED:
                return None
            text += "\n" + lines[at + used].text
            used += 1
        if not text.strip() or opened:
            break
        if lines[at + used - 1].more:
            return None
        found.append(Record(_raw(text, delimiter), split(text, delimiter), used))
        at += used
    return found


def _raw(text: str, delimiter: str) -> list[str]:
    """Return the values as they stand, with their quotes and blanks."""
    return _VALUE[delimiter].findall(text) if '"' in text else text.split(delimiter)


def unfinished(text: str, delimiter: str) -> bool:
    """Say whether a quoted value is still open at the end of the text."""
    return '"' in text and text.count('"') % 2 == 1 and _OPEN[delimiter].search(text) is not None


def split(text: str, delimiter: str) -> list[str]:
    """Return the values of one record."""
    if '"' not in text:
        return [cell.strip() for cell in text.split(delimiter)]
    lines = text.splitlines(keepends=True)
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            return [cell.strip() for cell in row]
    except csv.Error:
        pass
    return [cell.strip() for cell in text.split(delimiter)]


class Delimited:
    """The body of delimited lines.

    Ragged lines are held back: they are rows only where good rows follow.
    """

    kind = TABLE
    title = ""

    def __init__(self, columns: tuple[str, ...], delimiter: str, used: int) -> None:
        """Cut at this delimiter; `used` lines were the head."""
        self.columns = columns
        self.used = used
        self._delimiter = delimiter
        self._width = len(columns)
        self._open: list[Line] = []
        self._doubts: list[tuple[list[str], list[Line]]] = []

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        delimiter, width = self._delimiter, self._width
        for index, line in enumerate(lines):
            text = line.text
            if self._open or '"' in text or line.more:
                if not self._quoted(line, rows):
                    return self._ended(rows, lines[index + 1 :])
                continue
            cells = [cell.strip() for cell in text.split(delimiter)]
            if len(cells) == width and not self._doubts:
                rows.append(cells)
            elif not self._row(cells, [line], rows):
                return self._ended(rows, lines[index + 1 :])
        return Taken(rows)

    def pause(self) -> Taken:
        """Give out nothing: only what is in doubt is held back."""
        return Taken()

    def finish(self) -> Taken:
        """End; what is in doubt is text."""
        return self._ended([], ())

    def _ended(self, rows: list[list[str]], rest: Sequence[Line]) -> Taken:
        doubts = [line for _, lines in self._doubts for line in lines]
        return Taken(rows, [*doubts, *self._open, *rest], done=True)

    def _quoted(self, line: Line, rows: list[list[str]]) -> bool:
        """Take a line with quotes, or one inside of them; False where the table has ended."""
        self._open.append(line)
        text = "\n".join(each.text for each in self._open)
        if line.more or len(self._open) > _MOST_OPEN:
            return False
        if unfinished(text, self._delimiter):
            return True
        lines, self._open = self._open, []
        return self._row(split(text, self._delimiter), lines, rows)

    def _row(self, cells: list[str], lines: list[Line], rows: list[list[str]]) -> bool:
        """Take one record; False where the table has ended."""
        if len(cells) != self._width:
            self._doubts.append((cells, lines))
            return len(self._doubts) <= _MOST_DOUBTS and any(cells)
        for doubt, _ in self._doubts:
            rows.append(self._fit(doubt))
        self._doubts = []
        rows.append(cells)
        return True

    def _fit(self, cells: list[str]) -> list[str]:
        """Return a ragged row with as many cells as there are columns."""
        last = self._width - 1
        if len(cells) > self._width:
            return [*cells[:last], self._delimiter.join(cells[last:])]
        return [*cells, *[""] * (self._width - len(cells))]
