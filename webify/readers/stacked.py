"""Records of aligned names and values without any sign between them, parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from webify.readers.record import Record, Style
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "stacked"

_LONGEST = 4_000
_WIDEST = 64  # columns in which the names stand
_FEWEST = 3  # names of a record
_MOST_LINES = 100  # lines of the first record
_PAIR = re.compile(r"(?P<name>[A-Za-z_%#]\S{0,60}(?<![:;,.!?]))(?P<gap> +)(?P<value>\S.*)\Z")


_WORDS = re.compile(r"[A-Za-z_%#]\S*+(?: \S++){0,4}+(?<![:;,.!?]) *+\Z")


class _Head(NamedTuple):
    names: list[str]
    column: int


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a record, and below a blank line the beginning of one with the same names."""
    first = _read(lines[at].text, 0)
    if first is None:
        return Answer.NO
    column = first.start("value")
    names = [first["name"]]
    for index in range(at + 1, at + _MOST_LINES):
        if index >= len(lines):
            return Answer.NO if over else Answer.WAIT
        text = lines[index].text
        if not text.strip():
            return _again(lines, index + 1, _Head(names, column), over=over)
        pair = _read(text, column)
        if pair is None or pair["name"] in names:
            return Answer.NO
        names.append(pair["name"])
    return Answer.NO


def _again(lines: Sequence[Line], at: int, head: _Head, *, over: bool) -> Body | Answer:
    """Take the records where the next one begins with the same two names."""
    if len(head.names) < _FEWEST or max(map(len, head.names)) + 1 != head.column:
        return Answer.NO
    for index, name in enumerate(head.names[:2], at):
        if index >= len(lines):
            return Answer.NO if over else Answer.WAIT
        pair = _read(lines[index].text, 0)
        if pair is None or pair["name"] != name:
            return Answer.NO
    return Record(Style(lambda text: _read(text, head.column) or _read(text, 0), 0, 0))


def _read(text: str, column: int) -> re.Match[str] | None:
    """Return the parts of a line, if its value begins at this column; 0 is any.

    Where the column is known, a name may be several words.
    """
    if len(text) > _LONGEST:
        return None
    if not column:
        return _PAIR.match(text)
    if column > _WIDEST or text[column - 1 : column] != " " or not _WORDS.match(text[:column]):
        return None
    return _at(column).match(text)


@lru_cache(maxsize=_WIDEST)
def _at(column: int) -> re.Pattern[str]:
    """Return what parts a line at this column."""
    return re.compile(
        rf"(?=.{{{column - 1}}} \S)(?P<name>.{{1,{column - 1}}}?)(?P<gap> +)(?<=\A.{{{column}}})"
        r"(?P<value>.*)\Z"
    )
