"""YAML in block style: a list of mappings, documents, a mapping of mappings.

The text is cut into its items by their first characters, so that rows come while it grows, and
each item is read by PyYAML with its base loader: all values stay the words of the tool.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import yaml

from webify.readers.assembly import Piece, Verdict, probe
from webify.readers.flat import flatten
from webify.readers.shapes import Answer, Body, Unread
from webify.readers.terminal import Line

NAME = "yaml"
HOLDS = re.compile("[-:]")

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # a wheel without libyaml is slower
_MOST_LINES = 500  # of one item
_MOST_ABOVE = 30  # pairs of a first document that nothing announces
_MOST_ITEM = 1 << 16  # characters
_LONGEST = 1 << 15
_FEWEST_KEYS = 2
_ALIKE = 0.5  # the share of names that the items must have in common with the first
_KEY = r"(?:[A-Za-z_][\w./-]{0,60}(?: [\w./%()-]{1,30}){0,3}|\"[^\"\\]{1,60}\"|'[^']{1,60}')"
_PAIR = re.compile(rf"{_KEY}:(?: +\S.*| *)\Z")
_ITEM = re.compile(rf"(?P<indent> {{0,2}})- +(?={_KEY}:(?: |\Z))")
_DEEP_ITEM = re.compile(rf" {{3,}}- +{_KEY}:(?: |\Z)")
_OPENING = re.compile(r"(?P<name>[\w.@/-]{1,80}|\"[^\"\\]{1,80}\"|'[^']{1,80}'): *\Z")
_NO_KEY = re.compile(r"(?:warning|error|note|usage|info|debug|example|see|todo)s?\b", re.IGNORECASE)
_START = "---"
_END = "..."


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find two items that have names in common."""
    text = lines[at].text
    if (":" not in text and text[:3] != _START) or len(text) > _LONGEST or lines[at].more:
        return Answer.NO
    item = _ITEM.match(text)
    if item:
        indent = len(item["indent"])
        return probe(lambda: Yaml(_listed(indent)), lines, at, over=over, fewest=2)
    if text.rstrip() == _START:
        return _below(lines, at, over=over)
    if _PAIR.match(text) and not _NO_KEY.match(text):
        if _OPENING.match(text):
            return _mapping(lines, at, over=over)
        return _separated(lines, at, over=over)
    return Answer.NO


def _below(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Look at what follows the start of a document: a list, or a document among others."""
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    text = lines[at + 1].text
    if not _PAIR.match(text) or len(text) > _LONGEST:
        return Answer.NO  # a list is found by its own first line
    return probe(lambda: Yaml(_documents), lines, at, over=over, fewest=2)


def _mapping(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Look at a name over pairs that are further right."""
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    text = lines[at + 1].text
    indent = len(text) - len(text.lstrip())
    if not indent or len(text) > _LONGEST or not _PAIR.match(text.strip()):
        return Answer.NO
    return probe(lambda: Yaml(_named), lines, at, over=over, fewest=2)


def _separated(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Look for the start of another document below some pairs, or a list deep inside of them."""
    for index in range(at, min(at + _MOST_ABOVE, len(lines))):
        text = lines[index].text[:_LONGEST]
        if text.rstrip() == _START:
            return probe(lambda: Yaml(_documents), lines, at, over=over, fewest=2)
        if _DEEP_ITEM.match(text) and lines[index - 1].text.rstrip().endswith(":"):
            return _nested(lines, at, index, over=over)
        if lines[index].more or not _is_pair(text):
            return Answer.NO
    return Answer.NO if over or len(lines) >= at + _MOST_ABOVE else Answer.WAIT


@lru_cache(maxsize=_MOST_ABOVE * 2)  # the next line looks at the same ones
def _is_pair(text: str) -> bool:
    return _PAIR.match(text.strip()) is not None


def _nested(lines: Sequence[Line], at: int, seen: int, *, over: bool) -> Body | Answer:
    """Leave a document alone that goes deeper than any table."""
    for index in range(seen, min(at + _MOST_LINES, len(lines))):
        text = lines[index].text[:_LONGEST]
        if text.strip() and text[0] != " " and not _PAIR.match(text):
            return Unread(index - at)
    waiting = len(lines) < at + _MOST_LINES and not over
    return Answer.WAIT if waiting else Unread(min(_MOST_LINES, len(lines) - at))


class _Cut:
    """What the first characters of a line say: where an item begins, and what is foreign."""

    BEGINS = "begins"
    GOES_ON = "goes on"
    FOREIGN = "foreign"


Cut = Callable[[str], str]


def _listed(indent: int) -> Cut:
    """Return the cut for items of a list that stands so far right."""

    def cut(text: str) -> str:
        here = len(text) - len(text.lstrip(" "))
        if here == indent and _ITEM.match(text):
            return _Cut.BEGINS
        return _Cut.GOES_ON if here > indent else _Cut.FOREIGN

    return cut


def _documents(text: str) -> str:
    """Cut where a document starts."""
    if text.rstrip() == _START:
        return _Cut.BEGINS
    return _Cut.GOES_ON if text[0] in " -" or _PAIR.match(text) else _Cut.FOREIGN


def _named(text: str) -> str:
    """Cut at names that stand at the very left."""
    if text[0] == " ":
        return _Cut.GOES_ON
    return _Cut.BEGINS if _OPENING.match(text) else _Cut.FOREIGN


class Yaml:
    """Items that are like the first one, one row each."""

    title = ""

    def __init__(self, cut: Cut) -> None:
        """Cut the lines into items with this."""
        self.names: Sequence[str] | None = None
        self.held = 0
        self._cut = cut
        self._known: dict[str, int] = {}
        self._first: set[str] | None = None
        self._text: list[str] = []
        self._size = 0
        self._blank = False
        self._rows: list[list[str]] = []

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        text = piece.text
        if piece.more or self.held > _MOST_LINES or self._size + len(text) > _MOST_ITEM:
            return Verdict.FOREIGN
        if not text.strip():
            self._blank = True
        elif not text.lstrip().startswith("#"):
            cut = self._cut(text)
            if self._blank and self._first and self._unknown(text):
                return Verdict.FOREIGN
            self._blank = False
            if text.rstrip() == _END or cut is _Cut.FOREIGN:
                return Verdict.FOREIGN
            if cut is _Cut.BEGINS and self._text and not self._end_item():
                return Verdict.FOREIGN
        self._text.append(text)
        self._size += len(text) + 1
        self.held += 1
        return Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows of the items that have ended."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Take what has come for a whole item."""
        if self._text:
            self._end_item()

    def _unknown(self, text: str) -> bool:
        """Say whether a pair at the very left has a name that no document had."""
        return self._cut is _documents and (
            _PAIR.match(text) is not None and text.partition(":")[0] not in self._known
        )

    def _end_item(self) -> bool:
        """Make a row of an item; say whether it is like the first one."""
        text, self._text, self._size = "\n".join(self._text), [], 0
        if not text.strip(" -\n"):
            return True
        cells = _cells(text, named=self._cut is _named)
        if cells is None:
            return False
        names = set(cells) - {""}
        if self._first is None:
            self._first = names
        alike = len(names & self._first) >= _ALIKE * min(len(names), len(self._first))
        if len(cells) < _FEWEST_KEYS or not alike:
            return False
        for name in cells:
            self._known.setdefault(name, len(self._known))
        self.held = 0
        self.names = tuple(self._known)
        self._rows.append([cells.get(name, "") for name in self._known])
        return True


def _cells(text: str, *, named: bool) -> dict[str, str] | None:
    """Return the cells of an item by their names, or None where it is no mapping of text."""
    try:
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506 - the base loader makes only text
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if named and isinstance(value, dict) and len(value) == 1:
        name, value = next(iter(value.items()))
        if not isinstance(value, dict) or not isinstance(name, str) or "" in value:
            return None
        value = {"": name, **value}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        return None
    return flatten(value, _compact)


def _compact(value: Any) -> str:
    """Return a value inside of a cell in the flow style of YAML."""
    if isinstance(value, str):
        return value
    if not value:
        return "" if value is None else str(value)
    return str(
        yaml.dump(value, Dumper=yaml.SafeDumper, default_flow_style=True, width=_MOST_ITEM)
    ).strip()
