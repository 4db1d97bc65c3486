"""Rows of wikis that stand on one line each: MoinMoin, Trac, Jira, YouTrack, Textile."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from webify.readers.assembly import Piece, Verdict

_BOLD = re.compile(r"(?:'''|\*|=)\s*(?P<words>.*?)\s*(?:'''|\*|=)\Z")
_STYLE = re.compile(r"<[^<>|]*>")
_TEXTILE = re.compile(r"[_<>=^~/\\\d-]{1,8}\.(?:\s|\Z)")
_SPACED = re.compile(r"(?:^|(?<=\s))\|(?=\s|\Z)")

Cut = Callable[[str], "list[str] | None"]


def double(text: str) -> list[str] | None:
    """Return the cells between double bars: "|| a || b ||"."""
    text = text.strip()
    if len(text) < 5 or not (text.startswith("||") and text.endswith("||")):
        return None
    return [_STYLE.sub("", cell.strip(), count=1).strip() for cell in text[2:-2].split("||")]


def single(text: str) -> list[str] | None:
    """Return the cells between bars: "| a | b |"; a bar between two letters is part of a cell."""
    text = text.strip()
    if len(text) < 3 or not (text[0] == text[-1] == "|") or text.startswith("||"):
        return None
    spaced = text[1].isspace() and text[-2].isspace()
    cells = _SPACED.split(text[1:-1]) if spaced else text[1:-1].split("|")
    return [cell.strip() for cell in cells]


def textile(text: str) -> list[str] | None:
    """Return the cells of a line of Textile: "|_. a |>. 7 |"; what says how they stand is cut."""
    text = text.strip()
    if len(text) < 3 or not (text[0] == text[-1] == "|") or text.startswith("||"):
        return None
    cells = re.split(r"\|(?=[_<>=^~/\\\d-]{1,8}\.(?:\s|\|))", text[1:-1])
    width = text.count("|") - 1
    if len(cells) < 2 <= width:
        cells = text[1:-1].split("|")
    return [_TEXTILE.sub("", cell, count=1).strip() for cell in cells]


def is_textile(text: str) -> bool:
    """Say whether a line begins with a cell of Textile that says how it stands."""
    return text[:1] == "|" and _TEXTILE.match(text, 1) is not None


class Rows:
    """Rows of one line each, all cut alike; the first one may be the head, cut in its own way."""

    title = ""
    held = 0

    def __init__(self, head: Cut | None, row: Cut) -> None:
        """Cut the first line with `head`, where it is one, and all others with `row`."""
        self.names: Sequence[str] | None = None
        self._head = head
        self._row = row
        self._width = 0
        self._rows: list[list[str]] = []

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        first = not self._width
        cells = (self._head if first and self._head else self._row)(piece.text)
        if piece.more or cells is None or len(cells) < 2:
            return Verdict.FOREIGN
        if first:
            self._width = len(cells)
            if self._head:
                self.names = [_plain(cell) for cell in cells]
                return Verdict.MINE
        if len(cells) != self._width:
            return Verdict.FOREIGN
        self._rows.append(cells)
        return Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows so far."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Leave it: a row is complete with its line or not at all."""


def moin(text: str) -> Rows:
    """Return an assembly for rows between double bars; bold cells in the first are names."""
    cells = double(text) or []
    bold = len(cells) > 1 and all(_BOLD.match(cell) for cell in cells if cell)
    return Rows(double if bold else None, double)


def jira() -> Rows:
    """Return an assembly for names between double bars over rows between single ones."""
    return Rows(double, single)


def textiles(text: str) -> Rows:
    """Return an assembly for Textile; cells that begin with "_." are names."""
    return Rows(textile if text.strip().startswith("|_") else None, textile)


def _plain(name: str) -> str:
    found = _BOLD.match(name)
    return found["words"] if found else name
