"""Where secrets stand in a piece of an output, and where one may begin at its end.

A piece is looked through as it is, as a terminal shows it, and with its line breaks taken out, as
far as each can make a difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webify.runs.disguises import SHORTEST, Form

TELLS_NOTHING = 3  # letters of a secret's beginning that may be seen, of a long one
NEAR = 500  # bytes of the end in which the last letters are looked for first
SHARE = 4  # one in so many letters of a shorter one
BREAKS = b"\r\n"
BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")

# What a terminal does not show: colours, titles, a letter that is written over.
_ESCAPES = (
    rb"\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|\Z)"
    rb"|[\]PX^_][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\|\x1b?\Z)"
    rb"|[ -/]*(?:[0-~]|\Z))"
)
_BELOW = rb"|(?:[\x20-\x7f]|[\xc0-\xff][\x80-\xbf]{1,3})\x08"
ESCAPES = re.compile(_ESCAPES)  # begins with one letter always: found fast
ESCAPES_OR_BREAK = re.compile(_ESCAPES + rb"|[\r\n]+")
UNSEEN = re.compile(_ESCAPES + _BELOW)
UNSEEN_OR_BREAK = re.compile(_ESCAPES + _BELOW + rb"|[\r\n]+")


@dataclass(frozen=True)
class Group:
    """Forms that begin alike: looked for together."""

    head: bytes
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: in lines, and with the line breaks taken out; the longest form's size."""

    secrets: tuple[str, ...] = ()
    lines: tuple[Group, ...] = ()
    wrapping: tuple[Group, ...] = ()
    both: tuple[Group, ...] = ()
    longest: int = 0

    @classmethod
    def of(cls, secrets: Iterable[str], found: Sequence[Form]) -> Wanted:
        """Sort the forms of some secrets."""
        return cls(
            tuple(secrets),
            _grouped(form for form in found if not form.wraps),
            _grouped(form for form in found if form.wraps),
            _grouped(found),
            max((len(form.data) for form in found), default=0),
        )


@dataclass(frozen=True)
class Hit:
    """A place where a secret stands, in bytes; breaks: line breaks inside belong to the text."""

    start: int
    end: int
    breaks: bool = True


@dataclass(frozen=True)
class Start:
    """A place from which all that is there could be the beginning of a secret."""

    start: int
    seen: int
    form: Form

    @property
    def telling(self) -> bool:
        """Say whether so much of the secret may not be shown."""
        return self.seen > max(1, min(TELLS_NOTHING, len(self.form.data) // SHARE))

    @property
    def mostly(self) -> bool:
        """Say whether it is most of the secret, so that its end was cut off."""
        return self.seen >= max(SHORTEST, len(self.form.data) // 2)


def look(
    raw: bytes, wanted: Wanted, *, wide: bool = False, open_end: bool = True
) -> tuple[list[Hit], list[Start]]:
    """Return where secrets stand, and where one may begin at the end.

    open_end   more may come
    """
    hits: list[Hit] = []
    starts: list[Start] = []
    for view, groups, pattern in _views(raw, wanted, wide=wide):
        places = None if pattern is None else Places(raw, pattern)
        for start, end, form in _found(view, groups):
            if form.digits and _in_a_number(view, start, end):
                continue
            if form.digits and end == len(view) and open_end:
                starts.append(Start(_at(places, start), end - start, form))
                continue
            first, last = _with_neighbours(view, start, end, form)
            place = _at(places, first)
            over = 2 if raw[place - 1 : place] == b"\x08" else 0  # the letter below its first one
            hits.append(Hit(place - over, _end(places, last), not form.lines))
        for start, form in _beginnings(view, groups):
            seen = len(view) - start
            place = start if pattern is None else from_end(raw, pattern, seen)
            starts.append(Start(place, seen, form))
    return hits, starts


def _views(
    raw: bytes, wanted: Wanted, *, wide: bool
) -> Iterator[tuple[bytes, tuple[Group, ...], re.Pattern[bytes] | None]]:
    """Yield the output as it can be looked through, with what is looked for in it."""
    twice = not wide and b"\x08" in raw
    coloured = twice or (not wide and b"\x1b" in raw)
    if coloured or wide:
        yield raw, wanted.both, None
    if wide:
        return
    hidden = UNSEEN if twice else ESCAPES
    shown = hidden.sub(b"", raw) if coloured else raw
    if wanted.lines:
        yield shown, wanted.lines, hidden if coloured else None
    if wanted.wrapping:
        breaks = UNSEEN_OR_BREAK if twice else ESCAPES_OR_BREAK
        yield shown.translate(None, BREAKS), wanted.wrapping, breaks


class Places:
    """Where the bytes of a view stand in the output that it was made of; told when asked."""

    def __init__(self, raw: bytes, pattern: re.Pattern[bytes]) -> None:
        """Keep what left out what."""
        self._raw = raw
        self._pattern = pattern
        self._seen: list[int] = []
        self._real: list[int] = []

    def at(self, place: int) -> int:
        """Return where a byte of the view stands."""
        if not self._seen:
            self._count()
        index = bisect_right(self._seen, place) - 1
        return self._real[index] + place - self._seen[index]

    def __len__(self) -> int:
        """Return how many bytes the view has."""
        if not self._seen:
            self._count()
        return self._seen[-1] + len(self._raw) - self._real[-1]

    def _count(self) -> None:
        gone = 0
        self._seen, self._real = [0], [0]
        for found in self._pattern.finditer(self._raw):
            start, end = found.span()
            seen = start - gone
            gone += end - start
            if seen == self._seen[-1]:
                self._real[-1] = end
            else:
                self._seen.append(seen)
                self._real.append(end)


def from_end(raw: bytes, pattern: re.Pattern[bytes], seen: int) -> int:
    """Return where the last `seen` bytes of a view begin; nothing unseen goes over a line's end."""
    cut = max(0, raw.rfind(b"\n", 0, max(0, len(raw) - NEAR - 4 * seen)))
    places = Places(raw[cut:], pattern)
    if len(places) < seen:
        cut, places = 0, Places(raw, pattern)
    return cut + places.at(len(places) - seen)


def _at(places: Places | None, place: int) -> int:
    return place if places is None else places.at(place)


def _end(places: Places | None, place: int) -> int:
    return place if places is None else places.at(place - 1) + 1


def _found(view: bytes, groups: Sequence[Group]) -> Iterator[tuple[int, int, Form]]:
    for group in groups:
        at = view.find(group.head)
        while at >= 0:
            for form in group.forms:
                if view.startswith(form.data, at):
                    yield at, at + len(form.data), form
            at = view.find(group.head, at + 1)


def _beginnings(view: bytes, groups: Sequence[Group]) -> Iterator[tuple[int, Form]]:
    """Yield each form that may begin at the end, with the first place where it may."""
    for group in groups:
        for form in group.forms:
            base = max(0, len(view) - len(form.data) + 1)
            at = view.find(form.data[:1], base)
            while at >= 0:
                if form.data.startswith(view[at:]):
                    yield at, form
                    break
                at = view.find(form.data[:1], at + 1)


def _in_a_number(view: bytes, start: int, end: int) -> bool:
    before, behind = view[start - 1 : start] if start else b"", view[end : end + 1]
    return before.isdigit() or behind.isdigit()


def _with_neighbours(view: bytes, start: int, end: int, form: Form) -> tuple[int, int]:
    """Return a place with the letters beside it that tell a part of it."""
    left = form.left and start > 0 and view[start - 1] in BASE64
    right = form.right and end < len(view) and view[end] in BASE64
    return start - left, end + right


def merged(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits in order, those that overlap as one."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, each.end)):
        if found and hit.start < found[-1].end:
            last = found.pop()
            breaks = last.breaks and hit.breaks
            hit = Hit(last.start, max(last.end, hit.end), breaks)  # noqa: PLW2901 - grows
        found.append(hit)
    return found


def unseen(part: bytes, *, breaks: bool) -> bytes:
    """Return what stays of a hidden part: its colours, and its line breaks where it had none."""
    found = (UNSEEN_OR_BREAK if breaks else UNSEEN).findall(part)
    return b"".join(each for each in found if not each.endswith(b"\x08"))


def _grouped(forms: Iterable[Form]) -> tuple[Group, ...]:
    """Return the forms by their first letters, as many as those of a group share."""
    begun: dict[bytes, list[Form]] = {}
    for form in forms:
        begun.setdefault(form.data[:SHORTEST], []).append(form)
    return tuple(
        Group(_shared([form.data for form in several]), tuple(several))
        for several in begun.values()
    )


def joined(one: Wanted, other: Wanted) -> Wanted:
    """Return what looks for both."""
    both = (*one.both, *other.both)
    longest = max(one.longest, other.longest)
    return Wanted(one.secrets, (*one.lines, *other.both), one.wrapping, both, longest)


def _shared(texts: Sequence[bytes]) -> bytes:
    """Return what all begin with."""
    first, last = min(texts), max(texts)
    same = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, min(len(first), len(last)))]
