"""Put the rows of a table in the order of one column."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from webify.model.block import Column
from webify.rows.keys import Key, natural
from webify.rows.kinds import is_empty, reader_of, values
from webify.rows.source import Source

_READ = 0.6  # share of the time that reading the cells takes
_DIFFERENT = 0.3  # with so many cells of their own, rows are not gathered under their cells
_BEGUN = 100_000  # rows after which that is decided

Orders = tuple["array[int]", "array[int]"]
Tell = Callable[[float], None]


def sorted_rows(source: Source, number: int, tell: Tell | None = None) -> Orders:
    """Return the numbers of all rows, rising and falling.

    Rows with equal cells stay in the order of the output both ways.  Figures come first, then
    cells that are not of the column's type, and empty ones last, both ways.
    """
    tell = tell or (lambda _: None)
    column = source.table.columns[number]
    return _gathered(source, number, column, tell) or _one_by_one(source, number, column, tell)


def _cells(source: Source, number: int, tell: Tell) -> Iterator[tuple[int, list[str]]]:
    for at, (first, (cells,)) in enumerate(source.columns([number])):
        if at % 100 == 0:
            tell(_READ * first / max(source.total, 1))
        yield first, cells


def _gathered(source: Source, number: int, column: Column, tell: Tell) -> Orders | None:
    """Sort the different cells only; None where most rows have a cell of their own."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for first, cells in _cells(source, number, tell):
        for row, cell in enumerate(cells, start=first):
            rows[cell].append(row)
        if first > _BEGUN and len(rows) > _DIFFERENT * first:
            return None
    read = reader_of(column)
    known: dict[Key, list[list[int]]] = {}
    odd: dict[Key, list[list[int]]] = {}
    empty: list[list[int]] = []
    for cell, some in rows.items():
        text = cell.strip()
        key = read(text)
        if is_empty(cell, column):
            empty.append(some)
        elif key is not None:
            known.setdefault(key, []).append(some)
        else:
            odd.setdefault(natural(text), []).append(some)
    parts = [sorted(each, key=_as_it_is) for each in (known, odd)]
    up, down = [], []
    for group, part in zip((known, odd), parts, strict=True):
        up += [_merged(group[key]) for key in part]
        down += [_merged(group[key]) for key in reversed(part)]
    last = _merged(empty)
    tell(1.0)
    return (
        array("I", chain(chain.from_iterable(up), last)),
        array("I", chain(chain.from_iterable(down), last)),
    )


def _as_it_is(key: Key) -> Any:
    """Return a key to compare by: all of one column are figures, or all are text."""
    return key


def _merged(groups: Sequence[list[int]]) -> list[int]:
    return groups[0] if len(groups) == 1 else sorted(chain.from_iterable(groups))


def _one_by_one(source: Source, number: int, column: Column, tell: Tell) -> Orders:
    """Sort the rows themselves."""
    read = reader_of(column)
    keys: list[Key | None] = []
    odd: dict[int, str] = {}
    empty: list[int] = []
    for first, cells in _cells(source, number, tell):
        some = values(cells, column, read)
        keys += some
        if None in some:
            for row, (key, cell) in enumerate(zip(some, cells, strict=True), start=first):
                if key is None and is_empty(cell, column):
                    empty.append(row)
                elif key is None:
                    odd[row] = natural(cell.strip())
    tell(_READ)
    rows = [row for row, key in enumerate(keys) if key is not None]
    rising, falling = _both_ways(rows, keys.__getitem__)
    odd_rising, odd_falling = _both_ways(list(odd), odd.__getitem__)
    tell(1.0)
    return array("I", rising + odd_rising + empty), array("I", falling + odd_falling + empty)


def _both_ways(rows: list[int], key: Callable[[int], Any]) -> tuple[list[int], list[int]]:
    rising = sorted(rows, key=key)
    return rising, sorted(rising, key=key, reverse=True)
