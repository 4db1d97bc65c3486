"""One page of a table: sorted, searched and counted in the run's SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from webify.errors import TableUnknown
from webify.model.block import Column, Table
from webify.rows.database import read
from webify.rows.index import make_index
from webify.rows.query import Query

SIZES = (25, 50, 100, 500)
SIZE = 50


@dataclass(frozen=True)
class View:
    """What a person wants to see of a table.

    q      words that must each be in some cell of a row, in any case
    sort   the number of a column, counted from 0, with "-" before it for falling order; "" is
           the order of the output
    """

    q: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZE


@dataclass(frozen=True)
class Page:
    """The rows of one page, and where they stand.

    total           rows of the table; matched: those that fit the search
    first, last     numbers of the first and last row shown, 0 and 0 where there are none
    sort            as in the view, "" where it named no column
    falling         largest first
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    matched: int
    first: int
    last: int
    page: int
    pages: int
    size: int
    q: str = ""
    sort: str = ""

    @property
    def sorted_by(self) -> int | None:
        """Return the number of the column that rows are sorted by."""
        return int(self.sort.lstrip("-")) if self.sort else None

    @property
    def falling(self) -> bool:
        """Say whether the largest comes first."""
        return self.sort.startswith("-")

    @property
    def words(self) -> str:
        """Return what a person reads: "Rows 1–25 of 96 (filtered from 402)"."""
        if not self.total:
            return "No rows"
        if not self.matched:
            return f"No row of {self.total:,} matches"
        of = f"Rows {self.first:,}–{self.last:,} of {self.matched:,}"
        return f"{of} (filtered from {self.total:,})" if self.matched < self.total else of


def read_page(path: Path, table: Table, view: View) -> Page:
    """Return the page that the view asks for; a page past the end is the last one."""
    query = Query(table, view.q, view.sort)
    if query.sort:
        make_index(path, table, query)
    size = view.size if view.size in SIZES else SIZE
    try:
        with closing(read(path)) as database:
            query.prepare(database)
            database.execute("BEGIN")
            total = query.total(database)
            ids, matched, page = _ids(database, query, total, view.page, size)
            rows = query.rows(database, ids)
    except sqlite3.Error as error:
        raise TableUnknown(f"The rows of table {table.number} are not there") from error
    first = (page - 1) * size + 1 if rows else 0
    pages = max(1, -(-matched // size))
    last = first + len(rows) - 1 if rows else 0
    return Page(
        table.columns, rows, total, matched, first, last, page, pages, size, view.q, query.sort
    )


def walk(path: Path, table: Table, view: View) -> Iterator[tuple[str, ...]]:
    """Yield all rows of a view, whatever its page; a few at a time are in memory."""
    query = Query(table, view.q, view.sort)
    try:
        with closing(read(path)) as database:
            query.prepare(database)
            cursor = database.execute(*query.all_rows())
            while some := cursor.fetchmany(1000):
                for row in some:
                    yield tuple(cell or "" for cell in row)
    except sqlite3.Error as error:
        raise TableUnknown(f"The rows of table {table.number} are not there") from error


def _ids(
    database: sqlite3.Connection, query: Query, total: int, page: int, size: int
) -> tuple[list[int], int, int]:
    """Return the ids of the rows of a page, how many rows match, and the page it is."""
    if query.filtered:
        found = query.matches(database)
        page = _inside(page, len(found), size)
        return list(found[(page - 1) * size : page * size]), len(found), page
    page = _inside(page, total, size)
    skip = (page - 1) * size
    if not query.sort:
        return list(range(skip + 1, min(skip + size, total) + 1)), total, page
    return query.sorted_ids(database, size, skip), total, page


def _inside(page: int, count: int, size: int) -> int:
    return max(1, min(page, -(-count // size)))
