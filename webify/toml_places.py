"""Find the line of a TOML text on which a key stands; tomllib keeps no lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Place = tuple[str | int, ...]

WORD = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|\n"
    r"|[\[\]{}=,.]"
    r"|[^\s\[\]{}=,.\"'#]+",
    re.DOTALL,
)
ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|["\\bfnrt])')
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def places(text: str) -> dict[Place, int]:
    """Return the line of each key and table of a text that tomllib has read without fault.

    A place is the path to the key; the members of [[name]] are ("name", 0), ("name", 1) ...
    """
    return _Reader(text).read()


@dataclass
class _Reader:
    text: str
    found: dict[Place, int] = field(default_factory=dict)
    counts: dict[Place, int] = field(default_factory=dict)

    def read(self) -> dict[Place, int]:
        words = self._words()
        table: Place = ()
        for word, line in words:
            if word == "\n":
                continue
            if word == "[":
                table = self._heading(words, line)
            else:
                self._pair(words, word, line, table)
        return self.found

    def _words(self) -> Iterator[tuple[str, int]]:
        line, last = 1, 0
        for match in WORD.finditer(self.text):
            line += self.text.count("\n", last, match.start())
            last = match.start()
            if not match.group().startswith("#"):
                yield match.group(), line

    def _heading(self, words: Iterator[tuple[str, int]], line: int) -> Place:
        path, several = [], False
        for word, _ in words:
            if word == "\n":
                break
            if word == "[":
                several = True
            elif word not in ("]", "."):
                path.append(plain(word))
        return self._enter(path, line, several)

    def _enter(self, path: list[str], line: int, several: bool) -> Place:
        place: Place = ()
        for index, word in enumerate(path, 1):
            place = (*place, word)
            self.found.setdefault(place, line)
            if several and index == len(path):
                self.counts[place] = self.counts.get(place, 0) + 1
            if place in self.counts:
                place = (*place, self.counts[place] - 1)
                self.found.setdefault(place, line)
        return place

    def _pair(self, words: Iterator[tuple[str, int]], word: str, line: int, table: Place) -> str:
        """Note a key and read over its value; return the word that ended it."""
        place = table
        while word != "=":
            if word != ".":
                place = (*place, plain(word))
                self.found.setdefault(place, line)
            word = next(words)[0]
        return self._value(words, place)

    def _value(self, words: Iterator[tuple[str, int]], place: Place) -> str:
        for word, _ in words:
            if word == "{":
                self._inline(words, place)
            elif word == "[":
                self._list(words, place)
            elif word in ("\n", ",", "}", "]"):
                return word
        return "\n"

    def _inline(self, words: Iterator[tuple[str, int]], place: Place) -> None:
        for word, line in words:
            if word == "}":
                return
            if word not in (",", "\n") and self._pair(words, word, line, place) == "}":
                return

    def _list(self, words: Iterator[tuple[str, int]], place: Place) -> None:
        index = 0
        for word, line in words:
            if word == "]":
                return
            if word == ",":
                index += 1
            elif word == "[":
                self._list(words, (*place, index))
            elif word == "{":
                self._inline(words, (*place, index))
            elif word != "\n":
                self.found.setdefault((*place, index), line)


def plain(word: str) -> str:
    """Return the key that a bare or quoted word spells."""
    if word.startswith("'"):
        return word[1:-1]
    if word.startswith('"'):
        return ESCAPE.sub(_unescape, word[1:-1])
    return word


def _unescape(match: re.Match[str]) -> str:
    word = match.group(1)
    return chr(int(word[1:], 16)) if word[0] in "uU" else ESCAPED[word]
