"""JSON: arrays of objects, arrays or scalars, objects on lines, one object, wrapped records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError
from typing import Any

from webify.model.block import PAIRS, TABLE
from webify.readers.records import JsonTable, Ready
from webify.readers.shapes import Answer, Body, Unread
from webify.readers.terminal import Line
from webify.readers.values import DECODER, MOST_COLUMNS, Lists, Objects, Scalars, cell_text, flat
from webify.readers.wrapper import Found, cut_off, search

NAME = "json"
SIGNS = "{["

# Characters in which the first value must end: few are tried first, as most values are short.
_WINDOWS = (1 << 9, 1 << 12, 1 << 15, 1 << 18)
_BEGINS = re.compile(r'\s*(?:\{\s*(?:["}]|\Z)|\[\s*(?:[{[]|\Z))')
_LISTED = re.compile(r'\[\s*\n\s*(?:["\d-]|null|true|false)')  # a scalar on a line of its own
_DEEPEST = 900  # brackets inside each other that every parser takes
_WIDEST = 400  # characters of a nested value that still reads as one cell of a pair
_ALIKE = 0.5  # the share of names that objects under names have in common with the first
_SPACE = re.compile(r"\s*")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a value that is surely JSON: its first element has been read."""
    if not _BEGINS.match(lines[at].text) or lines[at].text[0].isspace() or _mixed(lines[at]):
        return Answer.NO
    for most in _WINDOWS:
        text, used, cut = _joined(lines, at, most)
        if not _BEGINS.match(text) and not _LISTED.match(text):
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
        return Answer.WAIT if cut_off(error, text) else Answer.NO


def _array(text: str, *, over: bool) -> Body | Answer:
    """Look at the first elements of an array."""
    waiting = Answer.NO if over else Answer.WAIT
    prefix = _after_space(text, 0) + 1
    start = _after_space(text, prefix)
    if start >= len(text):
        return waiting
    first = _read(text, start)
    if not isinstance(first, tuple):
        return waiting if first is Answer.WAIT else Answer.NO
    value, end = first
    if isinstance(value, dict):
        return _table(value, prefix) if value else Answer.NO
    if isinstance(value, list) and not value:
        return Answer.NO
    comma = _after_space(text, end)
    if comma >= len(text):
        return waiting
    second = _read(text, _after_space(text, comma + 1)) if text[comma] == "," else Answer.NO
    if not isinstance(second, tuple):
        return waiting if second is Answer.WAIT else Answer.NO
    return _rows(value, second[0], prefix)


def _table(first: dict[str, Any], prefix: int | None, depth: int = 0) -> Body | Answer:
    columns = tuple(flat(first))
    if len(columns) > MOST_COLUMNS:
        return Answer.NO
    return JsonTable(Objects(columns), prefix=prefix, depth=depth)


def _rows(first: Any, row: Any, prefix: int) -> Body | Answer:
    """Look at an array of scalars, or of arrays, of which the first may be the head."""
    if not isinstance(first, list):
        scalar = type(first) is type(row) or None in (first, row)
        return JsonTable(Scalars(), prefix=prefix) if scalar else Answer.NO
    if not isinstance(row, list) or len(row) != len(first) or len(first) < 2:
        return Answer.NO
    named = all(type(item) is str and item for item in first) and len(set(first)) == len(first)
    if named and any(type(item) is not str for item in row):
        return JsonTable(Lists(first), prefix=prefix, head=1)
    return JsonTable(Lists(("",) * len(first)), prefix=prefix)


def _object(text: str, *, over: bool) -> Body | Answer:
    """Look at an object: the first of many, one alone, or one around others."""
    start = _after_space(text, 0)
    found = _read(text, start)
    if not isinstance(found, tuple):
        return _part(text, start, over=over, whole=found is Answer.WAIT)
    value, end = found
    if not value or text[end : text.find("\n", end)].strip():
        return Answer.NO
    following = _after_space(text, end)
    if following < len(text) and text[following] == "{":
        another = _read(text, following)
        if isinstance(another, tuple) and not _wraps(text, start):
            return _table(value, None)
        if another is Answer.WAIT and not over:
            return Answer.WAIT
    elif following >= len(text) and not over and text.count("\n", end) < 2:
        return Answer.WAIT
    return _alone(text, start, value, text.count("\n", 0, end) + 1)


def _wraps(text: str, start: int) -> bool:
    """Say whether the object surely wraps records, on lines of their own."""
    if "\n" not in text[start : start + 2]:
        return False
    return any(each.sure for each in search(text, start) or ())


def _part(text: str, start: int, *, over: bool, whole: bool) -> Body | Answer:
    """Look at the beginning of an object: it may surely wrap records.

    whole: nothing in it is wrong so far.  Records before a fault were sure before it came.
    """
    found = search(text, start)
    if found is None:
        return Answer.NO
    for each in found:
        if each.sure or (over and whole and each.several and len(found) == 1):
            return _wrapped(text, each)
    return Answer.NO if over or not whole else Answer.WAIT


def _wrapped(text: str, found: Found) -> Body | Answer:
    """Return the table of wrapped records; lines of other members above it stay text."""
    line = text.rfind("\n", 0, found.start) + 1
    if not found.above or not line:
        return _table(found.first, found.start + 1, found.depth)
    table = _table(found.first, found.start + 1 - line, found.depth)
    above = text.count("\n", 0, line)
    return table if isinstance(table, Answer) else Unread(above, then=table)


def _alone(text: str, start: int, value: dict[str, Any], used: int) -> Body | Answer:
    """Look at one whole object: records inside of it, objects under names, or pairs."""
    arrays = search(text, start) or ()
    if arrays and (arrays[0].sure or (len(arrays) == 1 and len(flat(arrays[0].first)) > 1)):
        return _wrapped(text, arrays[0])
    named = _named(value)
    if named is not None:
        return Ready(TABLE, named[0], named[1], used)
    pairs = [(name, cell_text(item)) for name, item in flat(value).items()]
    if any(len(words) > _WIDEST for _, words in pairs):
        return Answer.NO
    return Ready(PAIRS, ("", ""), pairs, used)


def _named(value: dict[str, Any]) -> tuple[tuple[str, ...], list[list[str]]] | None:
    """Return objects that are alike, under names, as a table with the names in front."""
    items = list(value.values())
    if len(items) < 2 or not all(isinstance(item, dict) and len(item) > 1 for item in items):
        return None
    first = set(items[0])
    if any(len(first & set(each)) < _ALIKE * max(len(first), len(each)) for each in items):
        return None
    objects = Objects(tuple(flat(items[0])))
    rows = [objects.row(item) for item in items]
    if any(row is None for row in rows):
        return None
    width = len(objects.columns)
    full = [
        [name, *(row or ()), *[""] * (width - len(row or ()))]
        for name, row in zip(value, rows, strict=True)
    ]
    return ("", *objects.columns), full


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
