"""INI files whose sections have the same names in them: one row for each section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.assembly import Piece, Verdict, probe
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "ini"
SIGNS = "["

_SECTION = re.compile(r"\[+(?P<name>[^\[\]]{1,200})\]+\s*\Z")
_PAIR = re.compile(r"\s*(?P<name>[\w%$@.][^=:\[\]]{0,60}?)\s*(?P<sign>[=:])\s*(?P<value>.*)\Z")
_LOG = re.compile(
    r"\s*(?:debug|info|notice|warn|warning|error|fatal|critical|ok|done)\b", re.IGNORECASE
)
_LONGEST = 1 << 16
_MOST_LINES = 1_000  # of one section
_FEWEST_KEYS = 2
_ALIKE = 0.5  # the share of names that the first two sections must have in common


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find two sections with names in common."""
    line = lines[at]
    if not line.text.startswith("[") or _section(line.text) is None:
        return Answer.NO
    return probe(Ini, lines, at, over=over, fewest=2)


def _section(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    found = _SECTION.match(text)
    return None if found is None or _LOG.match(found["name"]) else found["name"].strip()


class Ini:
    """Sections: a line in brackets, and pairs under it."""

    title = ""

    def __init__(self) -> None:
        """Begin before the first section."""
        self.names: Sequence[str] | None = None
        self.held = 0
        self._known = {"section": 0}
        self._sign = ""
        self._section: str | None = None
        self._values: dict[str, str] = {}
        self._blank = False
        self._rows: list[list[str]] = []
        self._first: set[str] | None = None

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        text = piece.text
        if piece.more or len(text) > _LONGEST or self.held > _MOST_LINES:
            return Verdict.FOREIGN
        section = _section(text)
        if section is not None:
            verdict = self._next(section)
        elif not text.strip():
            self._blank, verdict = True, Verdict.MINE
        else:
            verdict = Verdict.MINE if text.lstrip()[0] in "#;" else self._pair(text)
        self.held += verdict is Verdict.MINE
        return verdict

    def release(self) -> list[list[str]]:
        """Return the rows of the sections that have ended."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Take what has come for a whole row."""
        if self._section is not None:
            self._end_section()

    def _next(self, name: str) -> Verdict:
        """Begin a section; the one before it has ended."""
        if self._section is not None and not self._end_section():
            return Verdict.FOREIGN
        self._section, self._blank = name, False
        return Verdict.MINE

    def _pair(self, text: str) -> Verdict:
        found = _PAIR.match(text)
        if found is None or self._section is None:
            return Verdict.FOREIGN
        name, sign = found["name"], found["sign"]
        self._sign = self._sign or sign
        if sign != self._sign or name in self._values:
            return Verdict.FOREIGN
        if self._blank and self._first is not None and name not in self._known:
            return Verdict.FOREIGN  # rather something else behind the last section
        self._values[name] = found["value"].strip()
        return Verdict.MINE

    def _end_section(self) -> bool:
        """Make a row of a section; say whether it is like the first one."""
        values, self._values = self._values, {}
        section, self._section = self._section, None
        if self._first is None:
            self._first = set(values)
        alike = len(self._first & set(values)) >= _ALIKE * max(len(self._first), len(values))
        if len(values) < _FEWEST_KEYS or not alike:
            return False
        self.held = 0
        for name in values:
            self._known.setdefault(name, len(self._known))
        self.names = tuple(self._known)
        self._rows.append([section or "", *(values.get(name, "") for name in self.names[1:])])
        return True
