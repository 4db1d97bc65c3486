"""One page of a table: sorted, searched and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from webify.model.block import Column, Table
from webify.rows.batches import batches
from webify.rows.filters import Fault, Filter, faults
from webify.rows.kept import Kept
from webify.rows.orders import PATIENCE, Progress
from webify.rows.selection import select
from webify.rows.source import opened
from webify.rows.totals import totals
from webify.rows.view import SIZE, SIZES, Ordered, View, cleaned

__all__ = ["SIZE", "SIZES", "Page", "Progress", "View", "read_page", "walk"]

LONGEST = 10_000  # characters of a cell on a page


@dataclass(frozen=True)
class Page(Ordered):
    """The rows of one page, and where they stand.

    total           rows of the table; matched: those that fit the search and the filters
    first, last     numbers of the first and last row shown, 0 and 0 where there are none
    sort            as in the view, "" where it named no column
    totals          what stands in the foot under each column, "" for nothing
    faults          bounds of filters that could not be read
    sorting         the order is not ready: rows are in the order of the output; ask again soon
    fresh           rows that have come since the order was made; they are in none of the counts
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
    filters: tuple[Filter, ...] = ()
    totals: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    sorting: Progress | None = None
    fresh: int = 0

    @property
    def words(self) -> str:
        """Return what a person reads: "Rows 1–25 of 96 (filtered from 402)"."""
        if not self.total:
            return "No rows"
        if not self.matched:
            return f"No row of {self.total:,} matches"
        of = f"Rows {self.first:,}–{self.last:,} of {self.matched:,}"
        return f"{of} (filtered from {self.total:,})" if self.matched < self.total else of


def read_page(path: Path, table: Table, view: View, patience: float = PATIENCE) -> Page:
    """Return the page that the view asks for; a page past the end is the last one.

    A large table is sorted by a process of its own: after `patience` seconds the page comes
    without the order and says so.  Raises TableUnknown.
    """
    view = cleaned(view, table)
    with opened(path, table) as source:
        found = select(path, source, view, patience)
        pages = max(1, -(-found.matched // view.size))
        page = max(1, min(view.page, pages))
        ids = found.some(Kept(path), (page - 1) * view.size, view.size)
        rows = tuple(tuple(map(shortened, row)) for row in source.rows(ids))
        feet = totals(path, source, view, found)
    first = (page - 1) * view.size + 1 if rows else 0
    last = first + len(rows) - 1 if rows else 0
    return Page(
        *(table.columns, rows, found.total, found.matched, first, last, page, pages, view.size),
        *(view.q, view.sort, view.filters, feet, faults(view.filters, table.columns)),
        *(found.sorting, source.total - found.total),
    )


def shortened(cell: str) -> str:
    """Return a cell that a page can hold; files hold all of it."""
    return cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"


def walk(path: Path, table: Table, view: View) -> Iterator[tuple[str, ...]]:
    """Yield all rows of a view, whatever its page; a few at a time are in memory."""
    for columns in batches(path, table, view):
        yield from zip(*columns, strict=True)
