"""What is looked for in a block of text: words as they are typed, or the words of a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

LONGEST = 200  # characters that can be looked for
MARKED = 200  # places that are marked in one line
_FAULT_WORDS = (b"error", b"exception", b"fatal", b"traceback", b"fail", b"panic", b"critical")
_PERHAPS = re.compile(b"|".join(_FAULT_WORDS))
# "no errors", "0 failed", "errors=0" and "error_count" tell of no fault, nor does
# "terror"; "KeyError" does.
_FAULT = re.compile(
    rb"(?<!\bt)(?<!\b0 )(?<!\bno )(?<!without )(?<!if )"
    rb"(?:(?:error|exception)s?|\b(?:fatal|traceback|failed|failure|panic|critical))\b"
    rb"(?![=:] ?0\b|-|_)"
)


class Needle(Protocol):
    """What can be looked for: a place is (start, end) in the block, or None."""

    @property
    def folds(self) -> bool:
        """Say whether the block has to be in small letters."""

    @property
    def overlap(self) -> int:
        """Return how many bytes of a very long line two blocks of it share."""

    def find(self, data: bytes, start: int) -> tuple[int, int] | None:
        """Return the first place from `start` on."""

    def last(self, data: bytes) -> tuple[int, int] | None:
        """Return the last place."""


@dataclass(frozen=True)
class Words:
    """Words exactly as they were typed, in large and small letters alike unless `match_case`.

    There are no patterns: one that somebody types could hold the server for ever.
    """

    text: str
    match_case: bool = False

    @cached_property
    def raw(self) -> bytes:
        """Return the bytes to look for."""
        return (self.text if self.match_case else self.text.lower()).encode(errors="replace")

    @cached_property
    def pattern(self) -> re.Pattern[bytes] | None:
        """Return a pattern of letters in both cases, where small bytes do not make small letters.

        It repeats nothing, so it takes a time that grows with the block alone.
        """
        if self.match_case or self.text.isascii():
            return None
        letters = []
        for letter in self.text:
            both = {letter.lower(), letter.upper(), letter}
            raw = sorted(re.escape(each.encode(errors="replace").lower()) for each in both)
            letters.append(b"(?:" + b"|".join(raw) + b")" if len(set(raw)) > 1 else raw[0])
        return re.compile(b"".join(letters))

    @property
    def folds(self) -> bool:
        """Say whether the block has to be in small letters."""
        return not self.match_case

    @property
    def overlap(self) -> int:
        """Return one byte less than the longest place has."""
        return max(0, 4 * len(self.text) - 1) if self.pattern else len(self.raw) - 1

    def find(self, data: bytes, start: int) -> tuple[int, int] | None:
        """Return the first place from `start` on."""
        if self.pattern is not None:
            found = self.pattern.search(data, start)
            return found.span() if found else None
        place = data.find(self.raw, start)
        return None if place < 0 else (place, place + len(self.raw))

    def last(self, data: bytes) -> tuple[int, int] | None:
        """Return the last place."""
        if self.pattern is not None:
            places = [found.span() for found in self.pattern.finditer(data)]
            return places[-1] if places else None
        place = data.rfind(self.raw)
        return None if place < 0 else (place, place + len(self.raw))

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places in a line that is shown."""
        pattern = re.compile(re.escape(self.text), 0 if self.match_case else re.IGNORECASE)
        places = pattern.finditer(text)
        return tuple(found.span() for _, found in zip(range(MARKED), places, strict=False))


@dataclass(frozen=True)
class Faults:
    """The words by which programs tell of a fault."""

    folds: bool = True
    overlap: int = 40

    def find(self, data: bytes, start: int) -> tuple[int, int] | None:
        """Return the first place from `start` on; a block without such words costs little."""
        if start == 0 and not any(word in data for word in _FAULT_WORDS):
            return None
        return next(self._places(data, start), None)

    def last(self, data: bytes) -> tuple[int, int] | None:
        """Return the last place."""
        place = None
        for place in self._places(data, 0):  # noqa: B007 # the last one is what is wanted
            pass
        return place

    def _places(self, data: bytes, start: int) -> Iterator[tuple[int, int]]:
        for perhaps in _PERHAPS.finditer(data, start):
            found = _FAULT.match(data, perhaps.start())
            if found is not None:
                yield found.span()
