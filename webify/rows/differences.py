"""Read what a comparison found: a page of differences, or all of them one after the other."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from webify.errors import TableUnknown
from webify.model.block import FIGURES, Column
from webify.rows.compare import ADDED, CHANGED, GONE, Result
from webify.rows.database import read
from webify.rows.export import BYTE_ORDER_MARK, guarded
from webify.rows.keys import number_of
from webify.rows.matching import Match, Side, matches
from webify.rows.source import opened

KINDS = {"added": ADDED, "gone": GONE, "changed": CHANGED}
WORDS = {ADDED: "Added", GONE: "Gone", CHANGED: "Changed"}
SIZE = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Cell:
    """A cell of both tables: what stood there and what stands there now.

    old, new   None where the row, or the column, is not there
    change     "+3" where both are figures
    """

    old: str | None
    new: str | None
    changed: bool = False
    change: str = ""

    @property
    def text(self) -> str:
        """Return what stands there now, or what stood there last."""
        return self.new if self.new is not None else self.old or ""


@dataclass(frozen=True)
class Difference:
    """A row that differs, with a cell for each column of both tables."""

    kind: int
    cells: tuple[Cell, ...]

    @property
    def word(self) -> str:
        """Return "Added", "Gone" or "Changed"."""
        return WORDS[self.kind]


def read_result(path: Path) -> Result | None:
    """Return what was found, or None where there is no such file, or only half of one."""
    if not path.exists():
        return None
    try:
        with closing(read(path)) as database:
            found = json.loads(database.execute("SELECT json FROM about").fetchone()[0])
        return Result(**{**found, "key": tuple(found["key"]), "doubled": tuple(found["doubled"])})
    except (sqlite3.Error, TypeError, ValueError, KeyError):
        return None


def differences(
    path: Path, old: Side, new: Side, kind: str = "", skip: int = 0, count: int = SIZE
) -> tuple[Difference, ...]:
    """Return some differences, in the order of the output; kind: one of KINDS, or "" for all."""
    wanted = f"{_where(kind)} ORDER BY id LIMIT ? OFFSET ?"
    return tuple(each for _, each in _read(path, old, new, wanted, (count, skip)))


def walk_differences(path: Path, old: Side, new: Side, kind: str = "") -> Iterator[Difference]:
    """Yield all differences; a few at a time are in memory."""
    wanted = f"{_where(kind)} AND id > ? ORDER BY id LIMIT ?"
    last = 0
    while some := _read(path, old, new, wanted, (last, _AT_ONCE)):
        yield from (each for _, each in some)
        last = some[-1][0]


def _where(kind: str) -> str:
    return f"kind = {KINDS[kind]}" if kind in KINDS else "1"


def _read(
    path: Path, old: Side, new: Side, wanted: str, values: Sequence[int]
) -> list[tuple[int, Difference]]:
    """Return differences with their numbers."""
    try:
        with closing(read(path)) as database:
            text = f"SELECT id, kind, a, b FROM d WHERE {wanted}"
            found = database.execute(text, values).fetchall()
        before = _rows(old, [row[2] for row in found if row[2] is not None])
        after = _rows(new, [row[3] for row in found if row[3] is not None])
    except sqlite3.Error as error:
        raise TableUnknown("The rows of one of the two runs are not there any more") from error
    both = matches(old.table, new.table)
    return [(at, _difference(kind, before.get(a), after.get(b), both)) for at, kind, a, b in found]


def csv_of_differences(path: Path, old: Side, new: Side, kind: str = "") -> Iterator[str]:
    """Yield a CSV file in pieces: the row as it is now, and what changed cells held before."""
    both = matches(old.table, new.table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    before = [at for at, match in enumerate(both) if match.shared]
    heads = [*(match.name for match in both), *(f"{both[at].name} before" for at in before)]
    writer.writerow(["Change", *map(guarded, heads)])
    for number, row in enumerate(walk_differences(path, old, new, kind), 1):
        was = [
            cell.old or "" if cell.changed else "" for cell in map(row.cells.__getitem__, before)
        ]
        writer.writerow([row.word, *(guarded(cell.text) for cell in row.cells), *map(guarded, was)])
        if number % _AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def change_of(old: str, new: str, column: Column) -> str:
    """Return "+3" or "−1.50" where both cells are figures of one unit, else ""."""
    one, other = number_of(old.strip()), number_of(new.strip())
    if column.type not in FIGURES or one is None or other is None:
        return ""
    change = Decimal(str(other)) - Decimal(str(one))
    places = max(_places(old), _places(new))
    return f"{change:+,.{places}f}".replace("-", "−") if change else ""


def _places(cell: str) -> int:
    """Return how many digits stand behind the point."""
    tail = cell.partition(".")[2]
    return len(tail) - len(tail.lstrip("0123456789"))


def _rows(side: Side, numbers: Sequence[int]) -> dict[int | None, tuple[str, ...]]:
    with opened(side.path, side.table) as source:
        return dict(zip(numbers, source.rows(numbers), strict=True))


def _difference(
    kind: int,
    old: Sequence[str] | None,
    new: Sequence[str] | None,
    both: Sequence[Match],
) -> Difference:
    return Difference(kind, tuple(_cell(match, old, new) for match in both))


def _cell(match: Match, old: Sequence[str] | None, new: Sequence[str] | None) -> Cell:
    was = None if old is None or match.old is None else old[match.old]
    now = None if new is None or match.new is None else new[match.new]
    if was is None or now is None or was == now:
        return Cell(was, now)
    return Cell(was, now, changed=True, change=change_of(was, now, match.column))
