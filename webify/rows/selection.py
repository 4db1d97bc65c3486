"""Which rows a view shows, and in which order: found at once, or known from before."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from pathlib import Path

from webify.rows.kept import Kept, key_of
from webify.rows.orders import PATIENCE, Order, Progress, order_of
from webify.rows.search import matches, words_of
from webify.rows.sorting import sorted_rows
from webify.rows.source import Source
from webify.rows.view import View

SMALL = 20_000  # rows up to which nothing is kept, as it is found again in no time


@dataclass(frozen=True)
class Selection:
    """The rows that a view finds.

    total     rows that were looked at: of a table that grows, those that its order covers
    matched   how many of them fit
    rows      their numbers, or the key under which they are kept
    """

    total: int
    matched: int
    rows: Sequence[int] | str
    sorting: Progress | None = None

    def some(self, kept: Kept, skip: int, count: int) -> Sequence[int]:
        """Return the numbers of some of the rows."""
        if not isinstance(self.rows, str):
            return self.rows[skip : skip + count]
        return kept.rows(self.rows, skip, count) or ()

    def all(self, kept: Kept) -> Sequence[int]:
        """Return the numbers of all rows."""
        return self.some(kept, 0, self.matched)


def select(path: Path, source: Source, view: View, patience: float = PATIENCE) -> Selection:
    """Find the rows of a view that fits the table."""
    column = view.sorted_by
    if column is None and not view.narrowed:
        return Selection(source.total, source.total, range(source.total))
    if source.total <= SMALL:
        return _here(source, view)
    if column is None:
        return _narrowed(path, source, view, None)
    order = order_of(
        path, source.table, column, falling=view.falling, total=source.total, patience=patience
    )
    if order is None:
        return _here(source, view)
    if isinstance(order, Progress):
        found = _narrowed(path, source, view, None) if view.narrowed else None
        total = source.total
        if found is None:
            return Selection(total, total, range(total), order)
        return Selection(total, found.matched, found.rows, order)
    if view.narrowed:
        return _narrowed(path, source, view, order)
    return Selection(order.total, order.total, order.key)


def _here(source: Source, view: View) -> Selection:
    """Find and sort in this process."""
    rows: Sequence[int] = range(source.total)
    if view.sorted_by is not None:
        rows = sorted_rows(source, view.sorted_by)[view.falling]
    if view.narrowed:
        found = matches(source, view.q, view.filters)
        rows = _in_order(rows, found, source.total) if view.sort else found
    return Selection(source.total, len(rows), rows)


def _narrowed(path: Path, source: Source, view: View, order: Order | None) -> Selection:
    """Find the rows that match, or know them from before."""
    kept = Kept(path)
    total = order.total if order else source.total
    key = view_key(source, view, order.key if order else "")
    known = kept.found(key)
    if known is not None and known.total == total:
        return Selection(total, known.count, key)
    rows = matches(source, view.q, view.filters, total)
    if order is not None:
        rows = _in_order(kept.rows(order.key) or array("I"), rows, total)
    kept.keep(key, total, rows)
    return Selection(total, len(rows), rows)


def _in_order(order: Sequence[int], rows: Sequence[int], total: int) -> array[int]:
    """Return the rows as they stand in an order of all rows."""
    wanted = bytearray(total)
    for row in rows:
        wanted[row] = 1
    return array("I", compress(order, map(wanted.__getitem__, order)))


def view_key(source: Source, view: View, order: str) -> str:
    """Return the key of what a view finds."""
    columns = source.table.columns
    types = [(columns[at].type, columns[at].unit, columns[at].form) for at in _asked(view)]
    asked = [asdict(each) for each in view.filters], types
    return key_of("view", source.table.number, source.width, words_of(view.q), asked, order)


def _asked(view: View) -> list[int]:
    return [each.column for each in view.filters]
