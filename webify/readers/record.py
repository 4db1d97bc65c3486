"""The lines of one record, pair by pair; where the next record has its names they are a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from webify.model.block import PAIRS, TABLE
from webify.readers.columns import MOST, Columns, Pair
from webify.readers.shapes import Taken
from webify.readers.terminal import Line

_MOST_HELD = 400  # pairs that are held back until it is known whether they are a record
_MOST_APART = 3  # lines between two records
_AWAY = 2  # columns that the values of a part below a blank line may stand away
_LONGEST = 4_000  # characters of a value that goes on over many lines
_RULER = re.compile(r"\s*(?:[-=*_~#─═]{3,}|(?:[-*] ){3,}[-*]?)\s*\Z")


def is_ruler(text: str) -> bool:
    """Say whether a line parts records."""
    return _RULER.match(text) is not None


class Style(NamedTuple):
    """How the pairs of a block are written.

    read     the parts of a line, or None: groups "name" and "value"
    column   where all values begin, 0 where they are not aligned
    indent   blanks before the first name
    """

    read: Callable[[str], re.Match[str] | None]
    column: int
    indent: int


class Record:
    """The body of pairs.

    They are held back until a line tells: the first name once more makes a table of them, any
    other end makes them pairs.
    """

    title = ""
    columns: tuple[str, ...] = ("", "")
    used = 0

    def __init__(self, style: Style) -> None:
        """Read lines of this style."""
        self.kind = PAIRS
        self._style = style
        self._pairs: list[Pair] = []  # of the record at hand, or those held back
        self._names: dict[str, None] = {}  # of the record at hand
        self._first: list[str] = []  # the first two names of the first record
        self._apart: list[Line] = []
        self._doubt: Line | None = None  # the first name came again, without a gap
        self._column = 0
        self._under = False  # names under one without a value
        self._crossed = False  # a record holds blank lines
        self._held_back = True
        self._table = Columns()

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[Sequence[str]] = []
        for index, line in enumerate(lines):
            if not self._take(line, rows):
                return self._ended(rows, lines[index:])
        return self._taken(rows)

    def pause(self) -> Taken:
        """Show what is held back; it may become a table yet."""
        if self.kind == TABLE or not self._held_back:
            return self._taken([])
        return Taken(shown=list(self._pairs))

    def finish(self) -> Taken:
        """Give out what is held back."""
        return self._ended([], ())

    def _take(self, line: Line, rows: list[Sequence[str]]) -> bool:
        """Take one line; False where it is not of the block."""
        text = line.text
        if line.more or line.rewritten:
            return False
        if not text.strip() or (self._pairs and _RULER.match(text)):
            if len(self._apart) == _MOST_APART or self._doubt is not None:
                return False
            self._apart.append(line)
            return True
        pair = self._style.read(text)
        if self._pairs and not self._apart and self._goes_on(text, pair):
            return True
        if pair is None:
            return False
        name, value = pair["name"].strip(), _value(pair)
        if not self._follows(name, line, pair, rows):
            return False
        if len(self._names) >= MOST:
            return False
        self._apart = []
        if self._doubt is not line:
            self._add(name, value, pair)
            self._give_out(rows)
        return True

    def _add(self, name: str, value: str, pair: re.Match[str]) -> None:
        self._names[name] = None
        if len(self._first) < 2 and self.kind == PAIRS:
            self._first.append(name)
        self._pairs.append((name, value))
        self._column = pair.start("value") if value and "value" in pair.groupdict() else 0

    def _give_out(self, rows: list[Sequence[str]]) -> None:
        """Hold no more back than the bounds allow."""
        if self.kind == PAIRS and len(self._pairs) > _MOST_HELD:
            self._held_back = False
        if not self._held_back and self.kind == PAIRS:
            rows += self._pairs[:-1]
            del self._pairs[:-1]

    def _goes_on(self, text: str, pair: re.Match[str] | None) -> bool:
        """Add a line to the value above it, where it is indented below it."""
        name, value = self._pairs[-1]
        indent = len(text) - len(text.lstrip())
        if indent <= self._style.indent and not (self._column and indent >= self._column - 2 > 0):
            self._under = False
            return False
        if self._style.column and (not self._column or indent < self._column - 2):
            return False
        if (
            pair is not None
            and (self._under or not value)
            and indent < (self._column or indent + 1)
        ):
            self._under = True
            return False
        if len(value) < _LONGEST:
            self._pairs[-1] = (name, f"{value}\n{text.strip()}" if value else text.strip())
        return True

    def _follows(
        self, name: str, line: Line, pair: re.Match[str], rows: list[Sequence[str]]
    ) -> bool:
        """Say whether a pair is of this block, and begin the next record with it where it does."""
        if self._doubt is not None:
            return self._resolve(name, rows)
        if not self._first:
            return True
        if self._apart:
            return self._follows_apart(name, pair, rows)
        if name not in self._names or self._under:
            return True
        if name != self._first[0] or len(self._names) < 2 or not self._held_back:
            return False
        if self.kind == TABLE:
            self._next(rows)
        else:
            self._doubt = line
        return True

    def _resolve(self, name: str, rows: list[Sequence[str]]) -> bool:
        """Say whether the second name came again too: a record, and no accident."""
        doubt = self._doubt
        pair = None if doubt is None else self._style.read(doubt.text)
        if pair is None or name != self._first[1]:
            return False
        self._doubt = None
        self._next(rows)
        self._add(pair["name"].strip(), _value(pair), pair)
        return True

    def _follows_apart(self, name: str, pair: re.Match[str], rows: list[Sequence[str]]) -> bool:
        """Say whether a pair below a gap is of this block."""
        known = name in self._table.names if self.kind == TABLE else name == self._first[0]
        if known and self._held_back and (name == self._first[0] or not self._crossed):
            self._next(rows)
            return True
        ruled = any(line.text.strip() for line in self._apart)
        away = abs(pair.start("value") - self._style.column) if _value(pair) else 0
        aligned = self._style.column and away <= _AWAY
        if ruled or not aligned or name in self._names:
            return False
        self._crossed = True
        return True

    def _next(self, rows: list[Sequence[str]]) -> None:
        """End the record at hand as a row."""
        rows.append(self._table.cells(self._pairs))
        self._pairs, self._names, self._under = [], {}, False
        self.kind = TABLE
        self.columns = self._table.names

    def _ended(self, rows: list[Sequence[str]], rest: Sequence[Line]) -> Taken:
        if self.kind == TABLE:
            if self._pairs:
                self._next(rows)
        else:
            rows += self._pairs
        self._pairs = []
        doubt = [] if self._doubt is None else [self._doubt]
        taken = self._taken(rows)
        return taken._replace(rest=[*doubt, *self._apart, *rest], done=True)

    def _taken(self, rows: Sequence[Sequence[str]]) -> Taken:
        columns = self._table.news() if self.kind == TABLE else None
        return Taken(rows, columns=columns)


def _value(pair: re.Match[str]) -> str:
    groups = pair.groupdict()
    return (groups.get("value") or groups.get("bare") or "").strip()
