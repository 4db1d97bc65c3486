"""Records with a numbered line above each: the vertical form of mysql, the expanded one of psql."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import PAIRS, TABLE
from webify.readers.columns import Columns, Pair
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

NAME = "vertical"
SIGNS = "-*+[─═━┌╔╒"

_LONGEST = 1_000  # characters of a line above a record
_MOST_LINES = 4_000  # lines of one record
_STROKES = "-─═━+┌┬┐├┼┤╔╦╗╠╬╣═╒╤╕╞╪╡"
_MARK = re.compile(
    rf"\*{{3,}}\[? ?\d+\. row ?\]?\*{{3,}}|[{_STROKES}]*\[ RECORD \d+ \][{_STROKES}]*|\* Record \d+"
)
_BOTTOM = re.compile(r"[+└╚╘][-─═┴╩╧+]+[+┘╝╛]")
_COLON = re.compile(r"( *\S[^:]*): ?(.*)")
_BAR = re.compile(r"([^|│║]*\S[^|│║]*?) *[|│║](.*)")
_FRAMED = re.compile(r"[|│║] (.*?) *[|│║]\Z")
_END = re.compile(r"\(\d+ rows?\)|\d+ rows? in set|Query OK|Time: ")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find the line above a record, and a pair below it."""
    text = lines[at].text.strip()
    if len(text) > _LONGEST or text[:1] not in "*-+[─═━┌╔╒" or not _MARK.fullmatch(text):
        return Answer.NO
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    below = lines[at + 1].text
    plain = text.startswith("* Record")
    framed = _FRAMED.match(below) is not None
    if not plain and not framed and not _COLON.match(below) and not _BAR.match(below):
        return Answer.NO
    return Vertical(plain=plain, framed=framed)


class Vertical:
    """The body of such records.  One alone is pairs, several are a table."""

    title = ""
    columns: tuple[str, ...] = ("", "")
    used = 1

    def __init__(self, *, plain: bool, framed: bool) -> None:
        """Read pairs between bars, behind one, or parted by blanks alone where they are plain."""
        self.kind = PAIRS
        self._plain = plain
        self._framed = framed
        self._lines: list[str] = []
        self._table = Columns()

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[list[str]] = []
        for index, line in enumerate(lines):
            text = line.text.rstrip()
            if line.more or not text or _END.match(text) or len(self._lines) >= _MOST_LINES:
                return self._ended(rows, lines[index:])
            if _BOTTOM.fullmatch(text):
                return self._ended(rows, lines[index + 1 :])
            if len(text) <= _LONGEST and _MARK.fullmatch(text):
                self.kind = TABLE
                rows.append(self._table.cells(self._record()))
                self.columns = self._table.names
                continue
            self._lines.append(text)
        return Taken(rows, columns=self._table.news())

    def pause(self) -> Taken:
        """Show what is held back; more of it may come."""
        shown = (
            _pairs(self._lines, plain=self._plain, framed=self._framed)
            if self.kind == PAIRS
            else []
        )
        return Taken(shown=shown)

    def finish(self) -> Taken:
        """Give out the last record."""
        return self._ended([], ())

    def _record(self) -> list[Pair]:
        lines, self._lines = self._lines, []
        return _pairs(lines, plain=self._plain, framed=self._framed)

    def _ended(self, rows: list[list[str]], rest: Sequence[Line]) -> Taken:
        record = self._record()
        if self.kind == PAIRS:
            return Taken(record, rest, done=True)
        if record:
            rows.append(self._table.cells(record))
        return Taken(rows, rest, done=True, columns=self._table.news())


def _pairs(lines: Sequence[str], *, plain: bool, framed: bool) -> list[Pair]:
    """Return the pairs of one record; lines without a name go on with the value above."""
    if framed:
        lines = [found[1] if (found := _FRAMED.match(line)) else line for line in lines]
    edge = _edge(lines, plain=plain)
    pairs: list[Pair] = []
    for line in lines:
        name, parted, value = line[:edge].strip(), line[edge : edge + 1], line[edge + 1 :]
        if plain:
            name, parted, value = line[:edge].strip(), " ", line[edge:]
        named = bool(name) and parted in (":", "|", "│", "║", " ")
        goes_on = value.endswith("+") and parted in "|│║"
        value = (value[:-1] if goes_on else value).strip()
        if named:
            pairs.append((name, value))
        elif pairs:
            last, words = pairs[-1]
            more = value if parted in ("|", "│", "║") else line.strip()
            pairs[-1] = (last, f"{words}\n{more}" if words else more)
    return pairs


def _edge(lines: Sequence[str], *, plain: bool) -> int:
    """Return the column that parts names from values in all lines of a record."""
    if not lines:
        return 0
    if plain:
        return max(len(line.split(" ", 1)[0]) for line in lines) + 1
    found = _BAR.match(lines[0]) or _COLON.match(lines[0])
    if found is None:
        return 0
    colon, bar = (
        lines[0].find(":"),
        min((at for each in "|│║" if (at := lines[0].find(each)) >= 0), default=-1),
    )
    return bar if bar >= 0 and (colon < 0 or bar < colon) else colon
