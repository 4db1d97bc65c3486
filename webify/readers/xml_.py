"""XML: elements of one name that follow each other are rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.assembly import Piece, Verdict, probe
from webify.readers.elements import Elements
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "xml"
SIGNS = "<"

_OPENING = re.compile(r"\s*<(?:\?xml\s|!--|[A-Za-z_][\w.:-]*(?:\s+[\w.:-]+\s*=|\s*>|\s*\Z))")
_NONE = re.compile(  # pages and pictures
    r"\s*<(?:!doctype\s+html|html|svg|head|body|div|p|h\d|pre|ul|ol|table)\b", re.IGNORECASE
)
_MOST_LOOKED = 300  # lines
_MOST_TEXT = 1 << 18  # characters


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find two elements of one name beside each other, below the first element of the text."""
    text = lines[at].text
    if "<" not in text or not _OPENING.match(text) or _NONE.match(text):
        return Answer.NO
    depth = _depth(lines, at, over=over)
    if isinstance(depth, Answer):
        return depth
    return probe(lambda: Xml(depth), lines, at, over=over, most=_MOST_LOOKED)


def _depth(lines: Sequence[Line], at: int, *, over: bool) -> int | Answer:
    """Return how deep the rows stand."""
    elements = Elements(None)
    size = 0
    for line in lines[at : at + _MOST_LOOKED]:
        if not elements.feed(line.text if line.more else line.text + "\n"):
            return Answer.NO
        if elements.repeated == 1 or elements.ended:
            return elements.repeated or Answer.NO
        size += len(line.text)
        if size > _MOST_TEXT:
            return elements.repeated or Answer.NO
    if over or len(lines) >= at + _MOST_LOOKED:
        return elements.repeated or Answer.NO
    return Answer.WAIT


class Xml:
    """The rows of the elements at one depth."""

    title = ""

    def __init__(self, depth: int) -> None:
        """Begin before the first element; rows stand at this depth, the first element at 0."""
        self.names: Sequence[str] | None = None
        self.held = 0
        self._elements = Elements(depth)
        self._known: dict[str, int] = {}

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        good = self._elements.feed(piece.text if piece.more else piece.text + "\n")
        if not good:
            return Verdict.FOREIGN
        self.held = 0 if self._elements.rows else self.held + 1
        return Verdict.LAST if self._elements.ended else Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows that have ended."""
        found, self._elements.rows = self._elements.rows, []
        for cells in found:
            for name in cells:
                self._known.setdefault(name, len(self._known))
        if found:
            self.names = tuple(self._known)
        return [[cells.get(name, "") for name in self._known] for cells in found]

    def complete(self) -> None:
        """Leave it: an element that has not ended is no row."""
