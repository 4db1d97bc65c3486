"""Rows without a head: lines of a familiar kind, and lines whose words agree in their types."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import TABLE
from webify.readers.agreement import find_agreement, typed
from webify.readers.familiar import FAMILIAR, Familiar, cells
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

NAME = "headless"
HOLDS = re.compile(r"[\d/\\:]| {8}\s*[A-Za-z?] ")

_ENOUGH = 2  # lines of a familiar kind that make a table certain
_MOST_COMMENTS = 3  # comments in a row inside of a table


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find rows that stand on their own."""
    text = lines[at].text
    for kind in FAMILIAR:
        above = bool(kind.first) and text.startswith(kind.first) and len(text.split()) == 2
        if above or (kind.holds in text and cells(kind, text) is not None):
            return _familiar(kind, lines, at, above=above, over=over)
    if not typed(text):
        return Answer.NO
    return find_agreement(lines, at, over=over)


def _familiar(
    kind: Familiar, lines: Sequence[Line], at: int, *, above: bool, over: bool
) -> Body | Answer:
    """Take lines of one familiar kind, where there are enough of them."""
    first = at + above
    needed = 1 if above else _ENOUGH
    for line in lines[first : first + needed]:
        if cells(kind, line.text) is None:
            return Answer.NO
    if len(lines) < first + needed:
        return Answer.NO if over else Answer.WAIT
    return FamiliarRows(kind, cells(kind, lines[first].text) or [], int(above))


class FamiliarRows:
    """The body of lines of one familiar kind: it ends at the first line that is none."""

    kind = TABLE
    title = ""

    def __init__(self, familiar: Familiar, row: Sequence[str], used: int) -> None:
        """Read lines like the one with this row; `used` lines stood above."""
        pairs = list(zip(familiar.columns, row, strict=True))
        self._kept = [at for at, (name, cell) in enumerate(pairs) if cell or name[-1] != "?"]
        self._every = len(self._kept) == len(pairs)
        self.columns = tuple(familiar.columns[at].rstrip("?") for at in self._kept)
        self.used = used
        self._familiar = familiar
        self._comments: list[Line] = []

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            row = None if line.more else cells(self._familiar, line.text)
            if row is not None:
                self._comments = []
                rows.append(row if self._every else [row[at] for at in self._kept])
            elif not self._comment(line):
                return Taken(rows, [*self._comments, *lines[index:]], done=True)
        return Taken(rows)

    def pause(self) -> Taken:
        """Hold back nothing but comments, which may be text."""
        return Taken()

    def finish(self) -> Taken:
        """Leave the comments at the end to the text."""
        return Taken((), self._comments, done=True)

    def _comment(self, line: Line) -> bool:
        """Hold back a comment between rows."""
        if not self._familiar.comments or not line.text.startswith("#"):
            return False
        self._comments.append(line)
        return len(self._comments) <= _MOST_COMMENTS
