"""The lines around one place of a text of any size, each of them cut where it is very long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from webify.readers.terminal import Line, Terminal
from webify.text.source import BLOCK, Text

LINES = 500  # of one window, at most
BYTES = 256_000  # of one window, at most, beside what is cut from very long lines
SHOWN = 20_000  # bytes of one line
REACH = 256 * BLOCK  # bytes that are looked through for the other end of a line
CONTEXT = 200  # bytes before a place in the middle of a very long line


@dataclass(frozen=True)
class Piece:
    """One line of a window.

    line         what is shown of it; its start and end are those of the whole line
    before       bytes of the line, left of what is shown
    left_out     bytes of the line, right of what is shown
    unfinished   no line break has ended it
    """

    line: Line
    before: int = 0
    left_out: int = 0
    unfinished: bool = False


@dataclass(frozen=True)
class Window:
    """Lines that follow each other, and the bytes that they have in the text."""

    pieces: tuple[Piece, ...]
    start: int
    end: int


@dataclass(frozen=True)
class _Raw:
    data: bytes
    start: int
    end: int
    before: int = 0
    left_out: int = 0
    unfinished: bool = False


def window_from(text: Text, byte: int, stop: int | None = None) -> Window:
    """Return the window that begins with the line which holds a byte; it ends before `stop`."""
    start = line_start(text, byte)
    terminal = Terminal()
    pieces = []
    end = start
    for raw in _raw_lines(text, start, byte, text.size if stop is None else stop):
        pieces.append(_clean(terminal, text, raw))
        end = raw.end
    return Window(tuple(pieces), start, end)


def window_to(text: Text, byte: int) -> Window:
    """Return the window that ends with the line before a byte."""
    byte, unit = min(byte, text.size), text.encoding.unit
    low = max(0, byte - BYTES)
    low += low % unit
    data = text.read(low, byte - low)
    place = len(data) - unit if data.endswith(text.encoding.line_break) else len(data)
    start = 0 if low == 0 else None
    for _ in range(LINES):
        place = text.encoding.rfind(data, 0, max(0, place))
        if place < 0:
            break
        start = low + place + unit
    else:
        return window_from(text, start or 0, byte)
    if low == 0:
        start = 0
    if start is None:
        start = line_start(text, max(0, byte - unit))
    return window_from(text, start, byte)


def window_around(text: Text, byte: int, lines: int) -> Window:
    """Return the window that begins some lines before the one which holds a byte."""
    start = line_start(text, byte)
    if byte - start > SHOWN:
        return window_from(text, byte)
    low = max(0, start - SHOWN)
    low += low % text.encoding.unit
    data = text.read(low, start - low)
    place, unit = len(data) - text.encoding.unit, text.encoding.unit
    for _ in range(lines):
        before = text.encoding.rfind(data, 0, place)
        if before < 0:
            return window_from(text, low if low == 0 else low + place + unit)
        place = before
    return window_from(text, low + place + unit)


def line_start(text: Text, byte: int) -> int:
    """Return where the line begins that holds a byte, or how far back was looked for it."""
    unit = text.encoding.unit
    byte = min(max(0, byte), text.size)
    byte -= byte % unit
    high, floor = byte, max(0, byte - REACH)
    step = SHOWN
    while high > floor:
        low = max(floor, high - step)
        low -= low % unit
        place = text.encoding.rfind(text.read(low, high - low))
        if place >= 0:
            return low + place + unit
        high, step = low, BLOCK
    return floor


def line_end(text: Text, byte: int, stop: int) -> tuple[int, bool]:
    """Return the byte after the line that goes on at a byte, and whether a line break ends it."""
    stop = min(stop, byte + REACH)
    while byte < stop:
        data = text.read(byte, min(BLOCK, stop - byte))
        if not data:
            break
        place = text.encoding.find(data)
        if place >= 0:
            return byte + place + text.encoding.unit, True
        byte += len(data)
    return byte, False


def _raw_lines(text: Text, start: int, byte: int, stop: int) -> Iterator[_Raw]:
    """Yield the lines of a window that begins at a line's start, or inside a very long line."""
    encoding, unit = text.encoding, text.encoding.unit
    if byte - start > SHOWN:
        yield _middle(text, start, byte, stop)
        return
    data = text.read(start, min(BYTES, stop - start))
    at = 0
    for _ in range(LINES):
        place = encoding.find(data, at)
        if place >= 0:
            yield _cut(_Raw(data[at:place], start + at, start + place + unit))
            at = place + unit
        elif at < len(data) and (at == 0 or start + len(data) >= stop):
            end, ended = line_end(text, start + len(data), stop)
            rest = end - start - len(data)
            raw = _cut(_Raw(data[at:], start + at, end, unfinished=not ended))
            yield replace(raw, left_out=raw.left_out + max(0, rest - (unit if ended else 0)))
            return
        else:
            return


def _middle(text: Text, start: int, byte: int, stop: int) -> _Raw:
    """Return what is shown of a very long line around a byte in its middle."""
    begin = max(start, byte - CONTEXT)
    begin -= begin % text.encoding.unit
    data = text.read(begin, min(SHOWN, stop - begin))
    skipped = 0
    while skipped < min(3, len(data)) and 0x80 <= data[skipped] < 0xC0 and text.encoding.unit == 1:
        skipped += 1
    place = text.encoding.find(data)
    if place >= 0:
        end, shown = begin + place + text.encoding.unit, data[skipped:place]
        return _Raw(shown, start, end, begin + skipped - start)
    end, ended = line_end(text, begin + len(data), stop)
    left_out = end - begin - len(data) - (text.encoding.unit if ended else 0)
    before = begin + skipped - start
    return _Raw(data[skipped:], start, end, before, max(0, left_out), unfinished=not ended)


def _cut(raw: _Raw) -> _Raw:
    """Return a line without what is too long; of a progress line its last state is shown."""
    if len(raw.data) <= SHOWN:
        return raw
    late = raw.data[-SHOWN:]
    turn = late.rstrip(b"\r\0").find(b"\r")
    if turn >= 0 and raw.data.count(b"\r") > 1:
        return replace(raw, data=late[turn + 1 :])
    shown = whole_letters(raw.data[:SHOWN])
    return replace(raw, data=shown, left_out=len(raw.data) - len(shown))


def whole_letters(data: bytes) -> bytes:
    """Return the bytes without a letter of UTF-8 that was cut at their end."""
    for back in range(1, min(4, len(data) + 1)):
        if data[-back] >= 0xC0:
            return data[:-back]
        if data[-back] < 0x80:
            break
    return data


def _clean(terminal: Terminal, text: Text, raw: _Raw) -> Piece:
    """Return a line as a terminal would have left it."""
    data = text.encoding.utf8(raw.data)
    if raw.start == 0 and text.bom and not raw.before:
        data = data.removeprefix(b"\xef\xbb\xbf")
    found = terminal.feed(data + b"\n")
    spans = found[0].spans if found else ()
    line = Line(found[0].text if found else "", raw.start, raw.end, spans)
    return Piece(line, raw.before, raw.left_out, raw.unfinished)
