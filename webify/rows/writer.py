"""Write the rows of a run's tables into its SQLite file, in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from webify.model.block import Table
from webify.rows.evidence import Evidence

if TYPE_CHECKING:
    import sqlite3

FIRST = 50  # rows that are kept at once
BATCH = 10_000  # rows that wait at most
WAIT = 0.2  # seconds that a row waits at most


@dataclass
class _Open:
    """A table that is being written."""

    columns: tuple[str, ...]
    rows: int = 0  # kept in the file
    waiting: list[Sequence[str]] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)


class Writer:
    """The tables of one run.  The file is made with the first table."""

    def __init__(self, path: Path) -> None:
        """Write into this file."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._tables: dict[int, _Open] = {}
        self._due = 0.0
        self.first = 1  # the number of the first table

    def create(self, columns: Sequence[str]) -> int:
        """Begin a table; return its number."""
        number = self.first + len(self._tables)
        self.flush()
        self._tables[number] = _Open(tuple(columns))
        with self._database() as database:
            _make(database, number, len(columns))
        return number

    def add(self, number: int, rows: Iterable[Sequence[str]]) -> None:
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
        with self._database() as database:
            for at in range(len(table.columns), len(columns)):
                database.execute(f"ALTER TABLE t{number} ADD COLUMN c{at} TEXT")
                database.execute(f"ALTER TABLE k{number} ADD COLUMN k{at}")
        table.columns = tuple(columns)

    def table(self, number: int) -> Table:
        """Return the table with the types that its cells give evidence of so far."""
        table = self._tables[number]
        kept = table.evidence.columns(table.columns)
        return Table(number, kept, table.rows + len(table.waiting))

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
        """Keep all rows, say that the tables are whole, and let the file go."""
        if self._connection is None:
            return
        self.flush()
        with self._connection as database:
            database.execute("INSERT INTO whole VALUES (1)")
        self._connection.close()
        self._connection = None

    def _keep(self, number: int, table: _Open) -> None:
        if not table.waiting:
            return
        rows, table.waiting = table.waiting, []
        width = len(table.columns)
        cells = list(zip(*(_fit(row, width) for row in rows), strict=True))
        keys = table.evidence.take(cells)
        marks = ",".join("?" * width)
        with self._database() as database:
            for name, columns in (("t", cells), ("k", keys)):
                text = f"INSERT INTO {name}{number} VALUES ({marks})"
                try:
                    database.executemany(text, zip(*columns, strict=True))
                except UnicodeEncodeError:  # JSON can spell letters that are no text
                    database.execute(f"DELETE FROM {name}{number} WHERE rowid > ?", (table.rows,))
                    database.executemany(text, map(_as_text, zip(*columns, strict=True)))
        table.rows += len(rows)

    def _database(self) -> sqlite3.Connection:
        """Return the connection; a run without a table never loads sqlite3."""
        if self._connection is None:
            from webify.rows.database import create

            self._connection = create(self._path)
        return self._connection


def _make(database: sqlite3.Connection, number: int, width: int) -> None:
    """Make the table of the tool's words and the table of their sort keys."""
    words = ",".join(f"c{at} TEXT" for at in range(width))
    keys = ",".join(f"k{at}" for at in range(width))
    database.execute(f"CREATE TABLE t{number} ({words})")
    database.execute(f"CREATE TABLE k{number} ({keys})")


def _as_text(row: Sequence[object]) -> tuple[object, ...]:
    """Return a row whose cells can all be written."""
    return tuple(
        cell.encode(errors="replace").decode() if isinstance(cell, str) else cell for cell in row
    )


def _fit(row: Sequence[str], width: int) -> Sequence[str]:
    """Return as many cells as there are columns."""
    if len(row) == width:
        return row
    if len(row) < width:
        return [*row, *[""] * (width - len(row))]
    return [*row[: width - 1], " ".join(row[width - 1 :])]
