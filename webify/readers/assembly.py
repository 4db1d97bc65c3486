"""Shapes that are put together line by line: how they are found, and the body that reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from webify.model.block import TABLE
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

MOST_COLUMNS = 16_384
_MOST_LOOKED = 200  # lines after which there must be a row
_MOST_TEXT = 1 << 18  # the same in characters
_FEWEST = 2  # rows that make a table where nothing names the columns


class Verdict(Enum):
    """What a line is to the shape."""

    MINE = "mine"
    LAST = "last"  # it is part of the shape and ends it
    FOREIGN = "foreign"  # it is none of the shape, which has ended before it


class Piece(NamedTuple):
    """One line as an assembly takes it.  more: the line goes on in the next piece."""

    text: str
    more: bool = False


class Assembly(Protocol):
    """Puts the rows of one shape together.

    title   what the shape itself says it is called, or ""
    names   the columns, once they are known
    held    how many of the last lines are no row yet; they are text where they become none
    """

    title: str
    names: Sequence[str] | None
    held: int

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""

    def release(self) -> list[list[str]]:
        """Return the rows that are complete."""

    def complete(self) -> None:
        """Complete the last row, as nothing more of the shape comes."""


def probe(
    make: Callable[[], Assembly],
    lines: Sequence[Line],
    at: int,
    *,
    over: bool,
    fewest: int = 1,
    most: int = _MOST_LOOKED,
) -> Body | Answer:
    """Read lines until there are rows enough, and say whether they are a table.

    fewest: rows under names that make a table.
    """
    assembly = make()
    rows: list[list[str]] = []
    size = 0
    for line in lines[at : at + most]:
        size += len(line.text)
        if size > _MOST_TEXT:
            return Answer.NO
        verdict = assembly.read(Piece(line.text, line.more))
        ended = verdict is not Verdict.MINE
        if ended:
            assembly.complete()
        rows += assembly.release()
        if ended or len(rows) > max(fewest, _FEWEST):
            return _found(make, assembly, rows, fewest)
    if over:
        assembly.complete()
        rows += assembly.release()
        return _found(make, assembly, rows, fewest)
    return Answer.WAIT if len(lines) < at + most else Answer.NO


def _found(
    make: Callable[[], Assembly], assembly: Assembly, rows: list[list[str]], fewest: int
) -> Body | Answer:
    width = max((len(row) for row in rows), default=0)
    names = assembly.names
    if len(rows) < (fewest if names else max(fewest, _FEWEST)):
        return Answer.NO
    if not 1 < max(width, len(names or ())) <= MOST_COLUMNS:
        return Answer.NO
    columns = [*(names or ()), *[""] * (width - len(names or ()))]
    return Assembled(make(), tuple(columns), assembly.title)


class Assembled:
    """The body of a shape that is put together line by line."""

    kind = TABLE
    used = 0

    def __init__(self, assembly: Assembly, columns: tuple[str, ...], title: str = "") -> None:
        """Read the lines that it was found in once more, from the first."""
        self.columns = columns
        self.title = title
        self._assembly = assembly
        self._held: list[Line] = []

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        assembly = self._assembly
        for index, line in enumerate(lines):
            verdict = assembly.read(Piece(line.text, line.more))
            if verdict is not Verdict.MINE:
                last = verdict is Verdict.LAST
                assembly.complete()
                rows += assembly.release()
                rest = lines[index + 1 :] if last else [*self._unread(), *lines[index:]]
                return self._taken(rows)._replace(rest=rest, done=True)
            self._hold(line)
        rows += assembly.release()
        return self._taken(rows)

    def _hold(self, line: Line) -> None:
        held = self._assembly.held
        self._held.append(line)
        if len(self._held) > 2 * held:
            del self._held[: len(self._held) - held]

    def _unread(self) -> list[Line]:
        held = self._assembly.held
        return self._held[-held:] if held else []

    def pause(self) -> Taken:
        """Give out nothing: a row may go on."""
        return Taken()

    def finish(self) -> Taken:
        """Give out the last row."""
        self._assembly.complete()
        taken = self._taken(self._assembly.release())
        return taken._replace(rest=self._unread(), done=True)

    def _taken(self, rows: list[list[str]]) -> Taken:
        """Make all rows as wide as the table, or the table as wide as they are."""
        width = max((len(row) for row in rows), default=0)
        names = self._assembly.names or self.columns
        grown = max(width, len(names)) > len(self.columns)
        if grown:
            wide = [*self.columns, *names[len(self.columns) :]]
            self.columns = (*wide, *[""] * (width - len(wide)))
        full = [[*row, *[""] * (len(self.columns) - len(row))] for row in rows]
        return Taken(full, columns=self.columns if grown else None)
