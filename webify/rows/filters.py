"""Filters of a view: what the cells of a column have to be, as a person says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webify.model.block import Column
from webify.rows.keys import Key, number_of
from webify.rows.kinds import TEXTS, is_empty, reader_of, values
from webify.rows.moments import date_key

_EXAMPLES: Mapping[str, str] = {
    "integer": "a number, like 20",
    "number": "a number, like 20 or 2.5",
    "percent": "a percentage, like 20",
    "size": "a size, like 20 MB or 1.5 GiB",
    "duration": "a duration, like 90 s or 1 h 30 min",
    "date": "a date, like 2026-11-22",
    "time": "a time, like 09:30",
}
RANGES = frozenset(_EXAMPLES)
_PART_OF_DATE = re.compile(r"\d{4}(?:-\d\d)?", re.ASCII)
_LATE = "~"  # sorts behind all that goes on after a day

Test = Callable[[Sequence[str]], list[bool]]


@dataclass(frozen=True)
class Filter:
    """What is wanted of one column; rows have to fit every filter of a view.

    column        its number, counted from 0
    least, most   as typed: a number, with a unit for sizes and durations, a date, or ""
    values        cells that are wanted, as shown; "" is the choice "Empty"; with a range: or these
    words         words that must each be in the cell, in any case
    """

    column: int
    least: str = ""
    most: str = ""
    values: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Fault:
    """A bound that cannot be read; the view is made without it.

    field      "least" or "most"
    sentence   what was wrong and what would be right
    """

    column: int
    field: str
    sentence: str


def faults(filters: Sequence[Filter], columns: Sequence[Column]) -> tuple[Fault, ...]:
    """Return what cannot be read of some filters."""
    found = []
    for each in filters:
        if not 0 <= each.column < len(columns):
            continue
        column = columns[each.column]
        for field, text in (("least", each.least), ("most", each.most)):
            if column.type in RANGES and text.strip() and _bound(text, column) is None:
                wanted = _EXAMPLES[column.type]
                said = f"Enter {wanted}. You entered “{text.strip()[:40]}”."
                found.append(Fault(each.column, field, said))
    return tuple(found)


def tests(filters: Sequence[Filter], columns: Sequence[Column]) -> list[tuple[int, Test]]:
    """Return what tells of the cells of a column whether they fit; what cannot be read is none."""
    found: list[tuple[int, Test]] = []
    for each in filters:
        if 0 <= each.column < len(columns):
            column = columns[each.column]
            least, most = _bound(each.least, column), _bound(each.most, column)
            wanted = [_among(frozenset(each.values), column)] if each.values else []
            if least is not None or most is not None:
                wanted.append(_between(least, most, column))
            if wanted:
                found.append((each.column, _either(wanted)))
            if each.words.strip():
                found.append((each.column, _holding(each.words.casefold().split())))
    return found


def _among(wanted: frozenset[str], column: Column) -> Test:
    def test(cells: Sequence[str]) -> list[bool]:
        known = {
            cell: cell in wanted or ("" in wanted and is_empty(cell, column)) for cell in set(cells)
        }
        return list(map(known.__getitem__, cells))

    return test


def _either(wanted: Sequence[Test]) -> Test:
    """Return what finds cells of a range and values that were chosen beside it, as "Empty"."""
    if len(wanted) == 1:
        return wanted[0]
    return lambda cells: [any(fits) for fits in zip(*(test(cells) for test in wanted), strict=True)]


def _holding(words: Sequence[str]) -> Test:
    return lambda cells: [all(word in cell for word in words) for cell in map(str.casefold, cells)]


def _between(least: Key | None, most: Key | None, column: Column) -> Test:
    read = reader_of(column)
    if isinstance(most, str) and column.type == "date" and "T" not in most:
        most += _LATE

    low: Any = least
    high: Any = most

    def fits(key: Any) -> bool:
        return key is not None and (low is None or low <= key) and (high is None or key <= high)

    def test(cells: Sequence[str]) -> list[bool]:
        keys: list[Any] = values(cells, column, read)
        if low is None or high is None or None in keys:
            return list(map(fits, keys))
        return [low <= key <= high for key in keys]

    return test


def _bound(text: str, column: Column) -> Key | None:
    """Return a bound as the cells of a column are ordered, None where there is none."""
    text = text.strip()
    if not text or len(text) > 300 or column.type in TEXTS or column.type not in RANGES:
        return None
    found = reader_of(column)(text)
    if found is None and column.type == "date":
        return text if _PART_OF_DATE.fullmatch(text) else date_key(text)
    if found is None and column.form:
        return number_of(text)
    return found
