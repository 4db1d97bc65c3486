"""Readers for lines of which a person or a site has said what they are: nothing is doubted.

They are asked only where that was said, after those that look for the same shape by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from webify.model.block import PAIRS, TABLE
from webify.readers.delimited import Delimited, Record, records
from webify.readers.layout import Canvas, Layout, shared_gaps
from webify.readers.listing import Listing
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

_SAMPLE = 4  # lines that tell how the others are cut
_LOOKED = 12  # lines that one quoted value may take until it is given up
_MOST_COLUMNS = 200
_FIGURE = re.compile(r"[-+(]?[$€£]?[\d.]")
_PAIR = re.compile(r"\s*([^:=\t]{1,100}?)\s*[:=\t]\s*(.*)\Z", re.DOTALL)
_RULE = re.compile(r"[-=+|_ ]+\Z")


class SaidReader(NamedTuple):
    """A name and the one function of a reader."""

    NAME: str
    look: Callable[..., Body | Answer]


def delimited(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Cut at the delimiter that gives the first lines the most values, as many in each."""
    here = lines[at : at + _LOOKED]
    if len(here) < 2 and not over:
        return Answer.WAIT
    best: tuple[str, list[Record]] | None = None
    for delimiter in "\t;|,":
        found = records(here, 0, delimiter, 2)
        if found is None:
            continue
        if len(found) < 2 and not over and _goes_on(here, found):
            return Answer.WAIT
        widths = {len(record.cells) for record in found}
        if len(widths) == 1 and (best is None or max(widths) > len(best[1][0].cells)):
            best = (delimiter, found)
    if best is None or len(best[1][0].cells) < 2:
        return Answer.NO
    delimiter, found = best
    head = found[0]
    if len(found) == 2 and _names(head.cells):
        return Delimited(tuple(head.cells), delimiter, head.lines)
    return Delimited(("",) * len(head.cells), delimiter, 0)


def _goes_on(here: Sequence[Line], found: Sequence[Record]) -> bool:
    """Say whether lines that have not come yet may complete the next record."""
    used = sum(record.lines for record in found)
    return len(here) < _LOOKED and (used >= len(here) or bool(here[used].text.strip()))


def aligned(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Cut where the first lines share their gaps."""
    sample = _sample(lines, at)
    if len(sample) < _SAMPLE and at + len(sample) >= len(lines) and not over:
        return Answer.WAIT
    if len(sample) < 2:
        return Answer.NO
    canvases = [Canvas(text) for text in sample]
    layout = Layout(shared_gaps(canvases))
    if layout.count < 2:
        return Answer.NO
    names = layout.cells(canvases[0])
    if _names([name for name in names if name]):
        return Listing(layout, tuple(names), 1)
    return Listing(layout, ("",) * layout.count, 0)


def words(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Cut at every blank; the last column takes what is left of a line."""
    sample = _sample(lines, at)
    if len(sample) < _SAMPLE and at + len(sample) >= len(lines) and not over:
        return Answer.WAIT
    parts = [text.split() for text in sample]
    if len(parts) > 1 and len(parts[0]) > 1 and _names(parts[0][:_MOST_COLUMNS]):
        return Words(tuple(parts[0][:_MOST_COLUMNS]), 1)
    width = min(_MOST_COLUMNS, max(map(len, parts), default=0))
    return Words(("",) * width, 0) if width > 1 else Answer.NO


def pairs(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:  # noqa: ARG001 - each look() takes it
    """Take each line with a colon, an equals sign or a tab as a name and its value."""
    return SaidPairs() if _PAIR.match(lines[at].text) else Answer.NO


def _sample(lines: Sequence[Line], at: int) -> list[str]:
    found: list[str] = []
    for line in lines[at : at + _SAMPLE]:
        if not line.text.strip() or line.more:
            break
        found.append(line.text)
    return found


def _names(cells: Sequence[str]) -> bool:
    """Say whether these can be names: each once, and none a figure."""
    return (
        bool(cells)
        and len(set(cells)) == len(cells)
        and all(cell and not _FIGURE.match(cell) for cell in cells)
    )


class Words:
    """The body of lines that are cut at blanks; one of strokes alone is left out."""

    kind = TABLE
    title = ""

    def __init__(self, columns: tuple[str, ...], used: int) -> None:
        """Cut into so many columns; `used` lines were the head."""
        self.columns = columns
        self.used = used

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines, to the first blank one."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            if not line.text.strip() or line.more:
                return Taken(rows, lines[index:], done=True)
            if not _RULE.match(line.text):
                cells = line.text.split(None, len(self.columns) - 1)
                rows.append([cell.rstrip() for cell in cells])
        return Taken(rows)

    def pause(self) -> Taken:
        """Hold nothing back."""
        return Taken()

    def finish(self) -> Taken:
        """End."""
        return Taken(done=True)


class SaidPairs:
    """The body of lines that are pairs; the first one that is none ends it."""

    kind = PAIRS
    title = ""
    columns: tuple[str, ...] = ("", "")
    used = 0

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[tuple[str, str]] = []
        for index, line in enumerate(lines):
            pair = None if line.more else _PAIR.match(line.text)
            if pair is None:
                return Taken(rows, lines[index:], done=True)
            rows.append((pair[1], pair[2].strip()))
        return Taken(rows)

    def pause(self) -> Taken:
        """Hold nothing back."""
        return Taken()

    def finish(self) -> Taken:
        """End."""
        return Taken(done=True)


SAID = (
    SaidReader("said csv", delimited),
    SaidReader("said aligned", aligned),
    SaidReader("said pairs", pairs),
    SaidReader("words", words),
)
