"""What a cell of a table looks like: its own words always, with a bar, a chip or a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from webify.model.block import Column
from webify.rows.export import iso
from webify.rows.kinds import Reader, is_empty, reader_of
from webify.rows.words import ACTIVE, BAD, GOOD, IDLE, WARNING

LONG = 60  # letters of a path, from which its middle gives way
ENDS = 28  # letters that stay on both sides of it
MOST = 2_000  # letters of a cell that a page shows
NARROW = 24  # letters of a text that need no second line
WHOLE = 100.0  # per cent
_SIZE = re.compile(r"(.*?\d)(\s*[A-Za-z]{1,6}\s*)")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Shown:
    """One cell.

    kind   "plain", "blank", "long", "link", "chip", "share", "unit" or "time"
    text   the tool's words, or their beginning; more: how many letters were left out
    short  what is seen of a long one until it has the focus
    aim    address of a link, tone of a chip, machine's spelling of a time
    share  part of a bar that is filled, from 0 to 100
    """

    kind: str
    text: str
    more: int = 0
    short: str = ""
    aim: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class Look:
    """One column as a page shows it: its number, its words and its style."""

    index: int
    column: Column
    past: bool = False  # on a phone it waits until it is asked for
    widest: int = 0  # letters of its longest cell on this page

    @property
    def name(self) -> str:
        """Return what the column is called."""
        return name_of(self.column, self.index)

    @property
    def label(self) -> str:
        """Return the name with its unit, for a card on a phone."""
        return f"{self.name}, {self.unit}" if self.unit else self.name

    @property
    def unit(self) -> str:
        """Return the unit to be named beside the column, "" where its name says it already."""
        unit = self.column.unit
        said = re.findall(r"[^\W\d_]+|[^\w\s]", self.name.casefold())
        return "" if unit.casefold() in said else unit

    @property
    def classes(self) -> str:
        """Return the classes of its cells."""
        kind = self.column.type
        words = {
            "r": self.column.align == "right" and kind != "percent",
            "nw": kind != "text" or self.widest <= NARROW,
            "w": kind == "text" and self.widest > NARROW,
            "n": kind in ("date", "time", "percent"),
            "mono": kind in ("code", "path"),
            "past": self.past,
        }
        return " ".join(word for word, holds in words.items() if holds)

    @cached_property
    def read(self) -> Reader:
        """Return what reads a cell as its type."""
        return reader_of(self.column)

    def shown(self, cell: str) -> Shown:
        """Return how one cell of the column is shown."""
        if not cell:
            return Shown("plain", "")
        if len(cell) > MOST:
            return Shown("plain", cell[:MOST], more=len(cell) - MOST)
        if is_empty(cell, self.column):
            return Shown("blank", cell)
        look = LOOKS.get(self.column.type)
        return look(cell, self.read) if look else Shown("plain", cell)


def name_of(column: Column, index: int) -> str:
    """Return what a column is called, "Column 3" where the tool gave it no name."""
    return column.name.strip() or f"Column {index + 1}"


def cut(text: str) -> str:
    """Return a long text without its middle, or "" where it is short enough."""
    return f"{text[:ENDS]}…{text[-ENDS:]}" if len(text) > LONG else ""


def _unbroken(cell: str, _: Reader) -> Shown:
    return Shown("long", cell, short=cut(cell)) if len(cell) > LONG else Shown("plain", cell)


def _link(cell: str, read: Reader) -> Shown:
    """Return a link to an address of the web or of mail, and to nothing else."""
    text = cell.strip()
    if _WEB.fullmatch(text):
        return Shown("link", cell, short=cut(cell), aim=text)
    if _MAIL.fullmatch(text.removeprefix("mailto:")):
        return Shown("link", cell, short=cut(cell), aim=f"mailto:{text.removeprefix('mailto:')}")
    return _unbroken(cell, read)


def _chip(cell: str, _: Reader) -> Shown:
    tone = TONES.get(cell.strip().casefold())
    return Shown("chip", cell, aim=tone) if tone else Shown("plain", cell)


def _share(cell: str, read: Reader) -> Shown:
    number = read(cell.strip())
    if isinstance(number, (int, float)) and 0 <= number <= WHOLE:
        return Shown("share", cell, share=float(number))
    return Shown("plain", cell)


def _size(cell: str, _: Reader) -> Shown:
    found = _SIZE.fullmatch(cell)
    return Shown("unit", found[1], aim=found[2]) if found else Shown("plain", cell)


def _time(cell: str, read: Reader) -> Shown:
    key = read(cell.strip())
    return Shown("time", cell, aim=iso(key)) if isinstance(key, str) else Shown("plain", cell)


LOOKS: Mapping[str, Callable[[str, Reader], Shown]] = {
    "code": _unbroken,
    "path": _unbroken,
    "url": _link,
    "status": _chip,
    "percent": _share,
    "size": _size,
    "date": _time,
}
_TONES = (("bad", BAD), ("warn", WARNING), ("idle", IDLE), ("run", ACTIVE), ("ok", GOOD))
TONES: Mapping[str, str] = {word: tone for tone, words in _TONES for word in words}
