"""Lines of an output in UTF-16, as some programs of Windows write it."""

from __future__ import annotations

from webify.readers.row import BLOCK
from webify.readers.terminal import Line, Terminal

MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MARK = 2  # bytes of a mark


class WideTerminal:
    """What Terminal does, for the bytes behind a byte order mark of UTF-16."""

    def __init__(self, encoding: str, start: int = MARK) -> None:
        """Begin at this byte of the log, which stands behind the mark."""
        self._encoding = encoding
        self._break = "\n".encode(self._encoding)
        self._high = 1 if self._encoding.endswith("le") else 0  # the byte that tells surrogates
        self._painter = Terminal()
        self._at = start
        self._tail = b""

    def feed(self, data: bytes) -> list[Line]:
        """Take the next bytes and return the lines that they end."""
        self._tail += data
        lines: list[Line] = []
        at = 0
        while (end := self._find(at)) >= 0:
            lines += self._line(at, end, len(self._break))
            at = end + len(self._break)
        while len(self._tail) - at > BLOCK:
            end = at + BLOCK - (2 if self._cuts(at + BLOCK) else 0)
            lines += [line._replace(more=True) for line in self._line(at, end, 0)]
            at = end
        self._at += at
        self._tail = self._tail[at:]
        return lines

    def finish(self) -> list[Line]:
        """Return the last line, which no line break ended, if there is one."""
        lines = self._line(0, len(self._tail), 0) if self._tail else []
        self._at += len(self._tail)
        self._tail = b""
        return lines

    def partial(self) -> Line | None:
        """Return the line that is being written, as far as it is known."""
        words = self._tail.decode(self._encoding, "replace")
        return Line(words, self._at, self._at + len(self._tail)) if words else None

    def _find(self, at: int) -> int:
        """Return where the next line break begins, or -1."""
        found = self._tail.find(self._break, at)
        while found > 0 and found % 2:
            found = self._tail.find(self._break, found + 1)
        return found

    def _cuts(self, at: int) -> bool:
        """Say whether a character of two halves is cut here."""
        return 0xD8 <= self._tail[at - 2 + self._high] <= 0xDB

    def _line(self, start: int, end: int, breaks: int) -> list[Line]:
        words = self._tail[start:end].decode(self._encoding, "replace")
        painted = self._painter.feed(words.replace("\n", " ").encode("utf-8", "replace") + b"\n")
        place = self._at + start, self._at + end + breaks
        return [line._replace(start=place[0], end=place[1]) for line in painted[:1]]
