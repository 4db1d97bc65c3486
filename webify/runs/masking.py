"""Dots in place of the secrets of a run, in what its tool prints, while it prints it.

Each stream has a Veil: bytes go in as they come, and come out as they may be kept.  A secret may
be cut into pieces by the way that it came, hold colours, be broken over lines, or be written in
one of the forms of disguises.py.  Only an end that could be the beginning of a secret is held
back; after a short silence it is let go as far as it tells too little, so that a question appears
whatever it ends with.  What comes then is still looked at together with what went.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from webify.adapters.naming import secret
from webify.faces.values import MASK
from webify.runs.disguises import forms_of, wide_forms
from webify.runs.spotting import Hit, Wanted, joined, look, merged, unseen

MOST_HELD = 1 << 16  # bytes held back beside the longest secret
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
DOTS = MASK.encode("utf-8")


class Secrets:
    """The secrets of one run; more may be told while it goes on."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Begin with those that are known beforehand."""
        self._lock = threading.Lock()
        self.wanted = Wanted()
        self._wide: dict[str, Wanted] = {}
        self._tell(secrets)

    def add(self, secret: str) -> None:
        """Hide one more from now on, such as a password that was typed as an answer."""
        self._tell((secret,))

    def _tell(self, secrets: Iterable[str]) -> None:
        with self._lock:
            every = tuple(dict.fromkeys((*self.wanted.secrets, *secrets)))
            found = forms_of(every)
            self._wide = {
                encoding: Wanted.of(every, [f for s in every for f in wide_forms(s, encoding)])
                for encoding in (MARKS.values() if found else ())
            }
            self.wanted = Wanted.of(every, found)

    @property
    def any(self) -> bool:
        """Say whether there is anything to be hidden."""
        return self.wanted.longest > 0

    def wide(self, encoding: str) -> Wanted:
        """Return what is looked for in an output of two bytes a character."""
        return self._wide.get(encoding, Wanted())


@dataclass(frozen=True)
class Held:
    """What a veil holds back, and knows of what went by.

    kept      what may belong to what comes; the first `sent` bytes have gone
    dotted    what went last were dots
    encoding  of a stream with two bytes a character
    begun     whether its encoding is known
    """

    kept: bytes = b""
    sent: int = 0
    dotted: bool = False
    encoding: str = ""
    begun: bool = False

    @property
    def flags(self) -> int:
        """Return all but the bytes, and how many of them have gone, as a number."""
        encoding = ("", *MARKS.values()).index(self.encoding)
        return self.dotted + 2 * self.begun + 4 * encoding

    @classmethod
    def of(cls, kept: bytes, sent: int, flags: int) -> Held:
        """Return what such a number stands for."""
        encoding = ("", *MARKS.values())[flags >> 2]
        return cls(kept, sent, bool(flags & 1), encoding, bool(flags & 2))


class Veil:
    """One stream of a tool.  Not safe for threads: its pump holds a lock."""

    def __init__(self, secrets: Secrets, held: Held | None = None) -> None:
        """Begin with nothing, or where another one was."""
        self._secrets = secrets
        held = held or Held()
        self._kept, self._sent, self._dotted = held.kept, held.sent, held.dotted
        self._encoding, self._begun = held.encoding, held.begun

    @property
    def state(self) -> Held:
        """Return from where another one can go on."""
        return Held(self._kept, self._sent, self._dotted, self._encoding, self._begun)

    @property
    def held(self) -> bool:
        """Say whether something waits."""
        return len(self._kept) > self._sent

    def pass_over(self) -> None:
        """Hear that bytes went by in which nothing was to be hidden."""
        self._begun = True

    def feed(self, data: bytes) -> bytes:
        """Take the next bytes and return what may be kept."""
        if not self._secrets.any and not self._kept:
            self._begun = self._begun or bool(data)
            return data
        return self._advance(data)

    def release(self) -> bytes:
        """Return what is let go after a silence."""
        return self._advance(b"", quiet=True) if self.held else b""

    def finish(self) -> bytes:
        """Return the rest: nothing more comes."""
        return self._advance(b"", last=True) if self.held else b""

    def _advance(self, data: bytes, *, quiet: bool = False, last: bool = False) -> bytes:
        raw = self._kept + data
        if not self._begun and not last and len(raw) < 2:
            self._kept = raw
            return b""
        wanted = self._wanted(raw)
        hits, starts = look(raw, wanted, wide=bool(self._encoding), open_end=not (quiet or last))
        if last:
            hits = [*hits, *(Hit(each.start, len(raw)) for each in starts if each.mostly)]
        barred = [] if last else [each for each in starts if each.telling or not quiet]
        hold = min((each.start for each in barred), default=len(raw))
        if len(raw) - hold > MOST_HELD + 4 * wanted.longest:
            hold = len(raw)
        keep = min((each.start for each in starts), default=len(raw))
        return self._cut(raw, merged(hits), hold, max(0, min(keep, hold, len(raw) - 1)))

    def _wanted(self, raw: bytes) -> Wanted:
        """Return what is looked for, and note at the beginning how the stream is encoded."""
        if not self._begun:
            self._encoding = MARKS.get(raw[:2], "")
            self._begun = True
        if self._encoding:
            return self._secrets.wide(self._encoding)
        if b"\0" in raw:
            return joined(self._secrets.wanted, self._secrets.wide("utf-16-le"))
        return self._secrets.wanted

    def _cut(self, raw: bytes, hits: Sequence[Hit], hold: int, keep: int) -> bytes:
        """Return the bytes up to hold with dots for hits; keep the others."""
        pieces: list[bytes] = []
        at = self._sent
        hold = max(hold, at)
        for hit in hits:
            if hit.end <= at or hit.start >= hold:
                continue
            pieces.append(raw[at : hit.start])
            went_on = hit.start < at and self._dotted
            inside = raw[max(at, hit.start) : hit.end]
            pieces.append((b"" if went_on else self._dots()) + unseen(inside, breaks=hit.breaks))
            at = hit.end
            self._dotted = True
            hold = max(hold, at)
        if hold > at:
            pieces.append(raw[at:hold])
            self._dotted = False
        keep = max(0, min(keep, hold))
        self._kept, self._sent = raw[keep:], hold - keep
        return b"".join(pieces)

    def _dots(self) -> bytes:
        return MASK.encode(self._encoding) if self._encoding else DOTS


def secrets_in(env: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a site put into a tool's environment under the name of a secret, or in a URL."""
    found = [text for name, text in env.items() if secret([name])]
    for text in env.values():
        with contextlib.suppress(ValueError):  # no address at all
            password = urlsplit(text).password or ""
            found += [password, unquote(password)]
    return tuple(dict.fromkeys(each for each in found if each))
