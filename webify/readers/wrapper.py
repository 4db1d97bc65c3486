"""The object around the records of a JSON document: {"count": 3, "results": [...]}."""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import NamedTuple

from webify.readers.values import DECODER

# Names under which services put their records, and those that stand around such a name.
_COLLECTIONS = re.compile(
    r"items|results|data|rows|records|entries|list|values|hits|objects|"
    r"elements|content|value|edges|nodes|features|members|resources|events|"
    r"logs"
)
_ENVELOPES = re.compile(
    r"data|result|results|response|payload|body|output|hits|page|reply|d|"
    r"_embedded"
)
_SPACE = re.compile(r"\s*")
_DEEPEST = 4


class Found(NamedTuple):
    """Where records begin.

    start   the bracket of their array
    depth   how many braces are open around it
    sure    its name says that these are the records, and there are two or more
    above   something other than names and braces stands before it
    """

    start: int
    depth: int
    first: dict[str, object]
    several: bool
    sure: bool
    above: bool


def search(text: str, at: int) -> tuple[Found, ...] | None:
    """Return the arrays of objects in the object that begins at `at`; None where it is no JSON."""
    walk = _Walk(text)
    try:
        walk.members(at, 1)
    except _CutOffError:
        pass
    except (JSONDecodeError, RecursionError):
        return None
    return tuple(walk.found)


class _CutOffError(Exception):
    """The text ends before the value does."""


class _Walk:
    """Goes over the members of an object, and of those that are only envelopes."""

    def __init__(self, text: str) -> None:
        self.found: list[Found] = []
        self._text = text
        self._above = False

    def members(self, at: int, depth: int) -> int:
        """Go over an object; return where it ends."""
        at = self._space(at + 1)
        while self._text[at] != "}":
            name, at = self._name(at)
            at = self._space(at)
            envelope = _ENVELOPES.fullmatch(name) is not None and depth < _DEEPEST
            if self._text[at] == "{" and envelope:
                at = self.members(at, depth + 1)
            elif self._text[at] == "[":
                at = self._array(at, depth, name)
            else:
                _, at = self._value(at)
                self._above = True
            at = self._space(at)
            if self._text[at] == ",":
                at = self._space(at + 1)
            elif self._text[at] != "}":
                raise JSONDecodeError("no comma", self._text, at)
        return at + 1

    def _array(self, at: int, depth: int, name: str) -> int:
        """Go over an array; where its first element is an object, note it and stop looking."""
        first = self._space(at + 1)
        if self._text[first] != "{":
            _, end = self._value(at)
            self._above = True
            return end
        value, end = self._value(first)
        behind = self._space(end)
        several = self._text[behind] == "," and self._text[self._space(behind + 1)] == "{"
        if isinstance(value, dict) and value:
            sure = several and _COLLECTIONS.fullmatch(name) is not None
            self.found.append(Found(at, depth, value, several, sure, self._above))
            if sure:
                raise _CutOffError
        _, end = self._value(at)
        self._above = True
        return end

    def _name(self, at: int) -> tuple[str, int]:
        if self._text[at] != '"':
            raise JSONDecodeError("no name", self._text, at)
        name, at = self._value(at)
        at = self._space(at)
        if self._text[at] != ":":
            raise JSONDecodeError("no colon", self._text, at)
        return str(name), at + 1

    def _value(self, at: int) -> tuple[object, int]:
        """Read a value; where the text ends within it, it is cut off."""
        try:
            return DECODER.raw_decode(self._text, at)
        except JSONDecodeError as error:
            if cut_off(error, self._text):
                raise _CutOffError from error
            raise

    def _space(self, at: int) -> int:
        """Return where the next word is, which there must be."""
        found = _SPACE.match(self._text, at)
        at = found.end() if found else at
        if at >= len(self._text):
            raise _CutOffError
        return at


def cut_off(error: JSONDecodeError, text: str) -> bool:
    """Say whether more text may mend the error: it is where the text ends."""
    return error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 6
