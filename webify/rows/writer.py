"""Write the rows of a run's tables into its SQLite file, in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from webify.model.block import Table
from webify.rows.evidence import ColumnWish, Evidence
from webify.rows.packing import pack

if TYPE_CHECKING:
    import sqlite3

FIRST = 50  # rows that are kept at once
BATCH = 10_000  # rows that wait at most
WAIT = 0.2  # seconds that a row waits at most
PART = 512  # rows whose cells lie together
CELLS = 1 << 18  # cells of such rows, so that rows of many columns are fewer
HEAVY = 1 << 20  # characters of one column that lie together, unless a single cell is longer

Row = Sequence[str]


@dataclass
class _Open:
    """A table that is being written.

    rows    in the file
    tail    the last of them, whose part is not full: it is written again with more
    """

    columns: tuple[str, ...]
    rows: int = 0
    waiting: list[Row] = field(default_factory=list)
    tail: list[Row] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    cut: str = ""


class Writer:
    """The tables of one run.  The file is made with the first table."""

    def __init__(self, path: Path, wishes: Mapping[str, ColumnWish] | None = None) -> None:
        """Write into this file; `wishes` tells what the site says of columns, by their names."""
        self._path = path
        self._wishes = wishes or {}
        self._connection: sqlite3.Connection | None = None
        self._tables: dict[int, _Open] = {}
        self._due = 0.0
        self.first = 1  # the number of the first table

    def create(self, columns: Sequence[str]) -> int:
        """Begin a table; return its number."""
        number = self.first + len(self._tables)
        self.flush()
        self._tables[number] = _Open(tuple(columns))
        statements = (
            f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, cells TEXT NOT NULL)",
            f"INSERT INTO tables VALUES ({number}, 0, {len(columns)})",
        )
        self._write(self._tables[number], ((text, ()) for text in statements))
        return number

    def add(self, number: int, rows: Iterable[Row]) -> None:
        """Add rows to a table; short ones are filled up, long ones joined at the end."""
        table = self._tables[number]
        if not table.waiting:
            self._due = time.monotonic() + WAIT
        table.waiting += rows
        if table.rows < FIRST or len(table.waiting) >= BATCH:
            self._keep(number, table)

    def rename(self, number: int, columns: Sequence[str]) -> None:
        """Name the columns anew; there may be more of them now."""
        table = self._tables[number]
        self._keep(number, table)
        table.columns = tuple(columns)

    def table(self, number: int) -> Table:
        """Return the table with the types that its cells give evidence of so far."""
        table = self._tables[number]
        columns = table.evidence.columns(table.columns, self._wishes)
        return Table(number, columns, table.rows + len(table.waiting), table.cut)

    def tick(self) -> None:
        """Keep the rows that have waited long enough."""
        if self._due and time.monotonic() >= self._due:
            self.flush()

    def flush(self) -> None:
        """Keep all rows that wait."""
        for number, table in self._tables.items():
            self._keep(number, table)
        self._due = 0.0

    def close(self) -> None:
        """Keep all rows and let the file go."""
        self.flush()
        if self._connection is not None:
            from webify.rows.database import let_go

            let_go(self._connection)
            self._connection = None

    def _keep(self, number: int, table: _Open) -> None:
        if not table.waiting:
            return
        rows, table.waiting = table.waiting, []
        width = len(table.columns)
        if set(map(len, rows)) != {width}:
            rows = [_fit(row, width) for row in rows]
        if table.cut:
            return
        first = table.rows - len(table.tail)
        every = [*(_fit(row, width) for row in table.tail), *rows]
        parts = list(_parts(first, every))
        fresh = list(zip(*rows, strict=True))
        if self._write(table, _statements(number, table.rows + len(rows), width, parts)):
            table.evidence.take(fresh)
            table.rows += len(rows)
            last, texts = parts[-1]
            table.tail = every[last - first :]
            if len(table.tail) >= _step(width) or sum(map(len, texts)) > HEAVY:
                table.tail = []

    def _write(self, table: _Open, statements: Iterator[tuple[str, Sequence[object]]]) -> bool:
        """Write all or nothing; where no more can be written, the table ends here."""
        import sqlite3

        try:
            with self._database() as database:
                for text, bound in statements:
                    try:
                        database.execute(text, bound)
                    except UnicodeEncodeError:  # JSON can spell letters that are no text
                        database.execute(text, [*map(_as_text, bound)])
        except (sqlite3.Error, OSError) as error:
            if not table.rows:
                raise
            table.cut = (
                f"The rows after the first {table.rows:,} could not be kept: {error}. "
                "The text of the output is whole."
            )
            return False
        return True

    def _database(self) -> sqlite3.Connection:
        """Return the connection; a run without a table never loads sqlite3."""
        if self._connection is None:
            from webify.rows.database import create

            self._connection = create(self._path)
        return self._connection


def _parts(first: int, rows: Sequence[Row]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows in parts: the number of the first, and the text of each column."""
    step = _step(len(rows[0]))
    for at in range(0, len(rows), step):
        yield from _lighter(first + at, rows[at : at + step])


def _step(width: int) -> int:
    """Return how many rows lie together."""
    return max(1, min(PART, CELLS // max(width, 1)))


def _lighter(first: int, rows: Sequence[Row]) -> Iterator[tuple[int, list[str]]]:
    texts = [pack(cells) for cells in zip(*rows, strict=True)]
    half = len(rows) // 2
    if half and max(map(len, texts)) > HEAVY:
        yield from _lighter(first, rows[:half])
        yield from _lighter(first + half, rows[half:])
    else:
        yield first, texts


def _statements(
    number: int, rows: int, width: int, parts: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield what writes the parts, with the values that are bound."""
    from webify.rows.database import COLUMN

    put = f"INSERT OR REPLACE INTO t{number} VALUES (?, ?)"
    for first, texts in parts:
        for at, text in enumerate(texts):
            yield put, (at << COLUMN | first, text)
    yield "UPDATE tables SET rows = ?, width = ? WHERE number = ?", (rows, width, number)


def _as_text(value: object) -> object:
    """Return a value that can be written."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _fit(row: Row, width: int) -> Row:
    """Return as many cells as there are columns."""
    if len(row) == width:
        return row
    if len(row) < width:
        return [*row, *[""] * (width - len(row))]
    return [*row[: width - 1], " ".join(row[width - 1 :])]
