"""The rows of a drawn table: one line each, or all the lines between two rulers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import TABLE
from webify.readers.drawing import Cut, bottom
from webify.readers.shapes import Taken
from webify.readers.terminal import Line

_COUNT = re.compile(r"\s*\(\d+ rows?\)\s*\Z")  # what psql says under a table
_GROUP_LINES = 20  # so many lines without a ruler are rows of their own
_MOST_LINES = 500  # lines of one row at most


class Grid:
    """The body of a drawn table.  The last row is held back: the next line may belong to it."""

    kind = TABLE

    def __init__(self, cut: Cut, columns: tuple[str, ...], used: int) -> None:
        """Cut lines like this; `used` lines were the head."""
        self.columns = columns
        self.used = used
        self.title = ""
        self._cut = cut
        # a ruler under each row; None: not known yet
        self._ruled: bool | None = None if cut.left else False
        self._group: list[list[str]] = []  # lines that may be one row
        self._plus = False  # psql: the last line ended a cell with "+", so the next goes on
        self._after_rule = False

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            parts = None if line.more else self._cut.raw(line.text)
            if parts is not None:
                cells = [part.strip() for part in parts]
                if self._cut.starts and not any(cells):
                    continue  # polars leaves a line between two rows
                if cells[0][:1] not in "-=:─━═" or not self._cut.is_rule(line.text.strip()):
                    self._row(cells, parts, rows)
                    continue
            stripped = line.text.strip()
            if not self._cut.is_rule(stripped) or line.more:
                self._close(rows)
                mine = not self._cut.left and _COUNT.match(line.text) is not None
                return Taken(rows, lines[index + mine :], done=True)
            if self._after_rule:
                self._close(rows)
                return Taken(rows, lines[index:], done=True)
            self._rule(rows)
            if bottom(stripped):
                self._close(rows)
                return Taken(rows, lines[index + 1 :], done=True)
        return Taken(rows)

    def pause(self) -> Taken:
        """Give out the row that is held back."""
        rows: list[list[str]] = []
        if self._ruled is False:
            self._close(rows)
        return Taken(rows)

    def finish(self) -> Taken:
        """Give out the row that is held back."""
        rows: list[list[str]] = []
        self._close(rows)
        return Taken(rows, done=True)

    def _row(self, cells: list[str], parts: list[str], rows: list[list[str]]) -> None:
        if self._plus and self._group:
            self._note_plus(cells, parts)
            above = self._group[-1]
            self._group[-1] = [
                " ".join(filter(None, both)) for both in zip(above, cells, strict=True)
            ]
            return
        if self._after_rule:
            self._after_rule = False
            if self._ruled is None and self._group:
                self._ruled = True
                self._emit(rows)
        self._note_plus(cells, parts)
        if self._ruled is False:
            if self._group and not self._goes_on(cells):
                self._emit(rows)
            self._group.append(cells)
        else:
            self._group.append(cells)
            if self._ruled is None and self._rows_alike():
                self._ruled = False
                self._unruled(rows)
        if len(self._group) >= _MOST_LINES:
            self._emit(rows)

    def _rows_alike(self) -> bool:
        """Say whether the lines so far are rows of their own: the last one is as full."""
        if len(self._group) < 2:
            return False
        first, last = self._group[0], self._group[-1]
        full = last[0] != "" and sum(map(bool, last)) >= sum(map(bool, first))
        return full or len(self._group) > _GROUP_LINES

    def _note_plus(self, cells: list[str], parts: list[str]) -> None:
        self._plus = any(part[-1:] == "+" for part in parts)
        if self._plus:
            for at, part in enumerate(parts):
                if part.endswith("+"):
                    cells[at] = part[:-1].strip()

    def _goes_on(self, cells: list[str]) -> bool:
        """Say whether a line goes on with the row above: few cells, under filled ones."""
        if cells[0]:
            return False
        filled = [at for at, cell in enumerate(cells) if cell]
        above = self._group[0]
        return 0 < len(filled) * 2 <= len(cells) and all(
            above[at] and not cells[at][0].isdigit() for at in filled
        )

    def _rule(self, rows: list[list[str]]) -> None:
        self._after_rule = True
        if self._ruled is not None:
            self._emit(rows)

    def _unruled(self, rows: list[list[str]]) -> None:
        """Take the lines held back as rows of their own."""
        lines, self._group = self._group, []
        for cells in lines:
            if self._group and not self._goes_on(cells):
                self._emit(rows)
            self._group.append(cells)

    def _close(self, rows: list[list[str]]) -> None:
        if self._ruled is None:
            self._unruled(rows)
        self._emit(rows)

    def _emit(self, rows: list[list[str]]) -> None:
        """Give out the group as one row."""
        group, self._group = self._group, []
        if len(group) == 1:
            rows.append(group[0])
        elif group:
            rows.append([" ".join(filter(None, cells)) for cells in zip(*group, strict=True)])
