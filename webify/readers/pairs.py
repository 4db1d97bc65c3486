"""Blocks of "name: value" lines, three or more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.block import PAIRS
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

NAME = "pairs"

_FEWEST = 3
_SURE = 5  # so many pairs are pairs even where nothing is aligned
_MOST = 2_000
_LONGEST = 4_000
_COLON = re.compile(
    r"(?P<name>\s*[^\W_][^:=\t\"'{}<>;,|]{0,47}?)(?P<gap>\s*):(?:(?P<space>\s+)(?P<value>\S.*)|\s*)\Z"
)
_PADDED = re.compile(
    r"(?P<name>\s{0,3}[^\W_][^:=.\t\"'{}<>;,|()]{0,47}?)(?P<gap>\s+)=(?:(?P<space>\s+)(?P<value>\S.*)|\s*)\Z"
)
_EQUALS = re.compile(
    r"(?P<name>[^\W\d][\w.\-]{0,60})(?P<gap>)=(?P<space>)(?P<value>(?![\s(=])[^$\"'`]*)\Z"
)
_NO_NAME = re.compile(
    r"\s*(?:def|class|if|elif|else|for|while|try|except|finally|with|case|default|switch|return|"
    r"import|public|private|error|warning|warn|info|debug|notice|note|fatal|critical|trace|hint|"
    r"usage|file)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\S(?: {3,}|\t)\s*\S")  # rather the cells of a row than one value
_CODE_END = (",", ";", "{", "(", "[", "\\")
_MOST_WORDS = 5
_SHORT = 3  # words of a name where nothing is aligned
_INDENT = 3  # blanks before a name where nothing is aligned: rather source code


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find three pairs with different names; more, where nothing is aligned."""
    first = lines[at].text
    if (":" not in first and "=" not in first) or len(first) > _LONGEST:
        return Answer.NO
    for pattern in (_COLON, _PADDED, _EQUALS):
        pair = _pair(pattern, first)
        if pair is not None and pair["value"]:
            return _block(lines, at, pattern, over=over)
    return Answer.NO


def _pair(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the parts of a line that may be a pair."""
    found = pattern.match(text) if len(text) <= _LONGEST else None
    if found is None or len(found["name"].split()) > _MOST_WORDS:
        return None
    if pattern is _COLON and _NO_NAME.match(text):
        return None
    value = found["value"] or ""
    return None if value.endswith(_CODE_END) else found


def _block(
    lines: Sequence[Line], at: int, pattern: re.Pattern[str], *, over: bool
) -> Body | Answer:
    found: list[re.Match[str]] = []
    names: set[str] = set()
    ended = False
    for line in lines[at : at + _SURE]:
        pair = _pair(pattern, line.text)
        if pair is None or line.more:
            ended = True
            if line.text.strip() and len(found) < _FEWEST:
                return Answer.NO
            break
        if pair["name"].strip() in names:
            return Answer.NO
        names.add(pair["name"].strip())
        found.append(pair)
        if len(found) == _FEWEST and _aligned(found):
            return Answer.NO if _rows(found) else Pairs(pattern)
    if len(found) < _SURE and not ended and not over:
        return Answer.WAIT
    if len(found) < _FEWEST or pattern is _PADDED or _sentences(found) or _rows(found):
        return Answer.NO
    if any(len(p["name"].split()) > _SHORT or p["name"][:_INDENT].isspace() for p in found):
        return Answer.NO
    blank = ended and not lines[at + len(found)].text.strip()
    return Pairs(pattern) if len(found) == _SURE or blank or over else Answer.NO


def _aligned(found: Sequence[re.Match[str]]) -> bool:
    """Say whether the values stand below each other, though the names differ in length."""
    if len({len(pair["name"].strip()) for pair in found}) == 1:
        return False
    values = {pair.start("value") for pair in found if pair["value"]}
    return len(values) == 1 and sum(1 for pair in found if pair["value"]) > 1


def _sentences(found: Sequence[re.Match[str]]) -> bool:
    """Say whether most values are sentences."""
    values = [pair["value"] or "" for pair in found]
    full = sum(1 for value in values if value.endswith(".") and len(value.split()) > _MOST_WORDS)
    return full * 2 >= len(values) or not any(values)


def _rows(found: Sequence[re.Match[str]]) -> bool:
    """Say whether most values are several words that stand far apart: cells of a table."""
    return sum(1 for pair in found if _APART.search(pair["value"] or "")) * 2 > len(found)


class Pairs:
    """The body of a block of pairs; a line indented as far as the values goes on with one."""

    kind = PAIRS
    title = ""
    columns: tuple[str, ...] = ("", "")
    used = 0

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Read lines of this pattern."""
        self._pattern = pattern
        self._names: set[str] = set()
        self._held: tuple[str, str] | None = None
        self._indent = 0

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        rows: list[tuple[str, str]] = []
        for index, line in enumerate(lines):
            text = line.text
            if line.more or not text.strip():
                return Taken(rows + self._release(), lines[index:], done=True)
            indent = len(text) - len(text.lstrip())
            short = self._held is not None and len(self._held[1]) < _LONGEST
            if self._held is not None and short and 0 < self._indent <= indent:
                self._held = (self._held[0], f"{self._held[1]} {text.strip()}")
                continue
            pair = _pair(self._pattern, text)
            name = pair["name"].strip() if pair else ""
            if pair is None or name in self._names or len(self._names) >= _MOST:
                return Taken(rows + self._release(), lines[index:], done=True)
            rows += self._release()
            self._names.add(name)
            self._held = (name, (pair["value"] or "").strip())
            self._indent = max(2, pair.start("value") - 2) if pair["value"] else 0
        return Taken(rows)

    def pause(self) -> Taken:
        """Give out the pair that is held back."""
        return Taken(self._release())

    def finish(self) -> Taken:
        """Give out the pair that is held back."""
        return Taken(self._release(), done=True)

    def _release(self) -> list[tuple[str, str]]:
        held, self._held = self._held, None
        return [] if held is None else [held]
