"""What a person wants to see of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from webify.model.block import Table
from webify.rows.filters import Filter
from webify.rows.search import words_of

SIZES = (25, 50, 100, 500)
SIZE = 50
_SORT = re.compile(r"-?\d{1,4}\Z", re.ASCII)


class Ordered:
    """What has an order: `sort` is the number of a column, "-" before it for falling, or ""."""

    sort: str

    @property
    def sorted_by(self) -> int | None:
        """Return the number of the column that rows are sorted by."""
        return int(self.sort.lstrip("-")) if self.sort else None

    @property
    def falling(self) -> bool:
        """Say whether the largest comes first."""
        return self.sort.startswith("-")


@dataclass(frozen=True)
class View(Ordered):
    """What a person wants to see of a table.

    q        words that must each be in some cell of a row, in any case
    sort     the number of a column, counted from 0, with "-" before it for falling order; "" is
             the order of the output
    filters  what rows have to fit, all of them
    """

    q: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZE
    filters: tuple[Filter, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Say whether rows may be left out."""
        return bool(words_of(self.q) or self.filters)


def cleaned(view: View, table: Table) -> View:
    """Return the view without what the table cannot show: a sort that names no column is none."""
    width = len(table.columns)
    fits = _SORT.match(view.sort) and int(view.sort.lstrip("-")) < width
    kept = tuple(
        each
        for each in view.filters
        if 0 <= each.column < width
        and (each.values or each.least.strip() or each.most.strip() or each.words.strip())
    )
    size = view.size if view.size in SIZES else SIZE
    return replace(view, sort=view.sort if fits else "", size=size, filters=kept)
