"""Where the columns of an aligned table lie: gaps of blanks that all its lines share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from webify.readers.width import narrow, spread

_RUN = re.compile(r"\S+")
_WIDE_RUN = re.compile(r"\S+(?: \S+)*")
_RULER_RUN = re.compile(r"[-=─━═~]+")


@dataclass
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

    def runs(self) -> list[tuple[int, int]]:
        """Return the columns of its words."""
        return [match.span() for match in _RUN.finditer(self.text)]

    def segments(self) -> list[tuple[int, int]]:
        """Return the columns of what two blanks or more part."""
        return [match.span() for match in _WIDE_RUN.finditer(self.text)]


class Layout:
    """The gaps between the columns of one table."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        """Cut at these gaps, from left to right."""
        self.gaps = list(gaps)
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

    def narrow_to(self, line: Canvas) -> list[int]:
        """Make the gaps as narrow as this line wants; return the gaps that it crosses.

        Where it crosses one, nothing is changed.
        """
        found: list[Gap] = []
        crossed: list[int] = []
        for index, gap in enumerate(self.gaps):
            part = line.text[gap.start : gap.end].ljust(gap.end - gap.start)
            blanks = [m.span() for m in re.finditer(" +", part)]
            if not blanks:
                crossed.append(index)
                continue
            start, end = max(blanks, key=lambda span: (span[1] - span[0], span[1]))
            found.append(Gap(gap.start + start, gap.start + end, gap.weak))
        if not crossed and found != self.gaps:
            self.gaps = found
            self._pattern = self._build()
        return crossed

    def without(self, indexes: Sequence[int]) -> Layout:
        """Return the layout with some gaps left out."""
        return Layout([gap for at, gap in enumerate(self.gaps) if at not in indexes])

    def _build(self) -> re.Pattern[str]:
        cuts = [gap.end - 1 for gap in self.gaps]
        widths = [cut - before - 1 for before, cut in zip([-1, *cuts], cuts, strict=False)]
        self._width = (cuts[-1] + 1) if cuts else 0
        pattern = "".join(f"(.{{{width}}}) " for width in widths) + "(.*)"
        return re.compile(pattern, re.DOTALL)


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


def find_layout(head: Canvas, rows: Sequence[Canvas]) -> Layout:
    """Return the gaps that head and rows share, with a word of the head over each column."""
    return Layout(_under_words(head, rows, shared_gaps((head, *rows))))


def _under_words(head: Canvas, rows: Sequence[Canvas], gaps: Sequence[Gap]) -> list[Gap]:
    """Leave out the gaps before and behind columns that no word of the head names.

    The first column needs no name.  Of two gaps the weak one goes, else the one before: so the
    two words of a head like "On hand" stay together over figures that are narrower.
    """
    kept = list(gaps)
    at = 0
    while at < len(kept):
        gap = kept[at]
        after = kept[at + 1] if at + 1 < len(kept) else None
        end = after.start if after else None
        filled = any(row.text[gap.end : end].strip() for row in rows)
        named = bool(head.text[gap.end : end].strip())
        apart = not gap.weak or not head.text[gap.start - 1 : gap.end].strip()
        alone = apart and not (after is not None and after.weak)
        if (filled or alone) and named:
            at += 1
        elif after is not None and after.weak and (not gap.weak or _beside(head, kept, at + 1)):
            del kept[at + 1]
        else:
            del kept[at]
            at = max(0, at - 1)
    return kept


def _beside(head: Canvas, gaps: Sequence[Gap], at: int) -> bool:
    """Say whether a name stands before a gap and none behind it: its cells lie to the right."""
    before, gap = gaps[at - 1], gaps[at]
    end = gaps[at + 1].start if at + 1 < len(gaps) else None
    named = head.text[before.end : gap.start].strip()
    return bool(named) and not head.text[gap.end : end].strip()


def ruler_layout(ruler: str) -> Layout | None:
    """Return the gaps between the dashes of a ruler, or None where it is one stroke."""
    spans = [match.span() for match in _RULER_RUN.finditer(ruler)]
    gaps = [Gap(a[1], b[0]) for a, b in pairwise(spans)]
    return Layout(gaps) if gaps else None
