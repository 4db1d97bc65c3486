"""The rows of JSON values, read as they come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError, JSONDecoder
from json.encoder import encode_basestring
from typing import Any

from webify.model.block import PAIRS, TABLE, TEXT
from webify.readers.shapes import Taken
from webify.readers.terminal import Line

_MOST = 1 << 20  # characters of one element
_SMALL = 1 << 12  # what is shorter is tried again with each line
_MOST_COLUMNS = 2_000
_SPACE = re.compile(r"[\s,]*")


class Number(str):
    """A number in the tool's own words: 1.10 stays 1.10."""

    __slots__ = ()


DECODER = JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number, strict=True)


def cell_text(value: Any) -> str:
    """Return a value as the text of a cell; nested ones as compact JSON."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else _compact(value)


def _compact(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        inside = (f"{encode_basestring(name)}:{_compact(item)}" for name, item in value.items())
        return "{" + ",".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return {True: "true", False: "false"}.get(value, "null")


class Unread:
    """The beginning of a value that is too long to wait for: text, and not looked at again."""

    kind = TEXT
    title = ""
    columns: tuple[str, ...] = ()

    def __init__(self, used: int) -> None:
        """Claim so many lines."""
        self.used = used

    def take(self, lines: Sequence[Line]) -> Taken:
        """Take none."""
        return Taken(rest=lines, done=True)

    def pause(self) -> Taken:
        """Hold nothing back."""
        return Taken()

    def finish(self) -> Taken:
        """Hold nothing back."""
        return Taken(done=True)


class JsonPairs:
    """One object: it was read whole when it was found."""

    kind = PAIRS
    title = ""
    columns: tuple[str, ...] = ("", "")

    def __init__(self, pairs: Sequence[tuple[str, str]], used: int) -> None:
        """Give out these pairs."""
        self.used = used
        self._pairs = pairs

    def take(self, lines: Sequence[Line]) -> Taken:
        """Give out all."""
        return Taken(self._pairs, lines, done=True)

    def pause(self) -> Taken:
        """Give out nothing: take() has done so."""
        return Taken()

    def finish(self) -> Taken:
        """Give out nothing: take() has done so."""
        return Taken(done=True)


class JsonTable:
    """Elements of an array, or objects that follow each other."""

    kind = TABLE
    title = ""
    used = 0

    def __init__(self, columns: tuple[str, ...], *, array: bool, lists: int | None = None) -> None:
        """Read an array, or objects that follow each other.

        lists: the elements are lists, and so many of the first are the head.
        """
        self.columns = columns
        self._known = {name: at for at, name in enumerate(columns)}
        self._array = array
        self._lists = lists is not None
        self._skip = lists or 0
        self._open = array  # the bracket of the array comes first
        self._text = ""
        self._lines: list[tuple[int, int, Line]] = []  # where in the text they begin and end
        self._need = 0

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        pieces = [self._text]
        size = len(self._text)
        for line in lines:
            pieces += (line.text,) if line.more else (line.text, "\n")
            start, size = size, size + len(line.text) + (not line.more)
            self._lines.append((start, size, line))
        self._text = "".join(pieces)
        return self._parse() if size >= self._need else Taken()

    def pause(self) -> Taken:
        """Try what has come so far."""
        return self._parse()

    def finish(self) -> Taken:
        """Read the last elements; what is not complete is text."""
        taken = self._parse()
        return taken if taken.done else taken._replace(rest=self._rest(0), done=True)

    def _parse(self) -> Taken:
        width = len(self.columns)
        rows: list[list[str]] = []
        at, done = self._elements(rows)
        rest: Sequence[Line] = self._rest(at) if done else ()
        self._text = self._text[at:]
        self._lines = [(a - at, b - at, line) for a, b, line in self._lines if b > at]
        left = len(self._text)
        self._need = left + left // 4 if left > _SMALL else 0
        if left > _MOST and not done:
            rest, done = self._rest(0), True
        columns = self.columns if len(self.columns) > width else None
        return Taken(rows, rest, done=done, columns=columns)

    def _elements(self, rows: list[list[str]]) -> tuple[int, bool]:
        """Read elements into rows; return where they end, and whether all have ended."""
        text = self._text
        at = 0
        if self._open and "[" in text:
            at = text.index("[") + 1
            self._open = False
        while True:
            start = self._next(text, at)
            if start >= len(text):
                return start, False
            if self._array and text[start] == "]":
                return start + 1, True
            try:
                value, end = DECODER.raw_decode(text, start)
            except (JSONDecodeError, RecursionError):
                return start, self._broken(text, start)
            row = self._row(value)
            if row is None or not self._ends_well(text, end):
                return start, True
            if self._skip:
                self._skip -= 1
            else:
                rows.append(row)
            at = end

    def _next(self, text: str, at: int) -> int:
        found = _SPACE.match(text, at)
        return found.end() if found else at

    def _broken(self, text: str, start: int) -> bool:
        """Say whether what could not be read will not be mended by more of it."""
        if text[start] not in "{[":
            return True
        try:
            DECODER.raw_decode(text, start)
        except JSONDecodeError as error:
            cut_off = error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 6
            return not cut_off
        except RecursionError:
            return True
        return False

    def _ends_well(self, text: str, end: int) -> bool:
        """Say whether nothing but a line break follows an object on its line."""
        if self._array:
            return True
        stop = text.find("\n", end)
        return not text[end : stop if stop >= 0 else None].strip()

    def _rest(self, at: int) -> list[Line]:
        """Return the lines that nothing was read of; `at` is where the reading ended."""
        return [
            line
            for start, end, line in self._lines
            if end > at and (start >= at or (start >= 0 and not self._text[start:at].strip()))
        ]

    def _row(self, value: Any) -> list[str] | None:
        """Return the cells of an element, or None where it is of another kind."""
        if self._lists:
            return [cell_text(item) for item in value] if isinstance(value, list) else None
        if not isinstance(value, dict):
            return None
        for name in value:
            if name not in self._known:
                if len(self.columns) >= _MOST_COLUMNS:
                    return None
                self._known[name] = len(self.columns)
                self.columns = (*self.columns, name)
        cells = map(value.get, self.columns)
        return [cell if type(cell) is str else cell_text(cell) for cell in cells]
