"""Where the columns of an aligned table lie: gaps of blanks that all its lines share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webify.readers.width import narrow, spread

_RUN = re.compile(r"\S+")
_MOST_CROSSED = 2
_BAR = re.compile(r"(?<= )[|/](?= )")
_BLANKS = re.compile(" +")
_WIDE_RUN = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True)
class Gap:
    """Columns start <= c < end that are blank in all lines so far.  weak: only one wide."""

    start: int
    end: int
    weak: bool = False


class Canvas:
    """One line as columns of a terminal."""

    __slots__ = ("_cells", "text")

    def __init__(self, text: str) -> None:
        """Measure a line."""
        self.text = text.expandtabs() if "\t" in text else text
        self._cells: list[str] | None = None
        if not narrow(self.text):
            self._cells = spread(self.text)
            self.text = "".join(each[:1] or "x" for each in self._cells)

    def cut(self, start: int, end: int | None) -> str:
        """Return the words between two columns."""
        if self._cells is None:
            return self.text[start:end].strip()
        return "".join(self._cells[start:end]).strip()

    def extent(self, start: int, end: int | None) -> tuple[int, int] | None:
        """Return where the words between two columns begin and end, if there are any."""
        part = self.text[start:end]
        words = part.strip()
        if not words:
            return None
        first = start + len(part) - len(part.lstrip())
        return first, first + len(words)

    def runs(self) -> list[tuple[int, int]]:
        """Return the columns of its words."""
        return [match.span() for match in _RUN.finditer(self.text)]

    def bars(self) -> list[int]:
        """Return where a | or / stands alone."""
        return [match.start() for match in _BAR.finditer(self.text)]

    def segments(self) -> list[tuple[int, int]]:
        """Return the columns of what two blanks or more part."""
        return [match.span() for match in _WIDE_RUN.finditer(self.text)]


class Layout:
    """The gaps between the columns of one table."""

    def __init__(self, gaps: Sequence[Gap], bars: frozenset[int] = frozenset()) -> None:
        """Cut at these gaps, from left to right.  bars: where | may stand inside of a gap."""
        self.gaps = list(gaps)
        self.bars = bars
        self._pattern = self._build()

    @property
    def count(self) -> int:
        """Return the number of columns."""
        return len(self.gaps) + 1

    def quick(self, text: str) -> list[str] | None:
        """Return the cells of a narrow line that leaves all gaps blank, else None."""
        found = self._pattern.match(text.ljust(self._width))
        return None if found is None else [cell.strip() for cell in found.groups()]

    def cells(self, line: Canvas) -> list[str]:
        """Return the cells of a line that leaves the gaps blank."""
        cuts = [gap.end - 1 for gap in self.gaps]
        starts = [0, *(cut + 1 for cut in cuts)]
        return [line.cut(a, b) for a, b in zip(starts, [*cuts, None], strict=True)]

    def canvas(self, text: str) -> Canvas:
        """Return a line as columns, without the bars that part them."""
        if self.bars:
            text = "".join(
                " " if each in "|/" and at in self.bars else each for at, each in enumerate(text)
            )
        return Canvas(text)

    def narrow_to(self, line: Canvas) -> bool:
        """Make the gaps as narrow as this line wants; say whether it crosses none of them.

        Where it crosses one, nothing is changed.
        """
        found = []
        for gap in self.gaps:
            blank = _widest_blank(line.text, gap)
            if blank is None:
                return False
            found.append(blank)
        if found != self.gaps:
            self.gaps = found
            self._pattern = self._build()
        return True

    def fit(self, line: Canvas) -> list[str] | None:
        """Return the cells of a line that crosses a gap, or None where it is no row.

        Wide gaps may part it all the same; a cell that is too long moves all behind it; or
        each cell is one word.
        """
        if not self._crossed(line.text):
            return self.cells(line)
        for spans in (line.segments(), line.runs()):
            if len(spans) == self.count:
                return [line.cut(start, end) for start, end in spans]
        return self._moved(line)

    def _crossed(self, text: str) -> bool:
        return any(_widest_blank(text, gap) is None for gap in self.gaps)

    def _moved(self, line: Canvas) -> list[str] | None:
        """Return the cells of a line where one or two that are too long move all behind them."""
        cells: list[str] = []
        text, moved, begin, crossed = line.text, 0, 0, 0
        for at, gap in enumerate(self.gaps):
            blank = _widest_blank(text, gap, moved)
            while blank is None and moved:  # blanks that follow may take the move back
                moved -= 1
                blank = _widest_blank(text, gap, moved)
            stop = blank.end - 1 if blank else text.find(" ", gap.end)
            if blank is None:
                crossed += 1
                if stop < 0 or crossed > _MOST_CROSSED:
                    return None
                moved = self._shift(text, at, stop)
            cells.append(line.cut(begin, max(begin, stop)))
            begin = max(begin, stop)
        return [*cells, line.cut(begin, None)]

    def _shift(self, text: str, at: int, stop: int) -> int:
        """Return by how many columns a cell that ends at `stop` moves what is behind it.

        The least move after which all gaps are blank; or the next one; or the least one.
        """
        gap, rest = self.gaps[at], self.gaps[at + 1 :]
        moves = range(stop - gap.end + 1, stop - gap.start + 1)
        for wanted in (rest, rest[:1]):
            for moved in moves:
                if all(_widest_blank(text, each, moved) for each in wanted):
                    return moved
        return moves[0]

    def _build(self) -> re.Pattern[str]:
        cuts = [gap.end - 1 for gap in self.gaps]
        widths = [cut - before - 1 for before, cut in zip([-1, *cuts], cuts, strict=False)]
        self._width = (cuts[-1] + 1) if cuts else 0
        pattern = "".join(f"(.{{{width}}}) " for width in widths) + "(.*)"
        return re.compile(pattern, re.DOTALL)


def _widest_blank(text: str, gap: Gap, moved: int = 0) -> Gap | None:
    """Return the widest blank part of a gap in a line, the last one of several, if there is any."""
    start, end = gap.start + moved, gap.end + moved
    part = text[start:end].ljust(end - start)
    if part.isspace():
        return Gap(start, end, gap.weak) if moved else gap
    blanks = [match.span() for match in _BLANKS.finditer(part)]
    if not blanks:
        return None
    first, last = max(blanks, key=lambda span: (span[1] - span[0], span[1]))
    return Gap(start + first, start + last, gap.weak)


def shared_gaps(lines: Sequence[Canvas]) -> list[Gap]:
    """Return the gaps that are blank in all lines, from left to right."""
    words = sorted(span for line in lines for span in line.runs())
    gaps: list[Gap] = []
    reach = words[0][1] if words else 0
    for start, end in words:
        if start > reach:
            gaps.append(Gap(reach, start, weak=start - reach < 2))
        reach = max(reach, end)
    return gaps
