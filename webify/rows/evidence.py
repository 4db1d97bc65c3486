"""What the cells of a table say about the types of its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from webify.model.block import FIGURES, Column
from webify.rows import kinds
from webify.rows.keys import unit_of
from webify.rows.units import heading_unit

SHARE = 0.95  # of the filled cells have to agree
_DOUBT = 0.5  # with so many in agreement a person is told why they are read as text
_ALL = 2_000  # cells that are each looked at
_SOME, _FEW = 7, 31  # later one of so many, and of a column that is text; odd, as rows have rhythms
_MEMORY = 4_000  # cells whose kinds are remembered, in each column
_VALUES = 40  # different cells of a column of states, at most
_LASTING = re.compile(
    r"\b(?:elapsed|duration|took|run ?time|uptime|age|length|lasted|eta|cpu|wall|time ?limit"
    r"|time ?left|time ?used)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ColumnWish:
    """What a site says of a column, whatever its cells look like; "" and None say nothing."""

    type: str = ""
    unit: str = ""
    title: str = ""
    hidden: bool | None = None


@dataclass
class _Seen:
    """What was seen of one column."""

    cells: int = 0
    filled: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * kinds.BITS)
    units: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    known: dict[str, int] = field(default_factory=dict)

    def count(self, bit: int) -> int:
        """Return how many cells can be read as this kind."""
        return self.counts[bit.bit_length() - 1]

    def fits(self, bit: int) -> bool:
        """Say whether so many cells agree that the column is of this kind."""
        return 0 < self.filled * SHARE <= self.count(bit)


class Evidence:
    """Counts of one table, column by column.  Of long columns a part is looked at."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: list[_Seen] = []
        self._turn = 0

    def take(self, columns: Sequence[Sequence[str]]) -> None:
        """Look at more cells, given column by column."""
        while len(self._seen) < len(columns):
            self._seen.append(_Seen())
        self._turn += 1
        for seen, cells in zip(self._seen, columns, strict=False):
            step = _step(seen, len(cells))
            _look(seen, cells[self._turn % step :: step], step)

    def columns(
        self, names: Sequence[str], wishes: Mapping[str, ColumnWish] | None = None
    ) -> tuple[Column, ...]:
        """Return the columns with the types that the cells have so far, or that were wished."""
        known = wishes or {}
        blank = _Seen()
        every = [*self._seen[: len(names)], *[blank] * (len(names) - len(self._seen))]
        return tuple(
            _wished(_column(name, seen), seen, known.get(name))
            for name, seen in zip(names, every, strict=True)
        )


def _step(seen: _Seen, count: int) -> int:
    """Return one of how many cells is looked at: fewer where the column is text anyway."""
    if seen.cells < _ALL:
        return 1
    text = max(seen.counts[1 : kinds.BITS - 2]) < seen.filled * _DOUBT
    return max(1, min(_FEW if text else _SOME, count))


def _look(seen: _Seen, cells: Sequence[str], weight: int) -> None:
    """Count the kinds of some cells, each of which stands for as many as its weight."""
    for cell, times in Counter(cells).items():
        found = seen.known.get(cell)
        if found is None:
            found = kinds.kinds_of(cell)
            if len(seen.known) >= _MEMORY:
                seen.known.clear()
            if len(cell) < _MEMORY:
                seen.known[cell] = found
            _note(seen, cell, found)
        if found != kinds.BLANK:
            seen.filled += times * weight
            for bit in _bits(found):
                seen.counts[bit] += times * weight
    seen.cells += len(cells) * weight


def _bits(found: int) -> Iterator[int]:
    while found:
        low = found & -found
        yield low.bit_length() - 1
        found ^= low


def _note(seen: _Seen, cell: str, found: int) -> None:
    if found & (kinds.NUMBER | kinds.COMMA | kinds.PERCENT | kinds.PERCENT_COMMA):
        comma = not found & (kinds.NUMBER | kinds.PERCENT)
        seen.units.add(unit_of(cell, comma=comma))
    if found & (kinds.YES_NO | kinds.STATUS) and len(seen.words) <= _VALUES:
        seen.words.add(cell.strip().casefold())


def _column(name: str, seen: _Seen) -> Column:
    """Return a column with the type that its cells agree on."""
    found = next(_answers(name, seen), None) if seen.filled else None
    if found is None:
        return Column(name, hint=_hint(seen))
    align = "right" if found.type in FIGURES else "left"
    return replace(found, name=name, align=align)


def _answers(name: str, seen: _Seen) -> Iterator[Column]:
    """Yield the types that a column can have, the best first; its name is still to be told."""
    if seen.count(kinds.PADDED) and seen.filled * SHARE <= seen.count(kinds.PADDED) + seen.count(
        kinds.INTEGER
    ):
        yield Column("", "code")
    yield from _figures(name, seen)
    yield from _moments(name, seen)
    if seen.fits(kinds.YES_NO):
        yield Column("", "yes/no")
    if len(seen.words) <= _VALUES and seen.filled * SHARE <= seen.count(kinds.STATUS) + seen.count(
        kinds.YES_NO
    ):
        yield Column("", "status")
    for bit, type_ in ((kinds.URL, "url"), (kinds.PATH, "path"), (kinds.CODE, "code")):
        if seen.fits(bit):
            yield Column("", type_)


def _figures(name: str, seen: _Seen) -> Iterator[Column]:
    units = seen.units - {"", "%"}
    told, unit = heading_unit(name)
    plain = seen.fits(kinds.NUMBER) or seen.fits(kinds.COMMA)
    if plain and len(units) > 1:
        return
    if seen.fits(kinds.NUMBER):
        if told in ("size", "duration", "percent") and not units:
            yield Column("", told, unit)
        whole = seen.fits(kinds.INTEGER) and not units and told != "number"
        own = unit if told == "number" else ""
        yield Column("", "integer" if whole else "number", "".join(units) or own)
    if seen.fits(kinds.COMMA):
        own = unit if told in ("number", "percent") else ""
        type_ = "percent" if told == "percent" else "number"
        yield Column("", type_, "".join(units) or own, form=kinds.DECIMAL_COMMA)
    if seen.fits(kinds.PERCENT):
        yield Column("", "percent", "%")
    if seen.fits(kinds.PERCENT_COMMA):
        yield Column("", "percent", "%", form=kinds.DECIMAL_COMMA)
    if seen.fits(kinds.SIZE):
        yield Column("", "size", unit if told == "size" else "")


def _moments(name: str, seen: _Seen) -> Iterator[Column]:
    lasting = _LASTING.search(name.replace("_", " ")) is not None
    if seen.fits(kinds.TIME) and not (lasting and seen.fits(kinds.DURATION)):
        yield Column("", "time")
    if seen.fits(kinds.DURATION):
        yield Column("", "duration")
    if seen.fits(kinds.DATE):
        yield Column("", "date")
    day, month = seen.count(kinds.DAY), seen.count(kinds.MONTH)
    if seen.fits(kinds.DAY) and day > month:
        yield Column("", "date", form=kinds.DAY_FIRST)
    if seen.fits(kinds.MONTH) and month > day:
        yield Column("", "date", form=kinds.MONTH_FIRST)


_DOUBTFUL = (
    (kinds.NUMBER | kinds.COMMA, "numbers"),
    (kinds.PERCENT, "percentages"),
    (kinds.SIZE, "sizes"),
    (kinds.DURATION, "durations"),
    (kinds.DATE | kinds.DAY | kinds.MONTH, "dates"),
    (kinds.TIME, "times"),
)


def _hint(seen: _Seen) -> str:
    """Return why a column is read as text though many cells look like something else."""
    if not seen.filled:
        return ""
    if seen.fits(kinds.DAY) and seen.fits(kinds.MONTH):
        return "Sorted as text: its dates do not tell which figure is the day"
    if seen.fits(kinds.NUMBER) and len(seen.units - {""}) > 1:
        return "Sorted as text: its figures have different units"
    for bits, names in _DOUBTFUL:
        count = max(seen.count(1 << at) for at in range(kinds.BITS) if bits >> at & 1)
        if count >= seen.filled * _DOUBT:
            share = min(100 * count // seen.filled, 99)
            return f"Sorted as text: only {share} % of its cells are {names}"
    return ""


def _wished(column: Column, seen: _Seen, wish: ColumnWish | None) -> Column:
    """Return the column as the site wants it."""
    if wish is None:
        return column
    if wish.type and wish.type != column.type:
        form = _form(wish.type, seen)
        align = "right" if wish.type in FIGURES else "left"
        column = Column(column.name, wish.type, align=align, form=form)
    hidden = column.hidden if wish.hidden is None else wish.hidden
    name, unit = wish.title or column.name, wish.unit or column.unit
    return replace(column, name=name, unit=unit, hidden=hidden)


def _form(type_: str, seen: _Seen) -> str:
    """Return how the cells are written, where a type that is wished leaves that open."""
    if type_ == "date" and seen.count(kinds.DATE) < max(
        seen.count(kinds.DAY), seen.count(kinds.MONTH)
    ):
        day_first = seen.count(kinds.DAY) >= seen.count(kinds.MONTH)
        return kinds.DAY_FIRST if day_first else kinds.MONTH_FIRST
    comma = type_ in ("number", "percent") and seen.count(kinds.NUMBER) < seen.count(kinds.COMMA)
    return kinds.DECIMAL_COMMA if comma else ""
