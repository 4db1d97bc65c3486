"""Read the cells of one table out of a run's SQLite file: some rows, or all of them on end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from webify.errors import TableUnknown
from webify.model.block import Table
from webify.rows.database import COLUMN, read
from webify.rows.packing import count, unpack

Row = tuple[str, ...]
_SIDE_BY_SIDE = 64  # columns that are read side by side; more would need too many cursors
_LOWER = (1 << COLUMN) - 1


@dataclass(frozen=True)
class Part:
    """Some rows on end: the number of the first, counted from 0, and the text of each column."""

    first: int
    count: int
    texts: tuple[str, ...]


class Source:
    """The rows of one table as they were when it was opened."""

    def __init__(self, database: sqlite3.Connection, table: Table) -> None:
        """Look at this table."""
        self._database = database
        self._name = f"t{int(table.number)}"
        self.table = table
        self.width = len(table.columns)
        found = database.execute(
            "SELECT rows FROM tables WHERE number = ?", (table.number,)
        ).fetchone()
        if found is None:
            raise TableUnknown(f"The rows of table {table.number} are not there")
        self.total = int(found[0])

    def rows(self, ids: Sequence[int]) -> tuple[Row, ...]:
        """Return rows by their numbers, in the order of these."""
        known: dict[int, Row] = {}
        first, part = 0, list[Row]()
        for each in sorted(set(ids)):
            if not 0 <= each < self.total:
                raise TableUnknown(f"Row {each + 1} of table {self.table.number} is not there")
            if each >= first + len(part):
                first, part = self._part_of(each)
            if each >= first + len(part):
                raise TableUnknown(f"The rows of table {self.table.number} are broken")
            known[each] = part[each - first]
        return tuple(known[each] for each in ids)

    def parts(
        self, wanted: Sequence[int], upto: int | None = None, start: int = 0
    ) -> Iterator[Part]:
        """Yield the cells of some columns, part by part, for the first `upto` rows or all.

        start   the row that has to be in the first part
        """
        end = self.total if upto is None else min(upto, self.total)
        begin = f"SELECT max(id) FROM {self._name} WHERE id BETWEEN 0 AND ?"
        start = self._database.execute(begin, (start,)).fetchone()[0] or 0
        lead = self._texts(0, start)
        side_by_side = len(wanted) <= _SIDE_BY_SIDE
        others = {
            at: _Column(self._texts(at, start)).at if side_by_side else partial(self._text_at, at)
            for at in wanted
            if at != 0
        }
        for first, text in lead:
            if first >= end:
                return
            texts = [text if at == 0 else others[at](first) for at in wanted]
            yield Part(first, count(text), tuple(texts))

    def columns(
        self, wanted: Sequence[int], upto: int | None = None, start: int = 0
    ) -> Iterator[tuple[int, list[list[str]]]]:
        """Yield the number of a first row and the cells of some columns, part by part."""
        end = self.total if upto is None else min(upto, self.total)
        for part in self.parts(wanted, upto, start):
            cells = [cells_of(text, part.count) for text in part.texts]
            if part.first + part.count > end:
                cells = [each[: end - part.first] for each in cells]
            if part.first < start:
                cells = [each[start - part.first :] for each in cells]
            yield max(part.first, start), cells

    def _texts(self, column: int, start: int) -> Iterator[tuple[int, str]]:
        found = self._database.execute(
            f"SELECT id, cells FROM {self._name} WHERE id BETWEEN ? AND ? ORDER BY id",
            (column << COLUMN | start, column << COLUMN | _LOWER),
        )
        return ((id_ & _LOWER, _text(text)) for id_, text in found)

    def _text_at(self, column: int, first: int) -> str:
        """Return the text of one column in the part that begins there, "" where it has none."""
        exact = f"SELECT cells FROM {self._name} WHERE id = ?"
        found = self._database.execute(exact, (column << COLUMN | first,)).fetchone()
        return _text(found[0]) if found else ""

    def _part_of(self, row: int) -> tuple[int, list[Row]]:
        """Return the part that a row is in: the number of its first row, and its rows."""
        before = f"SELECT id, cells FROM {self._name} WHERE id <= ? ORDER BY id DESC LIMIT 1"
        found = self._database.execute(before, (row,)).fetchone()
        if found is None or not self.width:
            raise TableUnknown(f"The rows of table {self.table.number} are broken")
        id_, text = found[0], _text(found[1])
        lead = unpack(text)
        others = (cells_of(self._text_at(at, id_), len(lead)) for at in range(1, self.width))
        return id_, list(zip(lead, *others, strict=True))


class _Column:
    """The texts of one column, asked for in order; it may begin later than the table."""

    def __init__(self, texts: Iterator[tuple[int, str]]) -> None:
        self._texts = texts
        self._next = next(texts, None)

    def at(self, first: int) -> str:
        """Return the text of the part that begins there, "" where the column has none."""
        found = self._next
        if found is None or found[0] != first:
            return ""
        self._next = next(self._texts, None)
        return found[1]


def _text(value: object) -> str:
    """Return what must be a text, unless the file is broken."""
    if not isinstance(value, str):
        raise TableUnknown("The rows of this table are broken")
    return value


def cells_of(text: str | None, count: int) -> list[str]:
    """Return the cells of one column in a part; a column that was not there yet is empty."""
    if not text:
        return [""] * count
    cells = unpack(text)
    if len(cells) != count:
        raise TableUnknown("The rows of this table are broken")
    return cells


@contextmanager
def opened(path: Path, table: Table) -> Iterator[Source]:
    """Open a table for reading, all of it as it is at this moment.

    Raises TableUnknown where the file or the table is missing or broken.
    """
    try:
        database = read(path)
        try:
            database.execute("BEGIN")
            yield Source(database, table)
        finally:
            database.close()
    except sqlite3.Error as error:
        raise TableUnknown(f"The rows of table {table.number} are not there") from error
