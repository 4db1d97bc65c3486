"""What a column offers to be filtered by: a list of its values, a range, or a search."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from webify.model.block import Column, Table
from webify.rows.filters import RANGES
from webify.rows.kept import Kept, key_of
from webify.rows.kinds import Reader, is_empty, reader_of, values
from webify.rows.selection import SMALL, select, view_key
from webify.rows.source import opened
from webify.rows.totals import chosen
from webify.rows.view import View, cleaned

LIST, RANGE, SEARCH = "list", "range", "search"
MOST_VALUES = 12
_LONGEST = 200  # characters of a value that can be chosen


@dataclass(frozen=True)
class Facet:
    """How a column can be filtered.

    kind          LIST: its values with their counts; RANGE: from least to most; SEARCH: by words
    values        (cell as shown, how often), the most frequent first, "" left out;
                  () where there are more than MOST_VALUES
    least, most   the smallest and largest cell, as shown, of a range
    empty         how many cells are empty
    """

    kind: str
    values: tuple[tuple[str, int], ...] = ()
    least: str = ""
    most: str = ""
    empty: int = 0


def facet(path: Path, table: Table, view: View, column: int) -> Facet:
    """Return what a column offers among the rows that the other parts of the view find.

    Raises TableUnknown.
    """
    others = tuple(each for each in view.filters if each.column != column)
    view = cleaned(replace(view, sort="", filters=others), table)
    of = table.columns[column]
    with opened(path, table) as source:
        kept = Kept(path)
        key = key_of("facet", column, of.type, of.unit, of.form, view_key(source, view, ""))
        large = source.total > SMALL
        said = kept.fact(key, source.total) if large else None
        if said is not None:
            known = json.loads(said)
            return Facet(**{**known, "values": tuple(map(tuple, known["values"]))})
        found = select(path, source, view)
        rows = found.all(kept) if view.narrowed else None
        seen = _Seen(of)
        for (cells,) in chosen(source, [column], found.total, rows):
            seen.take(cells)
        if large:
            kept.note(key, source.total, json.dumps(asdict(seen.facet())))
        return seen.facet()


class _Seen:
    """What was seen of a column."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._read: Reader = reader_of(column)
        self._ranged = column.type in RANGES
        self._counts: Counter[str] | None = Counter()
        self._least: tuple[Any, str] | None = None
        self._most: tuple[Any, str] | None = None
        self._empty = 0

    def take(self, cells: list[str]) -> None:
        """Look at more cells."""
        different = set(cells)
        nothing = {cell for cell in different if is_empty(cell, self._column)}
        if nothing:
            self._empty += sum(map(nothing.__contains__, cells))
        if self._counts is not None:
            self._counts.update(cells)
            for cell in nothing:
                del self._counts[cell]
            if len(self._counts) > MOST_VALUES or any(len(cell) > _LONGEST for cell in different):
                self._counts = None
        if self._ranged:
            self._span([*different])

    def _span(self, cells: list[str]) -> None:
        found: list[Any] = values(cells, self._column, self._read)
        known = [key for key in found if key is not None]
        if known:
            low, high = min(known), max(known)
            least, most = (low, cells[found.index(low)]), (high, cells[found.index(high)])
            self._least = least if self._least is None else min(self._least, least)
            self._most = most if self._most is None else max(self._most, most)

    def facet(self) -> Facet:
        """Return what the column offers."""
        counts = tuple((self._counts or Counter()).most_common())
        if self._ranged:
            least = self._least[1] if self._least else ""
            most = self._most[1] if self._most else ""
            return Facet(RANGE, counts, least, most, self._empty)
        kind = SEARCH if self._counts is None else LIST
        return Facet(kind, counts, empty=self._empty)
