"""JSON: an array of objects or arrays, objects on lines, one object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError
from typing import Any

from webify.readers.records import DECODER, JsonPairs, JsonTable, Unread, cell_text
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "json"

# Characters in which the first value must end: few are tried first, as most values are short.
_WINDOWS = (1 << 12, 1 << 15, 1 << 18)
_BEGINS = re.compile(r'\s*(?:\{\s*(?:["}]|\Z)|\[\s*(?:[{[]|\Z))')
_DEEPEST = 900  # brackets inside each other that every parser takes
_WIDEST = 400  # characters of a nested value that still reads as one cell of a pair
_CUT_OFF = 6  # an error so near to the end may be a word that goes on: "fals"
_SPACE = re.compile(r"\s*")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a value that is surely JSON: its first element has been read."""
    if not _BEGINS.match(lines[at].text) or lines[at].text[0].isspace() or _mixed(lines[at]):
        return Answer.NO
    for most in _WINDOWS:
        text, used, cut = _joined(lines, at, most)
        if not _BEGINS.match(text):
            return Answer.NO
        decide = _array if text.lstrip()[0] == "[" else _object
        try:
            answer = decide(text, over=over and not cut)
        except RecursionError:
            return Unread(_deep(lines, at))
        if answer is not Answer.WAIT or not cut:
            return answer
    return Unread(used)


def _mixed(line: Line) -> bool:
    """Say whether a whole array on one line is no table: elements of two kinds, or more behind."""
    text = line.text
    if line.more or not text.lstrip().startswith("[") or not text.rstrip().endswith("]"):
        return False
    try:
        value, end = DECODER.raw_decode(text, _after_space(text, 0))
    except (JSONDecodeError, RecursionError):
        return False
    kinds = {type(item) for item in value}
    return bool(text[end:].strip()) or len(kinds) > 1


def _joined(lines: Sequence[Line], at: int, most: int) -> tuple[str, int, bool]:
    """Return the text from a line on, of how many lines it is, and whether there is more."""
    pieces: list[str] = []
    size = 0
    for index in range(at, len(lines)):
        line = lines[index]
        pieces += (line.text,) if line.more else (line.text, "\n")
        size += len(line.text) + 1
        if size > most:
            return "".join(pieces), index + 1 - at, True
    return "".join(pieces), len(lines) - at, False


def _deep(lines: Sequence[Line], at: int) -> int:
    """Return how many lines hold the brackets that go deeper than a parser does."""
    depth = 0
    for index in range(at, len(lines)):
        depth += lines[index].text.count("{") + lines[index].text.count("[")
        if depth >= _DEEPEST:
            return index + 1 - at
    return len(lines) - at


def _read(text: str, at: int) -> tuple[Any, int] | Answer:
    """Return a value and where it ends, WAIT where it is not complete, NO where it is wrong."""
    try:
        return DECODER.raw_decode(text, at)
    except JSONDecodeError as error:
        if text.count("\n", error.pos) > 1:
            return Answer.NO
        near = len(text.rstrip()) - error.pos <= _CUT_OFF
        return Answer.WAIT if near or error.msg.startswith("Unterminated") else Answer.NO


def _array(text: str, *, over: bool) -> Body | Answer:
    """Look at the first elements of an array."""
    waiting = Answer.NO if over else Answer.WAIT
    start = _after_space(text, _after_space(text, 0) + 1)
    if start >= len(text):
        return waiting
    first = _read(text, start)
    if not isinstance(first, tuple):
        return waiting if first is Answer.WAIT else Answer.NO
    value, end = first
    if isinstance(value, dict):
        return JsonTable(tuple(value), array=True) if value else Answer.NO
    if not isinstance(value, list) or not value:
        return Answer.NO
    return _rows(text, value, end, waiting)


def _rows(text: str, first: list[Any], end: int, waiting: Answer) -> Body | Answer:
    """Look at an array of arrays: the first may be the head."""
    comma = _after_space(text, end)
    if comma >= len(text):
        return waiting
    second = _read(text, _after_space(text, comma + 1)) if text[comma] == "," else Answer.NO
    if not isinstance(second, tuple):
        return waiting if second is Answer.WAIT else Answer.NO
    row = second[0]
    if not isinstance(row, list) or len(row) != len(first) or len(first) < 2:
        return Answer.NO
    named = all(type(item) is str and item for item in first)
    if named and any(type(item) is not str for item in row):
        return JsonTable(tuple(first), array=True, lists=1)
    return JsonTable(("",) * len(first), array=True, lists=0)


def _object(text: str, *, over: bool) -> Body | Answer:
    """Look at an object: the first of many, or one alone."""
    found = _read(text, 0 if text[:1] == "{" else _after_space(text, 0))
    if not isinstance(found, tuple):
        return Answer.WAIT if found is Answer.WAIT and not over else Answer.NO
    value, end = found
    used = text.count("\n", 0, end) + 1
    if not value or text[end : text.find("\n", end)].strip():
        return Answer.NO
    following = _after_space(text, end)
    if following < len(text) and text[following] == "{":
        another = _read(text, following)
        if isinstance(another, tuple):
            return JsonTable(tuple(value), array=False)
        if another is Answer.WAIT and not over:
            return Answer.WAIT
    elif following >= len(text) and not over and text.count("\n", end) < 2:
        return Answer.WAIT
    pairs = [(name, cell_text(item)) for name, item in value.items()]
    if any(len(words) > _WIDEST for _, words in pairs):
        return Answer.NO
    return JsonPairs(tuple(pairs), used)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
