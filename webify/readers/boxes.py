"""Tables drawn with lines: ASCII and Unicode boxes, Markdown, Org mode, psql."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.drawing import (
    BARS,
    Cut,
    bottom,
    find_cut,
    framed_cut,
    groups,
    has_bar,
    is_rule,
    odd_bar,
    odd_cut,
    tight,
    titled_top,
    top,
)
from webify.readers.grid import Grid
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line
from webify.readers.types import are_types

NAME = "boxes"
HOLDS = re.compile(f"[-=|❤─━═┄┅┈┉╌╍{BARS}]|[.:]{{2}}")

_LONGEST = 1 << 15  # nobody draws a longer line
_HEAD_LINES = 8  # lines that a head may have
_BARE_ROWS = 4  # lines that a table without rulers must have, its head included
_DASHES = re.compile(r" --- *(?:[|┆│] --- *)+")
_STROKE = re.compile(r"[-=─━═╌┄]")
_APART = re.compile(r"   |\t")  # no name has such a gap
_DATA = re.compile(r"[-+$€£]?\d[\d.,:/ T+-]*(?:%|[A-Za-z]{1,3})?\Z|[a-f]*+\d[0-9a-f]{7,}+\Z")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find the top, the head and the ruler of a drawn table."""
    text = lines[at].text
    if len(text) > _LONGEST:
        return Answer.NO
    stripped = text.strip()
    if is_rule(stripped):
        return _framed(lines, at, text.rstrip(), over=over)
    if odd_bar(stripped):
        return _odd(lines, at, odd_bar(stripped), over=over)
    named = titled_top(text)
    if named is not None:
        body = _framed(lines, at, named[0], over=over)
        if isinstance(body, Grid):
            body.title = named[1]
        return body
    return _headed(lines, at, over=over) if has_bar(stripped) else Answer.NO


def _odd(lines: Sequence[Line], at: int, bar: str, *, over: bool) -> Body | Answer:
    """Take a table that is drawn with dots and colons, or with hearts."""
    cut = None if at + 1 >= len(lines) else odd_cut(lines[at + 1].text, bar)
    if cut is None:
        return Answer.NO if over or at + 1 < len(lines) else Answer.WAIT
    rows: list[str] = []
    for line in lines[at + 1 : at + 2 + _HEAD_LINES]:
        if cut.is_rule(line.text.strip()):
            names = _names([cut.raw(row) or [] for row in rows])
            return Grid(cut, names, 3) if len(rows) == 1 else _unruled(cut, rows, 1)
        if cut.raw(line.text) is None:
            return Answer.NO
        rows.append(line.text)
    if len(rows) < _HEAD_LINES:
        return Answer.NO if over else Answer.WAIT
    return _unruled(cut, rows, 1)


def _headed(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Look for a ruler under a line with bars: it has no top."""
    text = lines[at].text
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    if _DASHES.fullmatch(lines[at + 1].text) and not lines[at + 1].text.lstrip().startswith("|"):
        return _over_types(lines, at, over=over)
    rule = tight(lines[at + 1].text)
    if bottom(rule.lstrip()):
        return Answer.NO
    if is_rule(rule.strip()) and ("|" in rule or "+" in rule or not rule.isascii()):
        cut = find_cut(text, rule.rstrip())
        if cut is None or (cut.columns < 2 and not (cut.left and cut.right)):
            return Answer.NO
        cells = cut.raw(text)
        below_top = rule.lstrip()[0] == "+" and cut.left  # the ruler above it was no top
        if cells is None or below_top or any(_APART.search(cell.strip()) for cell in cells):
            return Answer.NO
        return _typed(lines, at, cut, cells, over=over)
    if set(rule.strip()) == {"="}:
        return _doubled(lines, at, over=over)
    return _bare(lines, at, over=over)


def _doubled(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a head over a double line of its own length, and a row with as many bars."""
    if at + 2 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    text, rule, below = (lines[at + index].text for index in range(3))
    count = text.count("|")
    if len(rule) != len(text) or below.count("|") != count or not all(text.split("|")):
        return Answer.NO
    cut = Cut(count + 1, left=False, right=False, bars="|")
    return Grid(cut, _names([text.split("|")]), 2)


def _over_types(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a head with three dashes, a type and a ruler below each name, and no outer bars."""
    if at + 3 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    text = lines[at].text
    cut = find_cut(text, lines[at + 1].text)
    cells = None if cut is None else cut.raw(text)
    types = None if cut is None else cut.raw(lines[at + 2].text)
    ruled = is_rule(lines[at + 3].text.strip())
    if cut is None or cells is None or types is None or not are_types(types) or not ruled:
        return Answer.NO
    return Grid(cut, _names([cells]), 4)


def _typed(
    lines: Sequence[Line], at: int, cut: Cut, cells: list[str], *, over: bool
) -> Body | Answer:
    """Take a head; three dashes in each cell and a row of types are still a part of it."""
    body = Grid(cut, _names([cells]), 2)
    dashes = cut.raw(lines[at + 1].text)
    if dashes is None or {cell.strip() for cell in dashes} != {"---"}:
        return body
    if at + 3 >= len(lines):
        return body if over else Answer.WAIT
    types = cut.raw(lines[at + 2].text)
    if types is not None and are_types(types) and is_rule(lines[at + 3].text.strip()):
        body.used = 4
    return body


def _framed(lines: Sequence[Line], at: int, opening: str, *, over: bool) -> Body | Answer:
    """Look at the lines under a ruler that may be the top of a table."""
    head: list[str] = []
    for index in range(at + 1, min(at + 2 + _HEAD_LINES, len(lines))):
        text = lines[index].text.rstrip()
        if is_rule(text.strip()):
            if not head:
                return Answer.NO
            return _framed_head(lines, at, index, head, opening, over=over)
        if not has_bar(text):
            return Answer.NO
        head.append(text)
    if len(lines) < at + 2 + _HEAD_LINES and not over:
        return Answer.WAIT
    cut = find_cut(head[0], opening) if len(head) >= _HEAD_LINES else None
    return Answer.NO if cut is None or cut.columns < 2 else _unruled(cut, head, 1)


def _unruled(cut: Cut, head: list[str], used: int) -> Body | Answer:
    """Take rows without a ruler below the first: it names the columns where figures follow."""
    cells = [raw for raw in map(cut.raw, head) if raw is not None]
    if len(cells) < len(head):
        return Answer.NO
    if _contrast(cells):
        return Grid(cut, _names(cells[:1]), used + 1)
    return Grid(cut, ("",) * cut.columns, used)


def _contrast(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row holds names and no data, and a column below it data alone."""
    first = [cell.strip() for cell in rows[0]]
    if len(set(first)) < len(first) or not all(first) or any(map(_DATA.match, first)):
        return False
    below = [[cell.strip() for cell in column] for column in zip(*rows[1:], strict=False)]
    return any(any(column) and all(map(_DATA.match, filter(None, column))) for column in below)


def _framed_head(
    lines: Sequence[Line], at: int, index: int, head: list[str], opening: str, *, over: bool
) -> Body | Answer:
    """Take the head between two rulers: names, a title over the whole width, or a first row."""
    rule = lines[index].text.rstrip()
    cut = find_cut(head[0], rule) or find_cut(head[0], opening)
    whole = cut is not None and cut.left and cut.right and cut.columns > 1
    if groups(opening) == 1 and groups(rule) > 1 and not whole:
        return _titled(lines, at, index, head, over=over)
    cells = [] if cut is None else [raw for raw in map(cut.raw, head) if raw is not None]
    if cut is None or len(cells) < len(head):
        return Answer.NO
    follows = _follows(lines, index, cut, opening, over=over)
    if isinstance(follows, Answer):
        return follows
    if cut.columns == 1 and follows:
        cut = framed_cut(head[0], cut.bars) or cut
        cells = [raw for raw in map(cut.raw, head) if raw is not None]
    names = _names(cells)
    if len(cells) > 1 and are_types(cells[-1]):
        names = _names([raw for raw in cells[:-1] if not _dashed(raw)])
        return Grid(cut, names, index + 1 - at)
    if not follows:
        return _closed(cut, head, opening, whole=whole)
    if len(head) > 1 and all(_filled(raw) == cut.columns for raw in cells):
        other = _STROKE.search(rule) and not set(_STROKE.findall(rule)) & set(opening)
        if not other or _contrast(cells):
            return _unruled(cut, head, 1)
    if any(_DATA.match(name) for name in names) and "=" not in rule:
        return Grid(cut, ("",) * cut.columns, 1)
    return Grid(cut, names, index + 1 - at)


def _closed(cut: Cut, head: list[str], opening: str, *, whole: bool) -> Body | Answer:
    """Take what two rulers enclose, and nothing below: rows alone, or names alone."""
    framed = top(opening.strip())
    if cut.columns == 1 or not (whole or framed):
        return Answer.NO
    if len(head) > 1:
        return _unruled(cut, head, 1)
    return Grid(cut, _names([cut.raw(head[0]) or []]), 2) if framed else Answer.NO


def _follows(
    lines: Sequence[Line], index: int, cut: Cut, opening: str, *, over: bool
) -> bool | Answer:
    """Say whether a row stands below the second ruler, or one more ruler: a table without rows."""
    rule = lines[index].text.strip()
    if cut.columns > 1 and (bottom(rule) or top(opening.strip())):
        return not bottom(rule)
    if index + 1 >= len(lines):
        return False if over else Answer.WAIT
    below = lines[index + 1].text
    return (cut.columns > 1 and is_rule(below.strip())) or cut.raw(below) is not None


def _titled(
    lines: Sequence[Line], at: int, index: int, head: list[str], *, over: bool
) -> Body | Answer:
    """Take a table whose first line is a title over its whole width."""
    if len(head) > 1 or len(lines[index].text.strip()) != len(lines[at].text.strip()):
        return Answer.NO
    below = _framed(lines, index, lines[index].text.rstrip(), over=over)
    if isinstance(below, Grid):
        below.used += index - at
        below.title = head[0].strip(" |│┃║")
    return below


def _bare(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take rows between outer bars without any ruler: four lines alike."""
    cut = find_cut(lines[at].text)
    if cut is None or cut.columns < 2:
        return Answer.NO
    for index in range(at, at + _BARE_ROWS):
        if index >= len(lines):
            return Answer.NO if over else Answer.WAIT
        cells = cut.raw(lines[index].text)
        if cells is None or find_cut(lines[index].text) != cut:
            return Answer.NO
        if index == at and len({cell.strip() for cell in cells} - {""}) < cut.columns:
            return Answer.NO
    return Grid(cut, _names([cut.raw(lines[at].text) or []]), 1)


def _names(head: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of the columns; those of several lines are joined."""
    return tuple(
        " ".join(filter(None, (cell.strip() for cell in cells)))
        for cells in zip(*head, strict=False)
    )


def _dashed(cells: Sequence[str]) -> bool:
    return all(cell.strip() == "---" for cell in cells)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
