"""One line of a terminal while it is written: overwritten cells, colours, line drawing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from webify.readers.style import Style, restyle, words

BLOCK = 1 << 16  # a line longer than this is worked on in blocks of this many bytes
_FURTHEST = 10_000  # where a cursor movement may lead at most
_HALF = 4096  # an escape that is not complete after this many characters is none
_TOKEN = re.compile(
    r"\x1b\[([0-?]*)([ -/]*[@-~])"
    r"|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)"
    r"|\x1b([()*+])(.)"
    r"|\x1b[ -/]*[0-~]?"
    r"|([\x00-\x08\x0b-\x1f\x7f-\x9f])"
)
_AGAIN = re.compile(r"([\x00-\x07\x1b])\1+")  # says no more than one of them does
_COLOUR = re.compile(r"\x1b\[([\d;:]*)m", re.ASCII)
_HALF_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)\Z")
_DRAWING = str.maketrans("`afgijklmnopqrstuvwxyz{|}~", "◆▒°±␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")


class Span(NamedTuple):
    """Characters of a line that share a style: the class words for it, parted by blanks."""

    start: int
    end: int
    style: str


def paint(text: str, style: Style) -> tuple[str, tuple[Span, ...], Style]:
    """Return a line that holds no escapes but colours: its text, its spans and the style after.

    What Row does, quicker.
    """
    spans: list[Span] = []
    pieces = _COLOUR.split(text)
    at = 0
    for index, piece in enumerate(pieces):
        if index % 2:
            style = restyle(style, piece)
        elif piece:
            word, end = words(style), at + len(piece)
            if word and spans and spans[-1].end == at and spans[-1].style == word:
                spans[-1] = spans[-1]._replace(end=end)
            elif word:
                spans.append(Span(at, end, word))
            at = end
    return "".join(pieces[::2]), tuple(spans), style


class Row:
    """The cells of one line.  Bytes are given in order, and then end()."""

    def __init__(self, style: Style, *, drawing: bool, limit: int) -> None:
        """Begin with the style that the line before left on."""
        self.style = style
        self.drawing = drawing
        self.size = 0
        self.rewritten = False
        self._returned = False
        self._limit = limit
        self._column = 0
        self._cells: list[str] = []
        self._marks: list[str] = []
        self._word = words(style)
        self._styled = bool(self._word)
        self._left_out = 0
        self._raw = b""
        self._half = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def length(self) -> int:
        """Return how many characters the line has now."""
        return len(self._cells)

    def blocks(self, raw: bytes) -> Iterator[int]:
        """Take bytes and work them in block by block; yield the size after each block."""
        self._raw += raw
        at = 0
        while len(self._raw) - at >= BLOCK:
            self._write(self._decoder.decode(self._raw[at : at + BLOCK]), last=False)
            at += BLOCK
            self.size += BLOCK
            yield self.size
        self._raw = self._raw[at:]

    def end(self, raw: bytes) -> None:
        """Take the last bytes."""
        raw = self._raw + raw
        self._raw = b""
        self.size += len(raw)
        self._write(self._decoder.decode(raw, final=True).removesuffix("\r"), last=True)

    def look(self) -> tuple[str, tuple[Span, ...], bool]:
        """Return the line as it stands, without ending it, and whether it was rewritten."""
        copy = Row(self.style, drawing=self.drawing, limit=self._limit)
        copy._cells, copy._marks = self._cells.copy(), self._marks.copy()
        copy._column, copy._left_out, copy._styled = self._column, self._left_out, self._styled
        copy._half = self._half
        copy.rewritten, copy._returned = self.rewritten, self._returned
        copy.end(self._raw)
        return *copy.result(), copy.rewritten

    def take(self) -> tuple[str, tuple[Span, ...]]:
        """Return what stands and begin anew behind it."""
        taken = self.result()
        self._cells, self._marks, self._column, self._left_out = [], [], 0, 0
        self._styled = bool(self._word)
        return taken

    def result(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text and its spans."""
        text = "".join(self._cells)
        spans: list[Span] = []
        if self._styled:
            at = 0
            for word, run in groupby(self._marks):
                end = at + sum(1 for _ in run)
                if word:
                    spans.append(Span(at, end, word))
                at = end
        if self._left_out:
            text += f" … {self._left_out:,} bytes left out"
        return text, tuple(spans)

    def _write(self, text: str, *, last: bool) -> None:
        text = _AGAIN.sub(r"\1", self._half + text)
        self._half = ""
        if not last:
            text = self._hold_half(text)
        at = 0
        for token in _TOKEN.finditer(text):
            if token.start() > at:
                self._put(text[at : token.start()])
            at = token.end()
            self._obey(token)
        if at < len(text):
            self._put(text[at:])

    def _hold_half(self, text: str) -> str:
        """Keep back an escape that the end of the block cut in two."""
        half = _HALF_ESCAPE.search(text, max(0, len(text) - _HALF))
        if half is None:
            return text
        self._half = text[half.start() :]
        return text[: half.start()]

    def _put(self, run: str) -> None:
        if self.drawing:
            run = run.translate(_DRAWING)
        if self._column > len(self._cells):
            blanks = self._column - len(self._cells)
            self._cells += " " * blanks
            if self._styled:
                self._marks += [""] * blanks
        self.rewritten = self.rewritten or (self._returned and self._column < len(self._cells))
        room = self._limit - self._column
        if len(run) > room:
            self._left_out += len(run[max(0, room) :].encode("utf-8", "replace"))
            run = run[: max(0, room)]
        end = self._column + len(run)
        self._cells[self._column : end] = run
        if self._styled:
            self._marks[self._column : end] = [self._word] * len(run)
        self._column = end

    def _obey(self, token: re.Match[str]) -> None:
        numbers, final, which, charset, control = token.groups()
        if final == "m":
            self._restyle(numbers)
        elif final is not None:
            self._move(numbers, final)
        elif which == "(":
            self.drawing = charset == "0"
        elif control == "\r":
            self._column = 0
            self._returned = True
        elif control == "\b":
            self._column = max(0, self._column - 1)
        elif control in ("\x0e", "\x0f"):
            self.drawing = control == "\x0e"

    def _restyle(self, numbers: str) -> None:
        self.style = restyle(self.style, numbers)
        self._word = words(self.style)
        if self._word and not self._styled:
            self._styled = True
            self._marks = [""] * len(self._cells)

    def _move(self, numbers: str, final: str) -> None:
        """Obey a cursor movement inside the line, or an erasure."""
        count = int(numbers) if numbers.isdecimal() and len(numbers) < 7 else 0
        if final == "K":
            self._erase(count)
        elif final == "C":
            self._column = min(self._column + max(1, count), max(_FURTHEST, self._column))
        elif final == "D":
            self._column = max(0, self._column - max(1, count))
        elif final == "G":
            self._returned = True
            self._column = min(max(1, count) - 1, max(_FURTHEST, len(self._cells)))

    def _erase(self, what: int) -> None:
        self.rewritten = self.rewritten or (what != 1 and self._column < len(self._cells))
        if what == 0:
            del self._cells[self._column :]
            del self._marks[self._column :]
            self._left_out = 0
        elif what == 1:
            end = min(self._column, len(self._cells))
            self._cells[:end] = " " * end
        elif what == 2:
            self.rewritten = self.rewritten or bool(self._cells)
            self._cells, self._marks = [], []
            self._left_out = 0
