"""A text of any size that stays on disk: read in blocks, told by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = 1 << 18  # bytes that are in memory at a time
HEAD = 8_192  # bytes by which a text is told from what is none
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True)
class Encoding:
    """How letters are written; what it returns are places inside the bytes it was given.

    Bytes must begin at the beginning of a letter.
    """

    name: str = "utf-8"

    @property
    def line_break(self) -> bytes:
        """Return the bytes that end a line."""
        return "\n".encode(self.name)

    @property
    def unit(self) -> int:
        """Return how many bytes a line break has."""
        return len(self.line_break)

    def find(self, data: bytes, start: int = 0, end: int | None = None) -> int:
        """Return the place of the first line break, -1 where there is none."""
        place = data.find(self.line_break, start, end)
        while place >= 0 and place % self.unit:
            place = data.find(self.line_break, place + 1, end)
        return place

    def rfind(self, data: bytes, start: int = 0, end: int | None = None) -> int:
        """Return the place of the last line break, -1 where there is none."""
        place = data.rfind(self.line_break, start, end)
        while place >= 0 and place % self.unit:
            place = data.rfind(self.line_break, start, place + self.unit - 1)
        return place

    def count(self, data: bytes, start: int = 0, end: int | None = None) -> int:
        """Return how many line breaks there are."""
        if self.unit == 1:
            return data.count(b"\n", start, end)
        part = data[start:end]
        places = re.finditer(re.escape(self.line_break), part)
        return sum((start + place.start()) % self.unit == 0 for place in places)

    def utf8(self, data: bytes) -> bytes:
        """Return the bytes as UTF-8; those that are UTF-8 already stay as they are."""
        if self.unit == 1:
            return data
        return data.decode(self.name, "replace").encode("utf-8", "replace")


@dataclass(frozen=True)
class Text:
    """A text on disk, up to the size that it had when it was opened.

    bom      bytes at its beginning that say how it is written
    binary   it holds what no text holds
    head     its first bytes, which need not be read again
    """

    path: Path
    size: int
    encoding: Encoding = Encoding()
    bom: int = 0
    binary: bool = False
    head: bytes = field(default=b"", repr=False, compare=False)

    def read(self, start: int, length: int) -> bytes:
        """Return bytes; fewer at the end, none where the file is gone."""
        length = min(length, self.size - start)
        if length <= 0:
            return b""
        if start + length <= len(self.head):
            return self.head[start : start + length]
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return file.read(length)
        except FileNotFoundError:
            return b""

    def blocks(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield (start, bytes) of each block from the one that holds a byte; all but the last full.

        A block begins at a multiple of BLOCK.
        """
        start = at - at % BLOCK
        if start >= self.size:
            return
        with self.path.open("rb") as file:
            file.seek(start)
            while start < self.size:
                data = file.read(min(BLOCK, self.size - start))
                if not data:
                    return
                yield start, data
                start += len(data)


def open_text(path: Path, size: int | None = None) -> Text:
    """Return the text of a file; a file that is not there is an empty one."""
    try:
        length = path.stat().st_size if size is None else size
    except OSError:
        length = 0
    head = Text(path, length).read(0, HEAD)
    for bom, name in _BOMS.items():
        if head.startswith(bom):
            encoding = Encoding(name)
            odd = encoding.unit > 1 and b"\0\0" in head[len(bom) : len(bom) + 4]
            return Text(path, length, encoding, len(bom), odd, head)
    return Text(path, length, binary=b"\0" in head, head=head)
