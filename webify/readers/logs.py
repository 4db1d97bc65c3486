"""Logs: entries with a time, a level and a message, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import LOG
from webify.readers.log_formats import Entry, Format, formats_of, may_begin
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line
from webify.readers.tracebacks import PYTHON

NAME = "logs"
HOLDS = re.compile(r"[-\d:\[=]")

_FEWEST = 5  # entries: fewer are read as they stand
_LONGEST = 8_000  # characters of the first line of an entry
_MOST_WAIT = 60  # lines in which the first entries must come
_MOST_LINES = 400  # lines of one entry
_MOST_COLUMNS = 60
_MORE = re.compile(r"\s+\S|[)}\]]+[,;]?\Z")  # goes on with the entry above
_CAUSE = re.compile(r"Caused by: |\s*\.\.\. \d+ more")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find five entries that are written alike."""
    text = lines[at].text
    if len(text) > _LONGEST or not may_begin(text):
        return Answer.NO
    ways = list(formats_of(text))
    if not ways:
        return Answer.NO
    count, more = 1, More()
    for line in lines[at + 1 : at + _MOST_WAIT]:
        fitting = [way for way in ways if len(line.text) <= _LONGEST and way.read(line.text)]
        if fitting:
            ways, count = fitting, count + 1
            if count == _FEWEST:
                return Entries(ways[0]) if _told(lines[at : at + count], ways[0]) else Answer.NO
            more = More()
        elif line.more or not more.take(line.text):
            return Answer.NO
    return Answer.NO if over or len(lines) - at >= _MOST_WAIT else Answer.WAIT


def _told(lines: Sequence[Line], way: Format) -> bool:
    """Say whether the messages are words and not the cells of a table."""
    if way.pattern is None or "level" in way.names or "source" in way.names:
        return True
    return not all("  " in line.text[24:].strip() or "\t" in line.text for line in lines)


class More:
    """Which lines go on with the entry above: what is indented, and tracebacks."""

    def __init__(self) -> None:
        """Begin behind the first line of an entry."""
        self._trace = False

    def take(self, text: str) -> bool:
        """Say whether this line is of it."""
        if PYTHON.match(text) or _CAUSE.match(text):
            self._trace = True
            return True
        if _MORE.match(text):
            return True
        trace, self._trace = self._trace, False
        return trace and bool(text.strip())


class Entries:
    """The body of a log.  The last entry is held back: lines that go on with it may follow."""

    kind = LOG
    title = ""
    used = 0

    def __init__(self, way: Format) -> None:
        """Read entries that are written like this."""
        self.columns = way.names
        self._way = way
        self._at = {name: at for at, name in enumerate(way.names)}
        self._held: list[str] = []
        self._lines: list[str] = []
        self._more = More()
        self._grown = False

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            text = line.text
            entry = self._way.read(text) if len(text) <= _LONGEST and not line.more else None
            if entry is not None:
                rows += self._release()
                self._hold(entry)
            elif line.more or not self._more.take(text):
                return self._taken(rows + self._release(), lines[index:], done=True)
            else:
                if len(self._lines) >= _MOST_LINES:
                    rows += self._release()
                self._lines.append(text.rstrip())
        return self._taken(rows)

    def pause(self) -> Taken:
        """Give out the entry that is held back."""
        return self._taken(self._release())

    def finish(self) -> Taken:
        """Give out the entry that is held back."""
        return self._taken(self._release(), done=True)

    def _hold(self, entry: Entry) -> None:
        self._more = More()
        if entry.names is self._way.names:
            self._held = list(entry.cells)
            return
        for name in entry.names:
            if name not in self._at and len(self._at) < _MOST_COLUMNS:
                self._at[name] = len(self._at)
                self._grown = True
        self._held = [""] * len(self._at)
        for name, cell in zip(entry.names, entry.cells, strict=True):
            at = self._at.get(name, len(self._at) - 1)
            self._held[at] = cell

    def _release(self) -> list[list[str]]:
        """Return the entry held back with the lines that go on with it."""
        if not self._held and not self._lines:
            return []
        row = self._held or [""] * len(self._at)
        if self._lines and row:
            at = self._at.get("message", self._at.get("msg", len(row) - 1))
            row[min(at, len(row) - 1)] = "\n".join(filter(None, [row[at], *self._lines]))
        self._held, self._lines = [], []
        return [row] if row else []

    def _taken(
        self, rows: list[list[str]], rest: Sequence[Line] = (), *, done: bool = False
    ) -> Taken:
        columns = None
        if self._grown:
            self._grown = False
            columns = self.columns = tuple(self._at)
        return Taken(rows, rest, done, columns)
