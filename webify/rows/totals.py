"""What stands in the foot under each column: sums of what the view finds."""

from __future__ import annotations

import json
import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from webify.model.block import Column
from webify.rows.kept import Kept, key_of
from webify.rows.kinds import DECIMAL_COMMA, values
from webify.rows.selection import SMALL, Selection, view_key
from webify.rows.source import Source, cells_of
from webify.rows.units import SECONDS, SIZES, duration_words, size_words
from webify.rows.view import View

SUMMED = frozenset(("integer", "number", "size", "duration", "yes/no"))
_LARGEST = 1e200  # figures that can be added up
_FIGURES = frozenset((int, float))
_LOOKED = 50  # cells of a part in which decimals are looked for
# Figures that name something: their sum says nothing.
_NAMES = re.compile(
    r"(?:.*[\s_-])?(?:#|id|ids|no|nr|num|number|line|row|pid|ppid|uid|gid|port|year|month|day|code|zip"
    r"|inode|index|idx|key|version|rank|position|pos|lat|lon|latitude|longitude|rate|ratio|average"
    r"|avg|mean|median|min|max|temperature|temp|x|y)\Z|.*ID\Z",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"[.,](\d{1,9})(?!\d)")


@dataclass
class Sum:
    """The sum of a column so far."""

    value: int | float = 0
    count: int = 0
    places: int = 0
    binary: bool = False


def totals(path: Path, source: Source, view: View, found: Selection) -> tuple[str, ...]:
    """Return the words for the foot, "" where a column has none."""
    columns = source.table.columns
    wanted = [at for at, column in enumerate(columns) if summed(column)]
    if found.matched < 2 or not wanted:
        return ("",) * len(columns)
    if source.total <= SMALL:
        rows = sorted(found.all(Kept(path))) if view.narrowed else None
        sums = _sums(source, wanted, found, rows)
    else:
        sums = _known(path, source, view, found, wanted)
    words = {at: words_of_sum(each, columns[at]) for at, each in zip(wanted, sums, strict=True)}
    return tuple(words.get(at, "") for at in range(len(columns)))


def summed(column: Column) -> bool:
    """Say whether a sum of the column says anything."""
    return column.type in SUMMED and not _NAMES.match(column.name.strip())


def _known(
    path: Path, source: Source, view: View, found: Selection, wanted: Sequence[int]
) -> list[Sum]:
    """Return sums that are known from before, or keep them."""
    kept = Kept(path)
    narrowed = view.narrowed and found.matched < found.total
    asked = view if narrowed else View()
    types = [(each.type, each.unit, each.form) for each in source.table.columns]
    key = key_of("totals", wanted, types, view_key(source, asked, ""))
    start, said = kept.last_fact(key) or (0, "")
    sums = [Sum(*each) for each in json.loads(said)] if said else None
    if sums and start == found.total:
        return sums
    rows = None
    if narrowed:
        rows = rising(found.all(kept), found.total) if view.sort else found.all(kept)
    if narrowed or start > found.total:
        start, sums = 0, None
    sums = _sums(source, wanted, found, rows, sums, start)  # a table that grows is added to
    lines = [(each.value, each.count, each.places, each.binary) for each in sums]
    kept.note(key, found.total, json.dumps(lines))
    return sums


def rising(rows: Sequence[int], total: int) -> array[int]:
    """Return the same rows in the order of the output; sorted() would take much memory."""
    wanted = bytearray(total)
    for row in rows:
        wanted[row] = 1
    return array("I", compress(range(total), wanted))


def _sums(
    source: Source,
    wanted: Sequence[int],
    found: Selection,
    rows: Sequence[int] | None,
    known: list[Sum] | None = None,
    start: int = 0,
) -> list[Sum]:
    """Return the sums of some columns; `known` are those of the rows before `start`."""
    columns = [source.table.columns[at] for at in wanted]
    sums = known or [Sum() for _ in wanted]
    for some in chosen(source, wanted, found.total, rows, start):
        for each, column, cells in zip(sums, columns, some, strict=True):
            _add(each, column, cells)
    return sums


def chosen(
    source: Source, wanted: Sequence[int], total: int, rows: Sequence[int] | None, start: int = 0
) -> Iterator[list[list[str]]]:
    """Yield the cells of some columns in rows of rising numbers, or in all, part by part.

    start   the first row, where all are wanted
    """
    if rows is None:
        for _, columns in source.columns(wanted, total, start):
            yield columns
        return
    at = 0
    for part in source.parts(wanted, total):
        end = bisect_left(rows, part.first + part.count, at, min(at + part.count, len(rows)))
        if end > at:
            columns = [cells_of(text, part.count) for text in part.texts]
            if end - at < part.count:
                places = [row - part.first for row in rows[at:end]]
                columns = [list(map(cells.__getitem__, places)) for cells in columns]
            yield columns
        at = end


def _add(sum_: Sum, column: Column, cells: Sequence[str]) -> None:
    found = _numbers(values(cells, column))
    if found and not -_LARGEST < min(found) <= max(found) < _LARGEST:
        sum_.value = math.inf
    else:
        sum_.value += sum(found)
    sum_.count += len(found)
    for cell in cells[:_LOOKED]:
        if column.type == "number" and (decimals := _DECIMALS.search(cell[:40])):
            sum_.places = max(sum_.places, len(decimals[1]))
        if column.type == "size" and not sum_.binary and cell.rstrip():
            sum_.binary = cell.rstrip()[-1] in "KMGTPi" or cell.rstrip()[-2:] == "iB"


def _numbers(known: Sequence[Any]) -> Sequence[int | float]:
    """Return the numbers among what cells say."""
    if _FIGURES.issuperset(map(type, known)):
        return known
    return [each for each in known if isinstance(each, (int, float))]


def words_of_sum(sum_: Sum, column: Column) -> str:
    """Return a sum as it stands in the foot."""
    if not sum_.count or sum_.value == math.inf:
        return ""
    value = sum_.value
    if column.type == "yes/no":
        return f"{value:,.0f} yes"
    if column.type == "size":
        factor = SIZES.get(column.unit.lower(), 0)
        return f"{value / factor:,.4g}" if factor > 1 else size_words(value, binary=sum_.binary)
    if column.type == "duration":
        factor = SECONDS.get(column.unit, 0) if column.unit else 0
        return f"{value / factor:,.4g}" if factor else duration_words(value)
    if isinstance(value, int) and not sum_.places:
        return f"{value:,}"
    text = f"{value:,.{sum_.places}f}"
    return text.translate(str.maketrans(",.", ".,")) if column.form == DECIMAL_COMMA else text
