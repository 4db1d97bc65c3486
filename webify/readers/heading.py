"""Which columns a head names: one line or several over rows, and the gaps that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from webify.readers.layout import Canvas, Gap, Layout, shared_gaps
from webify.readers.words import HARD, type_of

Span = tuple[int, int]
_NAMELESS = 1 << 20  # between columns of which one has no name


@dataclass(frozen=True)
class Band:
    """What stands between two shared gaps.

    before  the gap on its left
    name    where the words of the head stand, if there are any
    cells   where the words of each row stand
    sure    a column of its own, whatever the names beside it
    """

    before: Gap | None
    name: Span | None
    cells: tuple[Span | None, ...]
    sure: bool = False

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


@dataclass(frozen=True)
class Columns:
    """The columns of a table: where they are cut, and where each one's name stands."""

    layout: Layout
    names: tuple[Span | None, ...]

    def named(self, titles: Sequence[Canvas]) -> tuple[str, ...]:
        """Return the names, each of the words that stand in its place in all lines of a head."""
        lines = [self.layout.canvas(title.text) for title in titles]
        if len(lines) == 1:
            return tuple(lines[0].cut(*span) if span else "" for span in self.names)
        words: list[list[str]] = [[] for _ in self.names]
        for line in lines:
            for word in line.runs():
                words[self._place(word)].append(line.cut(*word))
        return tuple(map(" ".join, words))

    def _place(self, word: Span) -> int:
        """Return the column whose name a word of another line stands over or beside."""
        return max(
            (at for at, span in enumerate(self.names) if span),
            key=lambda at: _near(word, *(self.names[at] or word)),
            default=0,
        )


def find_columns(head: Canvas, rows: Sequence[Canvas]) -> Columns:
    """Return the columns that the head names.

    A row with a cell that is longer than its column hides gaps; where the others agree on
    more columns without it, it is left out, if it can be cut nevertheless.
    """
    bars = _bars(head, rows)
    if bars:
        cut = [Layout((), bars).canvas(line.text) for line in (head, *rows)]
        found = find_columns(cut[0], cut[1:])
        return Columns(Layout(found.layout.gaps, bars), found.names)
    best = _columns(head, rows)
    if len(rows) < 2 or not any("  " in name for name in best.named([head])):
        return best
    for kept in combinations(rows, len(rows) - 1):
        found = _columns(head, kept)
        if found.layout.count > best.layout.count and all(map(found.layout.fit, rows)):
            best = found
    return best


def _bars(head: Canvas, rows: Sequence[Canvas]) -> frozenset[int]:
    """Return where a | or / stands alone in all lines: it parts columns."""
    found = set.intersection(*(set(line.bars()) for line in (head, *rows)))
    return frozenset(found)


def _columns(head: Canvas, rows: Sequence[Canvas]) -> Columns:
    gaps = shared_gaps((head, *rows))
    bands = [part for band in _bands(head, rows, gaps) for part in _split(head, rows, band)]
    bands = _named(bands)
    single = any(_parted(a, b) for a, b in pairwise(bands))
    if single and _wide(bands):
        bands = _close(rows, bands)
    columns = bands[:1]
    kept = []
    for band in bands[1:]:
        before = columns[-1]
        if band.before is None or not _boundary(head, before, band, single=single):
            columns[-1] = before.joined(band)
            continue
        wide = band.before.end - band.before.start > 1 or 1 < _space(before, band) < _NAMELESS
        kept.append(replace(band.before, weak=not (wide or _far(before, band))))
        columns.append(band)
    return Columns(Layout(kept), tuple(band.name for band in columns))


def _wide(bands: Sequence[Band]) -> bool:
    """Say whether two blanks part all columns, but for one pair of names."""
    gaps = [band.before for a, band in pairwise(bands) if _space(a, band) > 1]
    return len(gaps) == len(bands) - 2 > 1 and not any(gap is None or gap.weak for gap in gaps)


def _close(rows: Sequence[Canvas], bands: Sequence[Band]) -> list[Band]:
    """Join the one pair of names that one blank parts, where their cells read as one phrase."""
    found = list(bands[:1])
    for band in bands[1:]:
        if _space(found[-1], band) == 1 and _phrase(rows, found[-1], band):
            found[-1] = found[-1].joined(band)
        else:
            found.append(band)
    return found


def _phrase(rows: Sequence[Canvas], a: Band, b: Band) -> bool:
    """Say whether one blank parts the cells of two bands in all rows, and neither is of data."""
    both = [(one, two) for one, two in zip(a.cells, b.cells, strict=True) if one and two]
    if len(both) < len(rows) or any(two[0] - one[1] > 1 for one, two in both):
        return False
    return not any(
        all(
            type_of(row.text[cell[0] : cell[1]]) in HARD
            for row, cell in zip(rows, side, strict=True)
        )
        for side in zip(*both, strict=True)
    )


def _split(head: Canvas, rows: Sequence[Canvas], band: Band) -> list[Band]:
    """Part a band whose words of the head stand over cells that two blanks part.

    Its names are narrower or wider than the cells, so that no column is blank in all lines.
    """
    words = [span for span in head.runs() if band.name and band.name[0] <= span[0] < band.name[1]]
    filled = [(row, cell) for row, cell in zip(rows, band.cells, strict=True) if cell]
    if len(words) < 2 or not filled:
        return [band]
    start, end = min(cell[0] for _, cell in filled), max(cell[1] for _, cell in filled)
    gaps = [
        Gap(start + gap.start, start + gap.end)
        for gap in shared_gaps([Canvas(row.text[start:end]) for row, _ in filled])
    ]
    gaps = [gap for gap in gaps if _clear(gap, filled) or _datum_before(gap, words, filled)]
    if not gaps or len(gaps) >= len(words):
        return [band]
    edges = [0, *(gap.end for gap in gaps)]
    ends = [*(gap.start for gap in gaps), 1 << 20]
    places = [
        max(range(len(edges)), key=lambda at: _near(word, edges[at], ends[at])) for word in words
    ]
    if set(places) != set(range(len(edges))) or places != sorted(places):
        return [band]
    found = []
    for at, edge in enumerate(edges):
        mine = [word for word, place in zip(words, places, strict=True) if place == at]
        cells = tuple(
            _within(row, cell, edge, ends[at]) for row, cell in zip(rows, band.cells, strict=True)
        )
        before = gaps[at - 1] if at else band.before
        found.append(Band(before, (mine[0][0], mine[-1][1]), cells, sure=at > 0))
    return found


def _near(word: Span, start: int, end: int) -> int:
    """Return by how many columns a word overlaps a place; below 0 the distance."""
    return min(word[1], end) - max(word[0], start)


def _within(row: Canvas, cell: Span | None, start: int, end: int) -> Span | None:
    return row.extent(max(start, cell[0]), min(end, cell[1])) if cell else None


def _clear(gap: Gap, rows: Sequence[tuple[Canvas, Span]]) -> bool:
    """Say whether a gap is two wide, and has cells on both sides in all rows."""
    return gap.end - gap.start > 1 and all(a < gap.start and b > gap.end for _, (a, b) in rows)


def _datum_before(gap: Gap, words: Sequence[Span], rows: Sequence[tuple[Canvas, Span]]) -> bool:
    """Say whether a figure ends before a gap in all rows, and a name begins beside it."""
    return all(
        type_of(row.text[a : gap.start].split(" ")[-1]) in HARD for row, (a, _) in rows
    ) and any(abs(word[0] - gap.end) < 2 for word in words[1:])


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
    return _NAMELESS if a.name is None or b.name is None else b.name[0] - a.name[1]


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
    if b.sure or _space(a, b) > 1:
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
    return not (two[:1] in "([" or (one[:1].isupper() and not two.isupper()))
