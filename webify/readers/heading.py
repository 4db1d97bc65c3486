"""Which columns a head names: one line or several over rows, and the gaps that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from webify.readers.layout import Canvas, Gap, Layout, shared_gaps

Span = tuple[int, int]


@dataclass(frozen=True)
class Band:
    """What stands between two shared gaps.

    before  the gap on its left
    name    where the words of the head stand, if there are any
    cells   where the words of each row stand
    """

    before: Gap | None
    name: Span | None
    cells: tuple[Span | None, ...]

    @property
    def filled(self) -> int:
        """Return how many rows have a cell here."""
        return sum(cell is not None for cell in self.cells)

    def begins(self) -> bool:
        """Say whether all cells begin where the name does."""
        return self.name is not None and all(c[0] == self.name[0] for c in self.cells if c)

    def ends(self) -> bool:
        """Say whether all cells end where the name does."""
        return self.name is not None and all(c[1] == self.name[1] for c in self.cells if c)

    def joined(self, other: Band) -> Band:
        """Return one band of this and the next one."""
        cells = tuple(_cover(a, b) for a, b in zip(self.cells, other.cells, strict=True))
        return Band(self.before, _cover(self.name, other.name), cells)


def _cover(one: Span | None, two: Span | None) -> Span | None:
    if one is None or two is None:
        return one or two
    return min(one[0], two[0]), max(one[1], two[1])


def find_layout(head: Canvas, rows: Sequence[Canvas]) -> Layout:
    """Return the gaps between the columns that the head names.

    A row with a cell that is longer than its column hides gaps; where the others agree on
    more columns without it, it is left out, if it can be cut nevertheless.
    """
    bars = _bars(head, rows)
    if bars:
        cut = [Layout((), bars).canvas(line.text) for line in (head, *rows)]
        return Layout(find_layout(cut[0], cut[1:]).gaps, bars)
    best = _layout(head, rows)
    if not _crowded(head, best) or len(rows) < 2:
        return best
    for kept in combinations(rows, len(rows) - 1):
        layout = _layout(head, kept)
        if layout.count > best.count and all(layout.fit(row) for row in rows):
            best = layout
    return best


def _bars(head: Canvas, rows: Sequence[Canvas]) -> frozenset[int]:
    """Return where a | or / stands alone in all lines: it parts columns."""
    found = set.intersection(*(set(line.bars()) for line in (head, *rows)))
    return frozenset(found)


def _crowded(head: Canvas, layout: Layout) -> bool:
    """Say whether some name has a wide gap inside: it is two."""
    return any("  " in name for name in layout.cells(head))


def _layout(head: Canvas, rows: Sequence[Canvas]) -> Layout:
    gaps = shared_gaps((head, *rows))
    bands = _named(_bands(head, rows, gaps))
    single = any(_parted(a, b) for a, b in pairwise(bands))
    columns = bands[:1]
    for band in bands[1:]:
        if _boundary(head, columns[-1], band, single=single):
            columns.append(band)
        else:
            columns[-1] = columns[-1].joined(band)
    return Layout([band.before for band in columns[1:] if band.before is not None])


def _bands(head: Canvas, rows: Sequence[Canvas], gaps: Sequence[Gap]) -> list[Band]:
    found: list[Band] = []
    for at in range(len(gaps) + 1):
        before = gaps[at - 1] if at else None
        start = before.end if before else 0
        end = gaps[at].start if at < len(gaps) else None
        cells = tuple(row.extent(start, end) for row in rows)
        found.append(Band(before, head.extent(start, end), cells))
    return found


def _named(bands: Sequence[Band]) -> list[Band]:
    """Join what has no name with the column beside it.

    The first column needs no name, nor a last one that stands apart.  A name may stand beside
    its cells: then it has none of its own.
    """
    found: list[Band] = []
    at = 0
    while at < len(bands):
        band = bands[at]
        after = bands[at + 1] if at + 1 < len(bands) else None
        if band.name is not None or not found:
            found.append(band)
        elif after is not None and after.name is not None and _beside(found[-1], band, after):
            found.append(band.joined(after))
            at += 1
        elif after is None and _apart(band, found):
            found.append(band)
        else:
            found[-1] = found[-1].joined(band)
        at += 1
    return found


def _beside(before: Band, band: Band, after: Band) -> bool:
    """Say whether nameless cells belong to the name behind them and not to the one before."""
    if not before.filled or band.before is None or after.before is None:
        return False
    left = band.before.end - band.before.start
    right = after.before.end - after.before.start
    return left > 1 and (left > right or not after.filled)


def _apart(band: Band, found: Sequence[Band]) -> bool:
    """Say whether the last cells, which have no name, are a column of their own."""
    before = found[-1]
    wide = band.before is not None and not band.before.weak
    return wide and len(found) > 2 and before.filled == len(before.cells) > 1


def _space(a: Band, b: Band) -> int:
    """Return how many blanks part two names."""
    return 9 if a.name is None or b.name is None else b.name[0] - a.name[1]


def _parted(a: Band, b: Band) -> bool:
    """Say whether cells show that two names with one blank in between are two."""
    full = a.filled > 0 and b.filled > 0
    return _space(a, b) == 1 and full and (b.begins() or b.ends() or _far(a, b))


def _far(a: Band, b: Band) -> bool:
    """Say whether two blanks part the cells of two bands in all rows that have both."""
    both = [(one, two) for one, two in zip(a.cells, b.cells, strict=True) if one and two]
    return bool(both) and all(two[0] - one[1] > 1 for one, two in both)


def _boundary(head: Canvas, a: Band, b: Band, *, single: bool) -> bool:
    """Say whether two bands are two columns."""
    if _space(a, b) > 1:
        return True
    if a.filled and b.filled:
        return b.begins() or b.ends() or _far(a, b)
    if a.filled and a.ends() and not a.begins():
        return True  # its figures end with the first word, so the name does
    if not single or a.name is None or b.name is None:
        return False
    if b.filled and not (b.begins() or b.ends()):
        return False
    one, two = head.cut(*a.name), head.cut(*b.name)
    return not (two[:1] in "([" or (two[:1].islower() and not one[:1].islower()))
