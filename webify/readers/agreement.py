"""Rows without a head whose words agree in their types, column for column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from webify.model.block import TABLE
from webify.readers.layout import Canvas, Gap, Layout, shared_gaps
from webify.readers.listing import Listing
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line
from webify.readers.words import (
    DATE,
    FIGURE,
    HARD,
    HEX,
    NOTHING,
    WORD,
    WORDS,
    split_words,
    type_of,
)

ROWS = 3  # rows that make a table certain
_LONGEST = 4096
_MOST_WORDS = 200
# An option, a comment, a list, a tree, code, quotes, leading dots, a numbered line, one of
# git blame: rather text than rows.
_TEXT = re.compile(
    r"\A\s*(?:[-#*>{}()\[\]\"'`|+<$@%!;,=]|\d{1,3}[.)](?:\s|\Z)|(?:[/\\]\*)|//|\.{3} )"
    r"|\A(?: {1,5}\d{1,6}\t|\^?[0-9a-f]{7,40} (?:\S+ +)?\()|\s(?:/\*|\*/|//+[!<]?)(?:\s|\Z)"
    r"|[;{}`\"\u2500-\u257f]|\.{4}|(?:\. ){3}|\s(?:[=|&<>:#]+|->|=>|:=)\s|[^\d\W]\(|[,;:\\]\s*\Z"
)
_UNITS = re.compile(r"\s*\(\w{1,10}\)(?:\s+\(?\w{1,10}\)?){0,20}\s*\Z")  # the second line of a head
_LABEL = re.compile(r"\s*\S*:(?:\s|\Z)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BYTES = re.compile(r"(?:[0-9a-fA-F]{2}){1,8}")
_OFFSET = re.compile(r"(?:0x)?[0-9a-fA-F]{4,16}")


@lru_cache(maxsize=16)
def typed(text: str) -> bool:
    """Say whether a line may be such a row, as far as it alone tells.

    Each line is looked at three times: as the first row, the second and the third.
    """
    if len(text) > _LONGEST or text.isspace() or _TEXT.search(text) or _LABEL.match(text):
        return False
    words = split_words(text)
    if not 2 <= len(words) <= _MOST_WORDS:
        return False
    return any(type_of(word) in HARD for word in words) and not _dump(words)


def _dump(words: Sequence[str]) -> bool:
    """Say whether this is a line of a dump: an offset, and bytes."""
    return (
        _OFFSET.fullmatch(words[0]) is not None
        and len(words) > 2
        and all(_BYTES.fullmatch(word) for word in words[1:3])
    )


def find_agreement(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find three lines whose words agree."""
    rows = lines[at : at + ROWS]
    if not all(typed(row.text) for row in rows):
        return Answer.NO
    if len(rows) < ROWS:
        return Answer.NO if over else Answer.WAIT
    words = [split_words(row.text) for row in rows]
    if len({len(each) for each in words}) == 1:
        types = tuple(map(_common, zip(*map(_types, words), strict=True)))
        if _convincing(types, words):
            return WordRows(types)
    return _spaced(rows)


def find_headed(lines: Sequence[Line], at: int, below: int, *, over: bool) -> Body | Answer:
    """Find a head of single words over rows, from lines[below] on, of as many words each."""
    names = tuple(lines[at].text.split())
    if not 3 <= len(names) <= _MOST_WORDS:
        return Answer.NO
    first = below
    if first < len(lines) and _UNITS.match(lines[first].text):
        first += 1
    rows = lines[first : first + ROWS]
    words = [row.text.split() if len(row.text) < _LONGEST else [] for row in rows]
    if any(len(each) != len(names) for each in words):
        return Answer.NO
    if words and all(each[0] == names[0] for each in words):
        return Answer.NO  # a row like the others, or the steps of a build
    if any(type_of(name) in HARD for name in names):
        return Answer.NO
    if len(rows) < ROWS:
        return Answer.NO if over else Answer.WAIT
    used = first - at
    types = tuple(map(_common, zip(*map(_types, words), strict=True)))
    if not _convincing(types, words):
        return Answer.NO
    body = WordRows(types, names, used)
    for line in lines[at:first]:
        body.repeats(line.text)
    return body


def _types(words: Sequence[str]) -> list[str]:
    return [type_of(word) for word in words]


def _common(types: Sequence[str]) -> str:
    """Return the type of a column; one that holds several hard ones has none."""
    found = set(types) - {NOTHING}
    if found == {FIGURE, HEX}:
        return HEX
    return found.pop() if len(found) == 1 else WORD


def _convincing(types: Sequence[str], words: Sequence[Sequence[str]]) -> bool:
    """Say whether so many columns are figures, dates, addresses or paths that it is no text."""
    hard = sum(each in HARD for each in types)
    columns = list(zip(*words, strict=True))
    phrase = sum(
        kind == WORD and len(set(column)) == 1 and column[0].islower()
        for kind, column in zip(types, columns, strict=True)
    )
    if phrase > 1 or _headed(words) or _said(types[0], columns[0]):
        return False
    if types[0] == DATE and hard < len(types):
        return False  # rather a log
    if len(types) == 2 and types[1] == DATE and all(" " in row[1] for row in words):
        return True  # a name, and a date of several words
    if len(types) < 4:
        return hard >= max(2, len(types) - 1) and len(set(map(tuple, words))) > 1
    return hard * 2 >= len(types)


def _said(kind: str, column: Sequence[str]) -> bool:
    """Say whether each line begins with the same word: rather a tool that says what it does."""
    return kind == WORD and len(set(column)) == 1


def _headed(words: Sequence[Sequence[str]]) -> bool:
    """Say whether the first line is a head of years."""
    figures = [word for word in words[0] if type_of(word) in HARD]
    return all(_YEAR.fullmatch(word) for word in figures) and len(figures) > 1


def _spaced(rows: Sequence[Line]) -> Body | Answer:
    """Take rows that share wide gaps, with single words in all columns but the last."""
    canvases = [Canvas(row.text) for row in rows]
    gaps = shared_gaps(canvases)
    kept = [
        gap
        for gap in gaps
        if not gap.weak or (_apart(gap, canvases) and not _inside(gap, canvases))
    ]
    layout = Layout(kept)
    if layout.count < 3 or all(gap.weak for gap in kept):
        return Answer.NO
    columns = list(zip(*(layout.cells(canvas) for canvas in canvases), strict=True))
    if any(" " in cell for column in columns[:-1] for cell in _joined(column)):
        return Answer.NO
    if _said(type_of(columns[0][0]), columns[0]):
        return Answer.NO
    hard = [all(cell and type_of(cell.split()[0]) in HARD for cell in each) for each in columns]
    full = all(all(column) for column in columns[:-1])
    if not full or not any(hard) or any(cell.count(" ") > 8 for cell in columns[-1]):
        return Answer.NO
    if hard[0] and all(type_of(split_words(c)[0]) == DATE for c in columns[0]):
        return Answer.NO
    if not any(hard[1:]) and not all(" " not in cell for cell in columns[-1]):
        return Answer.NO
    return Listing(layout, ("",) * layout.count, 0)


def _joined(column: Sequence[str]) -> list[str]:
    """Return cells without those that are one word, dates written with blanks among them."""
    return [cell for cell in column if len(split_words(cell)) > 1]


def _inside(gap: Gap, rows: Sequence[Canvas]) -> bool:
    """Say whether a gap lies inside of a date that is written with blanks."""
    return any(
        match.start() < gap.start and gap.end < match.end()
        for row in rows
        for match in WORDS.finditer(row.text)
    )


def _apart(gap: Gap, rows: Sequence[Canvas]) -> bool:
    """Say whether a gap of one blank has a figure or the like before or behind it in all rows."""
    before = [row.text[: gap.start].split()[-1:] for row in rows]
    behind = [row.text[gap.end :].split()[:1] for row in rows]
    return any(all(side and type_of(side[0]) in HARD for side in each) for each in (before, behind))


class WordRows:
    """The body of rows that blanks part into as many words each, of the same types."""

    kind = TABLE
    title = ""

    def __init__(self, types: Sequence[str], columns: tuple[str, ...] = (), used: int = 0) -> None:
        """Read rows of these types; `used` lines were the head."""
        self.columns = columns or ("",) * len(types)
        self.used = used
        self._types = types
        self._head: set[str] = set()

    def repeats(self, text: str) -> None:
        """Say that this is a line of the head: where it comes again, it is no row."""
        self._head.add(text.strip())

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            row = [] if line.more else split_words(line.text)
            if self._head and line.text.strip() in self._head:
                continue
            if not self._fits(row):
                return Taken(rows, lines[index:], done=True)
            rows.append(row)
        return Taken(rows)

    def pause(self) -> Taken:
        """Hold back nothing."""
        return Taken()

    def finish(self) -> Taken:
        """Hold back nothing."""
        return Taken(done=True)

    def _fits(self, row: Sequence[str]) -> bool:
        """Say whether a row has the words that these rows have."""
        if len(row) != len(self._types):
            return False
        wrong = sum(
            kind in HARD and type_of(word) not in (kind, NOTHING, FIGURE, HEX)
            for kind, word in zip(self._types, row, strict=True)
        )
        return wrong * 4 <= len(row)
