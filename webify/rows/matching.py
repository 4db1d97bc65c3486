"""Two tables side by side: which columns are the same, and which of them could be the key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from webify.model.block import FIGURES, Column, Table
from webify.rows.keys import BLANKS
from webify.rows.source import opened

LOOKED_AT = 5_000  # rows of each table that the guess looks at
LOOKED_AT_CELLS = 200_000  # cells of each: a wide table is looked at in fewer rows
REPEATED = 1_000  # a key may repeat in one row of so many
TRIED = 4  # guesses that are tried on all rows before rows are matched as a whole
JOINED = 8  # columns from the left that are tried two by two
WHOLE: tuple[int, ...] = ()  # the key that is the whole row
_WORDS = r"(?:^|[^a-z])(?:{})(?:$|[^a-z])"
_ID = re.compile(_WORDS.format("id|code|key|sku|ref|reference|isbn|ean|uuid|guid|pid"))
_WHOLE_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,?\d{3})*", re.ASCII)
_TEXTS = ("text", "path", "url")


@dataclass(frozen=True)
class Side:
    """One of the two tables, and the file that holds its rows."""

    path: Path
    table: Table


@dataclass(frozen=True)
class Match:
    """A column as both tables have it; the number in each, None where it is not there."""

    column: Column
    old: int | None
    new: int | None

    @property
    def shared(self) -> bool:
        """Say whether both tables have it."""
        return self.old is not None and self.new is not None

    @property
    def name(self) -> str:
        """Return its name, "Column 3" where it has none."""
        at = self.new if self.new is not None else self.old
        return self.column.name or f"Column {(at or 0) + 1}"


def matches(old: Table, new: Table) -> tuple[Match, ...]:
    """Return the columns of both by name: those of the new table, then what only the old has.

    A name that stands twice is matched in order.
    """
    before = {_numbered: at for at, _numbered in enumerate(_occurrences(old.columns))}
    found = [
        Match(column, before.pop(name, None), at)
        for at, (column, name) in enumerate(
            zip(new.columns, _occurrences(new.columns), strict=True)
        )
    ]
    return (*found, *(Match(old.columns[at], at, None) for at in sorted(before.values())))


def guesses(old: Side, new: Side, both: Sequence[Match]) -> list[tuple[int, ...]]:
    """Return keys that tell the rows apart, the best first; the last one is the whole row."""
    samples = [_sample(side) for side in (old, new)]
    shared = [at for at, match in enumerate(both) if match.shared]
    cells = {at: _cells(samples, both[at]) for at in shared}
    ranked = []
    for at in shared:
        rank = _rank(both[at].column, cells[at])
        if rank is not None and all(map(_tells_apart, cells[at])):
            ranked.append((_strangers(cells[at]), rank, at))
    found: list[tuple[int, ...]] = [(at,) for _, _, at in sorted(ranked)]
    return [*(found or _joined(shared, both, cells))[:TRIED], WHOLE]


def few(repeated: int, rows: int) -> bool:
    """Say whether so few rows repeat a key that it still tells rows apart."""
    return repeated * REPEATED <= rows


def _occurrences(columns: Sequence[Column]) -> Iterator[tuple[str, int]]:
    """Yield each name with how often it has stood before."""
    seen: Counter[str] = Counter()
    for column in columns:
        yield column.name, seen[column.name]
        seen[column.name] += 1


def _sample(side: Side) -> tuple[tuple[str, ...], ...]:
    most = min(LOOKED_AT, max(1, LOOKED_AT_CELLS // max(1, len(side.table.columns))))
    with opened(side.path, side.table) as source:
        return source.rows(range(min(most, source.total)))


def _cells(samples: Sequence[Sequence[Sequence[str]]], match: Match) -> list[list[str]]:
    places = (match.old or 0, match.new or 0)
    return [[row[at] for row in sample] for sample, at in zip(samples, places, strict=True)]


def _tells_apart(cells: Sequence[object]) -> bool:
    """Say whether all cells are filled, and nearly all different."""
    return _different(cells) and not BLANKS.intersection(cells)


def _different(cells: Sequence[object]) -> bool:
    return few(len(cells) - len(set(cells)), len(cells))


def _strangers(cells: Sequence[Sequence[object]]) -> bool:
    """Say whether the two tables have nothing in common here, as with numbers that are drawn."""
    old, new = map(set, cells)
    return bool(old and new) and not old & new


def _rank(column: Column, cells: Sequence[Sequence[str]]) -> int | None:
    """Return how good a key the kind of a column makes, 0 the best; None for none."""
    named = bool(_ID.search(column.name.casefold()))
    if column.type == "code" or (named and column.type not in ("date", "time")):
        return 0
    if column.type in _TEXTS:
        return 1
    if column.type in ("date", "time"):
        return 2
    if column.type not in FIGURES or not _whole(cells):
        return None
    return 4 if all(map(_counts, cells)) else 3


def _whole(cells: Sequence[Sequence[str]]) -> bool:
    return all(_WHOLE_NUMBER.fullmatch(cell) for side in cells for cell in side)


def _counts(cells: Sequence[str]) -> bool:
    """Say whether a column only numbers the rows."""
    return list(cells) in [[str(at) for at in range(n, n + len(cells))] for n in (0, 1)]


def _joined(
    shared: Sequence[int], both: Sequence[Match], cells: dict[int, list[list[str]]]
) -> list[tuple[int, ...]]:
    """Return two columns that tell rows apart together."""
    texts = [at for at in shared if both[at].column.type not in FIGURES][:JOINED]
    found: list[tuple[int, ...]] = []
    for one, other in combinations(texts, 2):
        sides = [list(zip(*two, strict=True)) for two in zip(cells[one], cells[other], strict=True)]
        if all(map(_different, sides)) and not _strangers(sides):
            found.append((one, other))
    return found
