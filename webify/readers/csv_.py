"""Lines of values parted by commas, tabs, semicolons or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from webify.readers.delimited import Delimited, Record, records
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "csv"
HOLDS = re.compile(r"[\t;|,]")

ROWS = 3  # rows under the head that make a table certain
_LONGEST = 1 << 16
_DELIMITERS = "\t;|,"
_NO_NAME = re.compile(r"[;{}=<>`\\]|//|   |^[-']|[.!?:]$|^[-+]?[\d.,:%/-]+$|^\d{4}-\d\d|^\d+[:.)] ")
_CODE = re.compile(r"[;{}()<>`\\]|   |^-\D")
_NO_CELL = re.compile(r"[;{}<>`\\]|\S   +\S")  # not in a first line
_ITEM = re.compile(r"\d{1,3}[.)] ")  # of a list
_DATUM = re.compile(r"[-+(~$€£¥]?\d")
_MOMENT = re.compile(r"\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d|\[?\d\d:\d\d:\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")  # names where they follow each other
_COUNT = re.compile(r"\(\d+ rows?\)")
_MOST_WORDS = 6
_WIDEST_NAME = 60
_WIDE = 4  # columns
_WIDEST_CELL = 80  # on average, in the first rows


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find lines with the same number of values, under names."""
    text = lines[at].text
    if len(text) > _LONGEST:
        return Answer.NO
    waiting = False
    for delimiter in _DELIMITERS:
        if delimiter in text and _may_go_on(lines, at, delimiter) and _begins(text, delimiter):
            answer = _parted(lines, at, delimiter, over=over)
            if not isinstance(answer, Answer):
                return answer
            waiting = waiting or answer is Answer.WAIT
    return Answer.WAIT if waiting else Answer.NO


def _may_go_on(lines: Sequence[Line], at: int, delimiter: str) -> bool:
    """Say, quickly, whether the next line may be a row: only under many columns it may be short."""
    if at + 1 >= len(lines) or '"' in lines[at].text:
        return True
    below = lines[at + 1].text
    return delimiter in below or '"' in below or lines[at].text.count(delimiter) >= _WIDE - 1


def _begins(text: str, delimiter: str) -> bool:
    """Say, quickly, whether a line may be the first one, where it has no quotes."""
    if '"' in text:
        return True
    raw = text.split(delimiter)
    if delimiter == "\t" and not (raw[0].strip() and all(raw)):
        return False
    if delimiter == "\t" and raw[0][0] == " " and raw[0].strip().isdigit():
        return False  # a line that cat or nl has numbered
    if _wordy(raw, delimiter) and any(len(cell.split()) > 2 for cell in raw):
        return False
    return not any(map(_NO_CELL.search, raw))


def _parted(lines: Sequence[Line], at: int, delimiter: str, *, over: bool) -> Body | Answer:
    found = records(lines, at, delimiter, ROWS + 1)
    if found is None:
        return Answer.NO
    if not found:
        return Answer.NO if over else Answer.WAIT
    footed = _footed(found, delimiter)
    head, body = found[0], found[1 : len(found) - footed]
    if len(head.cells) < 2 or not _plausible(head, delimiter):
        return Answer.NO
    width = _width(head, body)
    short = sum(1 for row in body if len(row.cells) != width)
    if short > _may_be_short(head, body, width) or not _as_wide(head, width):
        return Answer.NO
    complete = len(body) == ROWS
    ended = over or footed or (len(found) < ROWS + 1 and _blank_follows(lines, at, found))
    if not complete and (not ended or short):
        return Answer.NO if ended else Answer.WAIT
    if (_spoken(found, delimiter) and not _figures(body)) or _listed(found):
        return Answer.NO
    spaced = complete and all(raw[:1] == " " for row in found for raw in row.raw[1:])
    if any(_wordy(row.raw, delimiter) for row in found) and not (spaced and _figures(body)):
        return Answer.NO
    if any(_code(cell) for record in found for cell in record.cells):
        return Answer.NO
    named = _names(head.cells)
    if not (_named(head, body, delimiter) if named else _nameless(head, body, delimiter)):
        return Answer.NO
    columns = (*head.cells, *[""] * (width - len(head.cells))) if named else ("",) * width
    return Delimited(columns, delimiter, head.lines if named else 0)


def _width(head: Record, body: Sequence[Record]) -> int:
    """Return how many columns there are: all rows so far may be short by one under a wide head."""
    width = max((len(row.cells) for row in body), default=len(head.cells))
    return width + (width + 1 == len(head.cells) >= _WIDE)


def _as_wide(head: Record, width: int) -> bool:
    """Say whether the rows are as wide as the head; a little wider where it is wide itself."""
    return width == len(head.cells) or (len(head.cells) >= 5 and 0 < width - len(head.cells) <= 2)


def _footed(found: Sequence[Record], delimiter: str) -> bool:
    """Say whether the last line is one of words under a table of few rows."""
    body, foot = found[1:-1], found[-1]
    if not body or len(foot.cells) > 1:
        return False
    few = len(body) > 1 and (delimiter != "," or _figures(body))
    return few or _COUNT.fullmatch(foot.cells[0]) is not None


def _may_be_short(head: Record, body: Sequence[Record], width: int) -> int:
    """Return how many of the first rows may lack a cell: one among wide ones without blanks."""
    wide = width >= _WIDE and width == len(head.cells)
    near = all(len(row.cells) >= width - 1 for row in body)
    tight = all(not cell[:1].isspace() for row in body for cell in row.raw)
    return int(wide and near and tight)


def _blank_follows(lines: Sequence[Line], at: int, found: Sequence[Record]) -> bool:
    """Say whether the records end before enough have come: a blank line is next."""
    index = at + sum(record.lines for record in found)
    return index < len(lines) and not lines[index].text.strip()


def _plausible(head: Record, delimiter: str) -> bool:
    """Say whether a first line may begin a table, as far as it alone tells."""
    if delimiter == "\t" and (not head.cells[0] or head.cells[1].startswith((":", "="))):
        return False
    if delimiter == "|" and any(cell != cell.strip() for cell in head.raw):
        return all(cell.strip()[:1] == '"' for cell in head.raw)  # else rather a drawn table
    return sum(map(bool, head.cells)) >= 2


def _names(cells: Sequence[str]) -> bool:
    """Say whether these can be the names of columns."""
    filled = [cell for cell in cells if cell]
    years = [int(cell) for cell in filled[1:] if _YEAR.fullmatch(cell)]
    if any(abs(a - b) != 1 for a, b in pairwise(years)) or len(years) == 1:
        years = []
    return (
        len(filled) >= 2
        and len(set(filled)) == len(filled)
        and not any(
            _NO_NAME.search(cell) or len(cell) > _WIDEST_NAME or len(cell.split()) > _MOST_WORDS
            for cell in filled
            if not (years and _YEAR.fullmatch(cell))
        )
    )


def _wordy(raw: Sequence[str], delimiter: str) -> bool:
    """Say whether a line reads like a sentence: a blank and a word behind each comma."""
    if delimiter not in ",;":
        return False
    wordy = sum(1 for cell in raw[1:] if cell[:1] == " " and cell.lstrip()[:1].isalpha())
    return wordy * 3 > len(raw) - 1


def _spoken(found: Sequence[Record], delimiter: str) -> bool:
    """Say whether a blank follows each comma in lines of two values, or in a single pair of lines.

    So people write; programs that do so have more to say.
    """
    apart = all(raw[:1] == " " for row in found for raw in row.raw[1:])
    return delimiter == "," and apart and (len(found[0].raw) == 2 or len(found) == 2)


def _listed(found: Sequence[Record]) -> bool:
    """Say whether all lines are indented and end with a comma: a list in source code."""
    return all(row.raw[0][:1].isspace() and not row.cells[-1] for row in found)


def _code(cell: str) -> bool:
    """Say whether a cell is rather a piece of source code: brackets left open, a remark."""
    return (
        cell.count("(") != cell.count(")")
        or cell.count("[") != cell.count("]")
        or cell.startswith(("# ", "//", "/*", "*/"))
        or " # " in cell
    )


def _named(head: Record, body: Sequence[Record], delimiter: str) -> bool:
    """Say whether rows under names are a table."""
    if not body or _long(body):
        return False
    if delimiter == "\t" and not all(
        name[:1].isalpha() or name[:1] in "#%_" or _YEAR.fullmatch(name) for name in head.cells
    ):
        return False
    if delimiter == "\t" and _repeated(head, body):
        return False
    if delimiter == "," and any(set(row.cells) & set(filter(None, head.cells)) for row in body):
        return len(head.cells) > 2 and not _repeated(head, body)
    if delimiter == "\t" and len(head.cells) == 2:
        return all(name[0].isupper() for name in head.cells) or _figures(body)
    return len(body) > 1 or len(head.cells) > 2


def _long(body: Sequence[Record]) -> bool:
    """Say whether the cells are long on average, though nothing quotes them."""
    cells = [cell for row in body for cell in row.raw if '"' not in cell]
    return sum(map(len, cells)) > _WIDEST_CELL * len(cells)


def _repeated(head: Record, body: Sequence[Record]) -> bool:
    """Say whether a name stands in each row under itself: the head is a row like the others."""
    return any(
        name and all(row.cells[at] == name for row in body) for at, name in enumerate(head.cells)
    )


def _nameless(head: Record, body: Sequence[Record], delimiter: str) -> bool:
    """Say whether rows without names are a table: figures stand below figures."""
    if len(body) < ROWS - 1 or _MOMENT.match(head.cells[0]):
        return False
    if _ITEM.match(head.cells[0]):
        return False
    if head.cells[0].startswith("#") or (delimiter == "\t" and not all(head.cells)):
        return False
    if any(_CODE.search(cell) for row in (head, *body) for cell in row.cells):
        return False
    if len(head.cells) < (2 if delimiter == "\t" else 3):
        return False
    rows = [head, *body]
    short = all(len(cell) <= _WIDEST_CELL for row in rows for cell in row.cells)
    return short and _figures(rows)


def _figures(rows: Sequence[Record]) -> bool:
    """Say whether some column holds figures only."""
    for column in zip(*(row.cells for row in rows), strict=False):
        filled = [cell for cell in column if cell]
        if len(filled) > 1 and all(_DATUM.match(cell) for cell in filled):
            return True
    return False
