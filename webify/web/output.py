"""What a page shows of a log: all of a short one, beginning and end of a long one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from webify.readers.terminal import Terminal
from webify.readers.wide import WideTerminal
from webify.text.source import Text as Source
from webify.web.ansi import line_html

HEAD = TAIL = 100_000  # bytes of a log that a page shows from its beginning and its end
LINES = 2_000  # of each of the two, at most
OF_A_BLOCK = 500  # of each of the two, where a log is one block among others
COUNTED = 2_000_000  # bytes of a log whose lines are counted


@dataclass(frozen=True)
class Text:
    """A piece of a log, as lines of HTML.

    left_out   bytes between head and tail that the page does not hold
    cut        the byte at which they begin
    to         the byte after the last whole line of it: what comes later begins here
    """

    head: tuple[Markup, ...] = ()
    tail: tuple[Markup, ...] = ()
    left_out: int = 0
    cut: int = 0
    to: int = 0

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not self.head and not self.tail

    @property
    def several(self) -> bool:
        """Say whether there are lines enough for a head and a row."""
        return len(self.head) + len(self.tail) > 1

    @property
    def trimmed(self) -> Text:
        """Return it without the blank lines at both ends."""
        head, tail = list(self.head), list(self.tail)
        while head and not head[0].strip():
            del head[0]
        last = tail if self.left_out else head
        while last and not last[-1].strip():
            del last[-1]
        return replace(self, head=tuple(head), tail=tuple(tail))


def text_of(
    source: Source, start: int, end: int, *, whole_lines: bool = False, most: int = LINES
) -> Text:
    """Return what to show of the bytes from start to end.

    whole_lines leaves out an unfinished last line, which an event stream will bring.
    most        lines of the beginning, and of the end
    """
    start = max(start, min(source.bom, end))
    if end <= start:
        return Text(to=start)
    if end - start <= HEAD + TAIL:
        data = source.read(start, end - start)
        lines, to = lines_of(data, start, source, whole_lines=whole_lines)
        if len(lines) <= 2 * most:
            return Text(head=lines, to=to)
    return cut_text(source, start, end, whole_lines=whole_lines, most=most)


def cut_text(source: Source, start: int, end: int, *, whole_lines: bool, most: int) -> Text:
    """Return the first and the last lines of a long text."""
    begin = first_lines(source.read(start, HEAD), most, source)
    head, _ = lines_of(begin, start, source, whole_lines=False)
    cut = start + len(begin)
    later = max(cut, end - TAIL)
    later -= later % source.encoding.unit
    ending = source.read(later, end - later)
    skipped = len(ending) - len(last_lines(ending, most, source, cut=later > cut))
    ending, later = ending[skipped:], later + skipped
    tail, to = lines_of(ending, later, source, whole_lines=whole_lines)
    return Text(head, tail, later - cut, cut, to)


def whole_end(source: Source, start: int, end: int) -> int:
    """Return the byte after the last whole line between two bytes, `start` where none ends."""
    written = source.encoding
    begin = max(start, end - TAIL + (TAIL - end) % written.unit)
    found = written.rfind(source.read(begin, end - begin))
    if found < 0:
        return start if begin == start else end
    return begin + found + written.unit


def first_lines(data: bytes, most: int, source: Source) -> bytes:
    """Return at most so many whole lines from the beginning, or all where none is whole."""
    find, unit = source.encoding.find, source.encoding.unit
    end = 0
    for _ in range(most):
        position = find(data, end)
        if position < 0:
            return data[:end] or data
        end = position + unit
    return data[:end]


def last_lines(data: bytes, most: int, source: Source, *, cut: bool) -> bytes:
    """Return at most so many lines from the end; a first line that was cut goes, if others stay."""
    position = len(data)
    for _ in range(most + 1):
        position = source.encoding.rfind(data, 0, position)
        if position < 0:
            break
    if position >= 0:
        return data[position + source.encoding.unit :]
    first = source.encoding.find(data)
    after = first + source.encoding.unit if first >= 0 else 0
    return data[after:] if cut and after < len(data) else data


def lines_of(
    data: bytes, start: int, source: Source, *, whole_lines: bool
) -> tuple[tuple[Markup, ...], int]:
    """Return lines of HTML, and the byte after the last of them."""
    terminal = terminal_at(source, start)
    lines = terminal.feed(data)
    to = lines[-1].end if lines else start
    if not whole_lines:
        lines = [*lines, *terminal.finish()]
        to = start + len(data)
    return tuple(line_html(line) for line in lines), to


def terminal_at(source: Source, start: int) -> Terminal | WideTerminal:
    """Return what makes lines of a text from a byte on, as the text is written."""
    if source.encoding.unit == 1:
        return Terminal(start=start)
    return WideTerminal(source.encoding.name, start)


def count_lines(source: Source, *, whole_lines: bool = False) -> int | None:
    """Return how many lines a log has, or None where it is too long to count on each visit.

    whole_lines leaves out an unfinished last line, as text_of() does.
    """
    if source.size > COUNTED:
        return None
    data = source.read(0, source.size)
    written = source.encoding
    ended = whole_lines or not data or data.endswith(written.line_break)
    return written.count(data) + (0 if ended else 1)


def piece(path: Path, start: int, length: int) -> bytes:
    """Return bytes of a file, fewer where it is shorter or not there."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except FileNotFoundError:
        return b""
