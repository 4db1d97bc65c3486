"""The rows of JSON values, read as they come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError
from typing import Any, Protocol

from webify.model.block import TABLE
from webify.readers.shapes import Cells, Taken
from webify.readers.terminal import Line
from webify.readers.values import DECODER
from webify.readers.wrapper import cut_off

_MOST = 1 << 20  # characters of one element
_SMALL = 1 << 12  # what is shorter is tried again with each line
_BETWEEN = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")


class Rows(Protocol):
    """Makes rows of values: objects, arrays or scalars.

    open   nothing in a value says that it is complete: 12 may become 123
    """

    columns: tuple[str, ...]
    open: bool

    def row(self, value: Any) -> list[str] | None:
        """Return the cells of a value, or None where it is of another kind."""


class Ready:
    """A value that was read whole when it was found."""

    title = ""

    def __init__(
        self, kind: str, columns: tuple[str, ...], rows: Sequence[Cells], used: int
    ) -> None:
        """Give out these rows; so many lines are their text."""
        self.kind = kind
        self.columns = columns
        self.used = used
        self._rows = rows

    def take(self, lines: Sequence[Line]) -> Taken:
        """Give out all."""
        return Taken(self._rows, lines, done=True)

    def pause(self) -> Taken:
        """Give out nothing: take() has done so."""
        return Taken()

    def finish(self) -> Taken:
        """Give out nothing: take() has done so."""
        return Taken(done=True)


class JsonTable:
    """Elements of an array, or objects that follow each other."""

    kind = TABLE
    title = ""
    used = 0

    def __init__(
        self, rows: Rows, *, prefix: int | None = None, depth: int = 0, head: int = 0
    ) -> None:
        """Make rows of what comes.

        prefix  the characters up to the first element of the array, its bracket included;
                None where objects follow each other without one
        depth   how many braces are closed behind the array
        head    how many elements are no rows but the names of the columns
        """
        self.columns = rows.columns
        self._rows = rows
        self._array = prefix is not None
        self._prefix = prefix or 0
        self._depth = depth
        self._closing = False  # the array has ended
        self._skip = head
        self._text = ""
        self._lines: list[tuple[int, int, Line]] = []  # where in the text they begin and end
        self._need = 0

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        pieces = [self._text]
        size = len(self._text)
        for line in lines:
            pieces += (line.text,) if line.more else (line.text, "\n")
            start, size = size, size + len(line.text) + (not line.more)
            self._lines.append((start, size, line))
        self._text = "".join(pieces)
        return self._parse() if size >= self._need else Taken()

    def pause(self) -> Taken:
        """Try what has come so far."""
        return self._parse()

    def finish(self) -> Taken:
        """Read the last elements; what is not complete is text."""
        taken = self._parse()
        return taken if taken.done else taken._replace(rest=self._rest(0), done=True)

    def _parse(self) -> Taken:
        width = len(self.columns)
        rows: list[list[str]] = []
        at, done = self._elements(rows)
        rest: Sequence[Line] = self._rest(at) if done else ()
        self._text = self._text[at:]
        self._lines = [(a - at, b - at, line) for a, b, line in self._lines if b > at]
        left = len(self._text)
        self._need = left + left // 4 if left > _SMALL else 0
        if left > _MOST and not done:
            rest, done = self._rest(0), True
        self.columns = self._rows.columns
        grown = len(self.columns) > width
        return Taken(rows, rest, done=done, columns=self.columns if grown else None)

    def _elements(self, rows: list[list[str]]) -> tuple[int, bool]:
        """Read elements into rows; return where they end, and whether all have ended."""
        text = self._text
        at, self._prefix = self._prefix, 0
        if self._closing:
            return self._close(at)
        array, make = self._array, self._rows.row
        decode, between, size = DECODER.raw_decode, _BETWEEN.match, len(text)
        while True:
            found = between(text, at)
            start = found.end() if found else at
            if start >= size:
                return size, False
            if array and text[start] == "]":
                return self._close(start + 1)
            try:
                value, end = decode(text, start)
                row = make(value)
            except JSONDecodeError as error:
                return (at, False) if cut_off(error, text) else (start, True)
            except RecursionError:
                return start, True
            if end >= size and self._rows.open:
                return at, False  # a figure may go on
            if row is None or not (array or self._ends_well(text, end)):
                return start, True
            if self._skip:
                self._skip -= 1
            else:
                rows.append(row)
            at = end

    def _close(self, at: int) -> tuple[int, bool]:
        """Go over the braces around the array; what stands between them is text."""
        self._closing = True
        while self._depth:
            found = _SPACE.match(self._text, at)
            start = found.end() if found else at
            if start >= len(self._text):
                return at, False
            if self._text[start] != "}":
                return at, True
            self._depth -= 1
            at = start + 1
        return at, True

    def _ends_well(self, text: str, end: int) -> bool:
        """Say whether nothing but a line break follows an object on its line."""
        if text[end : end + 1] == "\n":
            return True
        stop = text.find("\n", end)
        return not text[end : stop if stop >= 0 else None].strip()

    def _rest(self, at: int) -> list[Line]:
        """Return the lines that nothing was read of; `at` is where the reading ended."""
        return [
            line
            for start, end, line in self._lines
            if end > at and (start >= at or (start >= 0 and not self._text[start:at].strip()))
        ]
