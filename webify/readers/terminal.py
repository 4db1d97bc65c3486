"""Bytes of a tool's output as clean lines: decoded, overwritten, colours kept as spans."""

from __future__ import annotations

import re
from typing import NamedTuple

from webify.readers.row import BLOCK, Row, Span, paint
from webify.readers.style import PLAIN, Style

LIMIT = 1_000_000  # characters of one line that are kept
_COLOUR = re.compile(rb"\x1b\[[\d;:]*m")
_SPECIAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|\xc2[\x80-\x9f]")


class Line(NamedTuple):
    """One line without its line break.

    start, end   its bytes in the log, the line break included
    more         a very long line that goes on in the next one (only where pieces were asked for)
    rewritten    something was written over it, as a progress does
    """

    text: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    more: bool = False
    rewritten: bool = False


class Terminal:
    """Turn bytes, split anywhere, into lines as a terminal would have left them."""

    def __init__(self, start: int = 0, *, limit: int = LIMIT, pieces: bool = False) -> None:
        """Begin at this byte of the log.

        pieces: give a line longer than BLOCK in several pieces and lose nothing of it; else it
        is cut at `limit` characters, and says so.
        """
        self._at = start
        self._limit = limit
        self._pieces = pieces
        self._tail = b""
        self._row: Row | None = None
        self._style: Style = PLAIN
        self._drawing = False

    def feed(self, data: bytes) -> list[Line]:
        """Take the next bytes and return the lines that they end."""
        lines: list[Line] = []
        if self._row is not None:
            data = self._go_on(data, lines)
        cut = data.rfind(b"\n") + 1
        if cut:
            self._split(self._tail + data[:cut], lines)
            self._tail = b""
        self._tail += data[cut:]
        if len(self._tail) > BLOCK:
            self._row = self._new_row()
            tail, self._tail = self._tail, b""
            self._lengthen(tail, lines)
        return lines

    def finish(self) -> list[Line]:
        """Return the last line, which no line break ended, if there is one."""
        lines: list[Line] = []
        if self._row is not None:
            self._end_row(b"", 0, lines)
        elif self._tail:
            tail, self._tail = self._tail, b""
            lines.append(self._paint(tail, self._at, self._at + len(tail)))
            self._at += len(tail)
        return lines

    def partial(self) -> Line | None:
        """Return the line that is being written, as far as it is known; it stays unfinished."""
        if self._row is not None:
            text, spans, rewritten = self._row.look()
            size = self._row.size
            return Line(text, self._at, self._at + size, spans, rewritten=rewritten)
        if not self._tail:
            return None
        row = self._new_row()
        row.end(self._tail)
        text, spans = row.result()
        end = self._at + len(self._tail)
        return Line(text, self._at, end, spans, rewritten=row.rewritten)

    def _new_row(self) -> Row:
        return Row(self._style, drawing=self._drawing, limit=self._limit)

    def _split(self, whole: bytes, lines: list[Line]) -> None:
        """Add the lines of bytes that end with a line break."""
        plain = not self._drawing and self._style == PLAIN and _SPECIAL.search(whole) is None
        if plain and whole.isascii() and len(whole) < BLOCK:
            return self._split_ascii(whole.decode("ascii"), lines)
        start = self._at
        for raw in whole.split(b"\n")[:-1]:
            end = start + len(raw) + 1
            if len(raw) > BLOCK:
                self._at = start
                self._row = self._new_row()
                self._end_row(raw, 1, lines)
            elif plain:
                text = raw.decode("utf-8", "replace")
                lines.append(Line(text.removesuffix("\r"), start, end))
            else:
                lines.append(self._paint(raw, start, end))
            start = end
        self._at = start
        return None

    def _split_ascii(self, whole: str, lines: list[Line]) -> None:
        start = self._at
        carriage = "\r" in whole
        for text in whole.split("\n")[:-1]:
            end = start + len(text) + 1
            lines.append(Line(text.removesuffix("\r") if carriage else text, start, end))
            start = end
        self._at = start

    def _paint(self, raw: bytes, start: int, end: int) -> Line:
        """Return a line that may hold escapes."""
        if not self._drawing and self._style == PLAIN and _SPECIAL.search(raw + b"\n") is None:
            return Line(raw.decode("utf-8", "replace").removesuffix("\r"), start, end)
        returned = b"\r" in raw.removesuffix(b"\r")  # also one that only colours follow
        plain = not self._drawing and not returned and len(raw) <= self._limit
        if plain and _SPECIAL.search(_COLOUR.sub(b"", raw) + b"\n") is None:
            words = raw.decode("utf-8", "replace").removesuffix("\r")
            text, spans, self._style = paint(words, self._style)
            return Line(text, start, end, spans)
        row = self._new_row()
        row.end(raw)
        self._style, self._drawing = row.style, row.drawing
        text, spans = row.result()
        return Line(text, start, end, spans, rewritten=row.rewritten)

    def _go_on(self, data: bytes, lines: list[Line]) -> bytes:
        """Add to the long line; return what follows it."""
        cut = data.find(b"\n")
        if cut < 0:
            self._lengthen(data, lines)
            return b""
        self._end_row(data[:cut], 1, lines)
        return data[cut + 1 :]

    def _end_row(self, raw: bytes, breaks: int, lines: list[Line]) -> None:
        self._lengthen(raw, lines)
        row, self._row = self._row, None
        if row is None:
            return
        row.end(b"")
        self._style, self._drawing = row.style, row.drawing
        text, spans = row.result()
        end = self._at + row.size + breaks
        lines.append(Line(text, self._at, end, spans, rewritten=row.rewritten))
        self._at = end

    def _lengthen(self, raw: bytes, lines: list[Line]) -> None:
        """Add raw bytes to the long line, one block after the other, counted from its start."""
        row = self._row
        if row is None:
            return
        for done in row.blocks(raw):
            if self._pieces and row.length >= BLOCK // 2:
                text, spans = row.take()
                lines.append(Line(text, self._at, self._at + done, spans, more=True))
                self._at += done
                row.size -= done
