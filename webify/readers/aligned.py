"""Tables that are drawn with blanks: a head, rows under it, the same columns in all lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from webify.readers.agreement import WordRows, find_headed
from webify.readers.evidence import ROWS, convincing, hopeful, possible_head, together
from webify.readers.heading import Columns, find_columns
from webify.readers.layout import Canvas, Layout
from webify.readers.listing import Listing, UsedBy
from webify.readers.ruler import is_ruler, ruler_layout
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line
from webify.readers.words import HARD, split_words, type_of

NAME = "aligned"

_LONGEST = 1 << 14
_MOST_ALIKE = 3  # letters that a head and its rows may begin with
_MOST_LINES = 3  # of a head
_GROUPS = re.compile(r"\s*+(?:[\w/%]++\s++)?(?:-++(?:[\w/%+]++-++){1,20}\s*+){2,20}")
_LABEL = re.compile(r"(?:\d\d:\d\d:\d\d(?: [AP]M)?|[\w-]{1,20}:)(?=  )")
_COMMENT = re.compile(r"^# +(?=\S)")
_TYPE_ROW = re.compile(
    r"(?:str|cat|enum|bool|binary|null|object|list|struct|time|date|duration"
    r"|datetime|[iuf]\d{1,3}|decimal)(?:\[.{0,60}\])?"
)


@dataclass(frozen=True)
class Head:
    """The lines of a head: where they begin, how many carry names, and where the rows begin."""

    at: int
    height: int
    rows: int
    ruled: bool = False


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a head with rows under it, with or without a ruler."""
    text = lines[at].text
    if len(text) > _LONGEST or lines[at].more:
        return Answer.NO
    if is_ruler(text):
        return _under_ruler(lines, at, over=over)
    if _GROUPS.fullmatch(text):
        return _under_groups(lines, at, over=over)
    return _headed(lines, at, over=over) if possible_head(text) else Answer.NO


def _headed(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a head of one line or several, with or without a ruler below it."""
    for height in range(1, _MOST_LINES + 1):
        if height > 1 and not _sparse(lines[at : at + height]):
            break
        if at + height >= len(lines):
            if not over:
                return Answer.WAIT
            break
        below = lines[at + height].text
        if below.strip()[:2] in ("+-", "+="):
            return Answer.NO  # the top of a drawn table, under a line of text
        if is_ruler(below):
            return _ruled(lines, Head(at, height, at + height + 1, ruled=True), over=over)
        if len(below) > _LONGEST or not below.strip() or not possible_head(below):
            break
    return _plain(lines, at, over=over)


def _sparse(lines: Sequence[Line]) -> bool:
    """Say whether lines can be one head: its columns need not begin in the first line."""
    return all("  " in line.text.strip() or line.text.startswith("  ") for line in lines[:-1])


def _under_ruler(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a table whose first line is a ruler: over the head, or over rows without any."""
    for height in range(1, _MOST_LINES + 1):
        if at + height + 1 >= len(lines):
            return Answer.NO if over else Answer.WAIT
        if not lines[at + height].text.strip() or is_ruler(lines[at + height].text):
            return Answer.NO
        if is_ruler(lines[at + height + 1].text):
            head = Head(at + 1, height, at + height + 2, ruled=True)
            body = _ruled(lines, head, over=over)
            if isinstance(body, Listing):
                body.used += 1
            return body
    layout = ruler_layout(lines[at].text)
    if layout is None:
        return Answer.NO
    rows = _rows_below(lines, at + 1, over=over)
    if rows is None:
        return Answer.WAIT
    canvases = [layout.canvas(row.text) for row in rows]
    if len(rows) < 2 or not all(map(layout.narrow_to, canvases)):
        return Answer.NO
    if any(sum(map(bool, layout.cells(row))) < 2 for row in canvases[:2]):
        return Answer.NO
    return Listing(layout, ("",) * layout.count, 1)


def _under_groups(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a head under a line that names groups of columns, as vmstat has it."""
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    body = look(lines, at + 1, over=over)
    if isinstance(body, Listing | WordRows):
        body.used += 1
        body.repeats(lines[at].text)
    return body


def _ruled(lines: Sequence[Line], head: Head, *, over: bool) -> Body | Answer:
    """Take a head with a ruler below it: of many strokes, or of one over all columns."""
    layout = ruler_layout(Canvas(lines[head.rows - 1].text).text)
    if layout is None:
        return _unruled(lines, head, over=over)
    if head.rows >= len(lines):
        return Answer.NO if over else Answer.WAIT
    titles = [layout.canvas(line.text) for line in lines[head.at : head.at + head.height]]
    first = layout.canvas(lines[head.rows].text)
    if not all(layout.narrow_to(title) for title in titles):
        return Answer.NO
    parts = [layout.cells(title) for title in titles]
    if head.height > 1 and (not any(parts[0][1:]) or any(map(_remark, parts[0]))):
        return Answer.NO  # a title over the head
    names = _joined(parts)
    if not first.text.strip() or is_ruler(first.text) or not any(names):
        return Answer.NO
    if not layout.narrow_to(first) and len(first.segments()) < 2:
        return Answer.NO
    used = head.rows - head.at + _type_row(layout.cells(first))
    return _listing(lines, head, layout, names, used)


def _remark(name: str) -> bool:
    """Say whether this is a part of a sentence or a legend that a ruler below happens to cut."""
    return ":" in name or "  " in name or "-" in name.split()


def _type_row(cells: Sequence[str]) -> bool:
    """Say whether the first row holds the types of the columns, as polars prints them."""
    return len(cells) > 1 and all(_TYPE_ROW.fullmatch(cell) for cell in cells)


def _joined(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that several lines of a head make."""
    return tuple(" ".join(filter(None, words)) for words in zip(*parts, strict=True))


def _listing(
    lines: Sequence[Line], head: Head, layout: Layout, names: Sequence[str], used: int
) -> Listing:
    columns = tuple(map(_cleaned, names))
    body = (
        UsedBy(layout, columns, used)
        if columns[-1] == "Used by"
        else Listing(layout, columns, used)
    )
    for line in lines[head.at : head.rows]:
        body.repeats(line.text)
    return body


def _cleaned(name: str) -> str:
    """Return a name without a # that makes the head a comment; lines that lead there are none."""
    return "" if name and not set(name) - set("|/+") else _COMMENT.sub("", name)


def _rows_below(lines: Sequence[Line], at: int, *, over: bool) -> list[Line] | None:
    """Return the first rows under a head; None where more lines will tell.

    A word alone over a line that begins further to the right is a first cell too long for its
    line: it says nothing of the columns.
    """
    rows: list[Line] = []
    for index, line in enumerate(lines[at : at + 2 * ROWS], at):
        if not line.text.strip() or is_ruler(line.text) or line.more or len(line.text) > _LONGEST:
            return rows
        if _alone(line.text):
            if index + 1 >= len(lines):
                break
            if lines[index + 1].text[:1] == " ":
                continue
        rows.append(line)
        if len(rows) == ROWS:
            return rows
    return rows if over or len(lines) >= at + 2 * ROWS else None


def _alone(text: str) -> bool:
    """Say whether a line is one word at its start."""
    return len(text.split(None, 1)) == 1 and not text[0].isspace()


def _plain(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take a head without a ruler: of one line, of two, or with a blank line below it."""
    double = _doubled(lines, at)
    if double is None and not over:
        return Answer.WAIT
    height = 2 if double else 1
    rows = at + height
    if rows < len(lines) and not lines[rows].text.strip():
        rows += 1
        if rows < len(lines) and not lines[rows].text.strip():
            return Answer.NO
    head = Head(at, height, rows)
    answer = Answer.NO if _single(lines[at].text) else _unruled(lines, head, over=over)
    return find_headed(lines, at, rows, over=over) if answer is Answer.NO else answer


def _single(text: str) -> bool:
    """Say whether one blank parts the words of a line."""
    words = text.strip()
    return "  " not in words and "\t" not in words


def _doubled(lines: Sequence[Line], at: int) -> bool | None:
    """Say whether lines[at + 1] goes on with the head; None where more lines will tell.

    One of the two begins further to the right, as some columns have one line of a name only;
    and the second holds no data, unlike what follows.
    """
    if at + 1 >= len(lines):
        return None
    first, second = lines[at].text, lines[at + 1].text
    if not second.strip() or not possible_head(second):
        return False
    one, two = (len(text) - len(text.lstrip()) for text in (first, second))
    if abs(one - two) < 2 or _data(second):
        return False
    below = [line.text for line in lines[at + 2 : at + 5]]
    if below and not below[0].strip():
        below.pop(0)
    below = below[:2]
    if not all(text.strip() and _data(text) for text in below):
        return False
    return True if len(below) == 2 else None


def _data(text: str) -> bool:
    """Say whether a line holds a figure, a date or the like."""
    return any(type_of(word) in HARD for word in split_words(text[:_LONGEST]))


def _unruled(lines: Sequence[Line], head: Head, *, over: bool) -> Body | Answer:
    """Take a head and rows that share gaps of blanks."""
    titles = [_title(line.text) for line in lines[head.at : head.at + head.height]]
    stacked = _stacked(titles)
    segments = [stacked.cut(*span) for span in stacked.segments()]
    if len(segments) < 2 or together(segments):
        return Answer.NO
    rows = _rows_below(lines, head.rows, over=over)
    if rows is None:
        return Answer.WAIT
    canvases = [Canvas(row.text) for row in rows]
    if not canvases or _alike(stacked.text, rows):
        return Answer.NO
    if head.height > 1 and (_folded(rows) or any(_data(title.text) for title in titles)):
        return Answer.NO
    if len(titles) == 1 and not hopeful(segments, [row.text for row in rows]):
        return Answer.NO
    if len(rows) == 1 and any(is_ruler(line.text) for line in lines[head.rows + 1 : head.rows + 2]):
        return Answer.NO
    columns = find_columns(stacked, canvases)
    columns = _fuller(columns, titles, canvases)
    layout, names = columns.layout, columns.named(titles)
    cells = [layout.fit(row) for row in canvases]
    fitting = [row for row in cells if row is not None]
    if len(fitting) == len(cells) and convincing(names, fitting, layout, ruled=head.ruled):
        return _listing(lines, head, layout, names, head.rows - head.at)
    return _ragged(lines, head, stacked, canvases)


def _title(text: str) -> Canvas:
    """Return a line of a head; the time or the label that it begins with names no column."""
    found = _LABEL.match(text)
    return Canvas(" " * found.end() + text[found.end() :] if found else text)


def _fuller(columns: Columns, titles: Sequence[Canvas], rows: Sequence[Canvas]) -> Columns:
    """Return the columns of the line with most names, where the others add few words to it.

    A word such as (sec) below one name may hide the gap between two.
    """
    full = max(titles, key=lambda title: len(title.runs()))
    others = sum(len(title.runs()) for title in titles) - len(full.runs())
    if not 0 < others * 2 < len(full.runs()):
        return columns
    return max(columns, find_columns(full, rows), key=lambda each: each.layout.count)


def _ragged(
    lines: Sequence[Line], head: Head, title: Canvas, rows: Sequence[Canvas]
) -> Body | Answer:
    """Take rows that wide gaps part into as many cells as the head has names."""
    parts = [[line.cut(*span) for span in line.segments()] for line in (title, *rows)]
    if len(rows) < ROWS or len({len(part) for part in parts}) > 1:
        return Answer.NO
    layout = find_columns(title, rows[:1]).layout
    if layout.count != len(parts[0]) or not convincing(
        parts[0], parts[1:], layout, ruled=head.ruled
    ):
        return Answer.NO
    return _listing(lines, head, layout, parts[0], head.rows - head.at)


def _folded(rows: Sequence[Line]) -> bool:
    """Say whether each row takes two lines, as its head does: the second begins further right."""
    starts = [len(row.text) - len(row.text.lstrip()) for row in rows]
    return len(starts) == ROWS and starts[0] == starts[2] < starts[1] - 1 and _data(rows[1].text)


def _alike(first: str, rows: Sequence[Line]) -> bool:
    """Say whether the first rows begin as the head does: with its word, or most of it."""
    word = first.split(None, 1)[0]
    starts = [row.text.split(None, 1)[0] for row in rows[:2]]
    if len(starts) < 2:
        return False
    letters = zip(word, *starts, strict=False)
    common = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, letters))
    return common == len(word) if word in starts else _MOST_ALIKE < common < len(word)


def _stacked(titles: Sequence[Canvas]) -> Canvas:
    """Return one line with the words of all lines of a head."""
    if len(titles) == 1:
        return titles[0]
    width = max(len(title.text) for title in titles)
    columns = zip(*(title.text.ljust(width) for title in titles), strict=True)
    return Canvas(
        "".join(next((each for each in column if each != " "), " ") for column in columns)
    )
