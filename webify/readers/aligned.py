"""Tables that are drawn with blanks: a head, rows under it, the same columns in all lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.layout import Canvas, Layout, find_layout, ruler_layout
from webify.readers.listing import Listing
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "aligned"

ROWS = 3  # rows that make a table certain
_LONGEST = 1 << 14
_RULER = re.compile(r"\s*(?=.*?[-=─━═~]{2})[-=─━═~]+(?:[ +]+[-=─━═~]+)*\s*\Z")
_NO_NAME = re.compile(r"""[;{}"`\\<>=]|^-|[:,!?]$|://|^[-+]?\d[\d.,:%/-]*$|\w\.$""")
_NO_CELL = re.compile(r"[^# ]  |^\(|^/\w|^(?=\D*\d)[0-9a-f]{7,}$")  # two, a remark, a path, a hash
_DATUM = re.compile(r"[-+(~<$€£¥]{0,2}\d|[0-9a-f]*\d[0-9a-f]*\b|0x")
_SUM = re.compile(r"(?=\D*\d)[0-9a-f]{32,}")
_FEW = 6  # one of so many columns may hold its own name: S under S
_MOST_WORDS = 4
_MOST_TOGETHER = 5  # words of a head that two blanks do not part, unless they are in capitals
_WIDEST_NAME = 40


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a head with rows under it, with or without a ruler."""
    text = lines[at].text
    if len(text) > _LONGEST:
        return Answer.NO
    if at + 1 >= len(lines):
        return Answer.NO if over or not _possible(text) else Answer.WAIT
    if _RULER.match(text):
        return _under_ruler(lines, at, over=over)
    below = lines[at + 1].text
    if _RULER.match(below):
        return _ruled(lines, at, 1, over=over)
    stripped = text.strip()
    if "  " in stripped or "\t" in stripped:
        return _unruled(lines, at, 1, over=over, ruled=False)
    return Answer.NO


def _possible(text: str) -> bool:
    """Say whether a line may be a head, as far as it alone tells."""
    return len(text) < 1000 and _NO_NAME.search(text.strip()) is None


def _under_ruler(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a table whose first line is a ruler: over the head, or over rows without any."""
    if at + 2 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    if not lines[at + 1].text.strip() or _RULER.match(lines[at + 1].text):
        return Answer.NO
    if _RULER.match(lines[at + 2].text):
        body = _ruled(lines, at + 1, 1, over=over)
        if isinstance(body, Listing):
            body.used += 1
        return body
    layout = ruler_layout(lines[at].text)
    if layout is None:
        return Answer.NO
    rows = _rows_below(lines, at + 1, over=over)
    if rows is None:
        return Answer.WAIT
    canvases = [Canvas(row.text) for row in rows]
    if len(rows) < 2 or any(layout.narrow_to(canvas) for canvas in canvases):
        return Answer.NO
    return Listing(layout, ("",) * layout.count, 1)


def _ruled(lines: Sequence[Line], at: int, head: int, *, over: bool) -> Body | Answer:
    """Take a head with a ruler below it: of many strokes, or of one over all columns."""
    ruler = lines[at + head].text
    layout = ruler_layout(Canvas(ruler).text)
    if layout is None:
        return _unruled(lines, at, head + 1, over=over, ruled=True)
    if at + head + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    title, row = Canvas(lines[at].text), lines[at + head + 1].text
    if layout.narrow_to(title) or not row.strip() or _RULER.match(row):
        return Answer.NO
    names = tuple(layout.cells(title))
    crossed = layout.narrow_to(Canvas(row))
    if not any(names) or (crossed and len(Canvas(row).segments()) < 2):
        return Answer.NO
    return Listing(layout, names, head + 1)


def _rows_below(lines: Sequence[Line], at: int, *, over: bool) -> list[Line] | None:
    """Return the first rows under a head; None where more lines will tell."""
    rows: list[Line] = []
    for line in lines[at : at + ROWS]:
        if not line.text.strip() or _RULER.match(line.text) or line.more:
            return rows
        rows.append(line)
    return rows if len(rows) == ROWS or over else None


def _ruler_at(lines: Sequence[Line], at: int) -> bool:
    """Say whether a ruler stands here: one line above it is rather a second line of a head."""
    return at < len(lines) and _RULER.match(lines[at].text) is not None


def _unruled(
    lines: Sequence[Line], at: int, used: int, *, over: bool, ruled: bool
) -> Body | Answer:
    """Take a head and rows that share gaps of blanks."""
    first = lines[at].text.split(None, 1)[0]
    if at + used + 1 < len(lines) and all(
        line.text.lstrip().startswith(first) for line in lines[at + used : at + used + 2]
    ):
        return Answer.NO  # a head does not begin as its rows do
    head = Canvas(lines[at].text)
    if len(head.segments()) < 2 or _NO_NAME.search(head.text.strip()):
        return Answer.NO
    if not head.text.isupper() and any(
        len(name.split()) > _MOST_TOGETHER for name in _segments(head)
    ):
        return Answer.NO
    rows = _rows_below(lines, at + used, over=over)
    if rows is None:
        return Answer.WAIT
    canvases = [Canvas(row.text) for row in rows]
    if _sums([head, *canvases]):
        return Listing(find_layout(head, canvases), ("", ""), 0)
    if not canvases or (len(rows) == 1 and _ruler_at(lines, at + used + 1)):
        return Answer.NO
    layout = find_layout(head, canvases)
    cells = [layout.cells(row) for row in canvases]
    if not _convincing(layout.cells(head), cells, layout, ruled=ruled):
        layout = find_layout(head, canvases[:1])
        parts = [_segments(line) for line in (head, *canvases)]
        if len(canvases) < ROWS or any(len(part) != layout.count for part in parts):
            return Answer.NO
        if not _convincing(parts[0], parts[1:], layout, ruled=ruled):
            return Answer.NO
    return Listing(layout, tuple(layout.cells(head)), used)


def _sums(lines: Sequence[Canvas]) -> bool:
    """Say whether the lines are check sums, each with a name: rows, and no head."""
    parts = [_segments(line) for line in lines]
    return (
        len(parts) > ROWS
        and all(len(part) == 2 and _SUM.fullmatch(part[0]) for part in parts)
        and len({len(part[0]) for part in parts}) == 1
    )


def _segments(line: Canvas) -> list[str]:
    """Return the words of a line that two blanks or more part."""
    return [line.cut(start, end) for start, end in line.segments()]


def _convincing(
    names: Sequence[str], cells: Sequence[Sequence[str]], layout: Layout, *, ruled: bool
) -> bool:
    """Say whether the columns are those of a table and not of text that happens to align."""
    strong = sum(1 for gap in layout.gaps if not gap.weak)
    weak = len(layout.gaps) - strong
    shouted = _shouted(names)
    if (weak > strong if len(cells) < ROWS else not strong) and not (shouted and weak > 1):
        return False
    if len(cells) < ROWS and weak and not shouted:
        return False
    if not _names(names) or not _filled(cells, weak=weak > 0):
        return False
    columns = list(zip(*cells, strict=True))
    repeated = sum(1 for at, name in enumerate(names) if name and name in columns[at])
    if repeated * _FEW > len(names) or any(map(_merged, columns)):
        return False
    if ruled:
        return True
    marked = shouted or _contrast(names, cells)
    if len(cells) < ROWS:
        return marked and layout.count > 2
    return marked or (layout.count > 2 and all(name[:1].isupper() for name in names))


def _merged(column: Sequence[str]) -> bool:
    """Say whether most cells of a column are two, with a wide gap in between."""
    gaps = sum(1 for cell in column if "  " in cell)
    return gaps * 2 > len(column) and any("   " in cell for cell in column)


def _filled(cells: Sequence[Sequence[str]], *, weak: bool) -> bool:
    """Say whether each row has two cells at least, or goes on with one of the row above."""
    counts = [sum(map(bool, row)) for row in cells]
    return counts[0] > 1 and all(
        count > 1 or (not weak and not row[0]) for count, row in zip(counts, cells, strict=True)
    )


def _names(names: Sequence[str]) -> bool:
    """Say whether these can be the names of columns."""
    return all(names[1:]) and not any(
        _NO_NAME.search(name)
        or _NO_CELL.search(name)
        or len(name) > _WIDEST_NAME
        or len(name.split()) > _MOST_WORDS
        for name in names
    )


def _shouted(names: Sequence[str]) -> bool:
    """Say whether the names are in capital letters."""
    joined = "".join(names)
    return joined.isupper() and sum(each.isalpha() for each in joined) > len(names)


def _contrast(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether some column holds data (figures, dates) under a name that is none."""
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        filled = [cell for cell in column if cell]
        named = name and not name[0].isdigit() and len(filled) * 2 > len(rows)
        if named and all(_DATUM.match(cell) for cell in filled):
            return True
    return False
