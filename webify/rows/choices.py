"""The columns of a table whose few values are worth a choice of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from webify.model.block import Table
from webify.rows.facets import MOST_VALUES
from webify.rows.kinds import is_empty
from webify.rows.source import opened

LOOKED_AT = 20_000  # rows from the beginning
LONGEST = 40  # characters of a value: it has to fit into a box beside others
BLANKS = 0.1  # of the rows, at most
REPEATED = 2  # times that each value comes, on average


def choices(path: Path, table: Table, columns: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the values of those columns that have a few, each of them often.

    Raises TableUnknown.
    """
    counts: dict[int, Counter[str]] = {at: Counter() for at in columns}
    looked = 0
    with opened(path, table) as source:
        for _, cells in source.columns(columns, LOOKED_AT):
            looked += len(cells[0]) if cells else 0
            for at, column in zip(columns, cells, strict=True):
                if at in counts:
                    counts[at].update(column)
                    if len(counts[at]) > MOST_VALUES + 1:
                        del counts[at]
            if not counts:
                break
    found = {at: _values(count, table, at, looked) for at, count in counts.items()}
    return {at: values for at, values in found.items() if values}


def _values(count: Counter[str], table: Table, column: int, rows: int) -> tuple[str, ...]:
    filled = [value for value in count if not is_empty(value, table.columns[column])]
    blank = rows - sum(count[value] for value in filled)
    fits = 2 <= len(filled) <= MOST_VALUES and blank <= rows * BLANKS
    if not fits or len(filled) * REPEATED > rows or max(map(len, filled)) > LONGEST:
        return ()
    return tuple(sorted(filled, key=str.casefold))
