"""A search through a text of any size: block by block, for as long as it may take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from webify.text.cleaning import cleaned
from webify.text.index import LineIndex
from webify.text.needle import Needle
from webify.text.source import BLOCK, Text
from webify.text.window import SHOWN

LONG = 16 * BLOCK  # bytes of one line that are waited for before its parts are searched
BEFORE, AFTER = 80, 240  # bytes that are shown around a place


@dataclass(frozen=True)
class Hit:
    """One line that was found.

    byte      where it begins; in a very long line, a place near what was found
    end       from where the search for the next one goes on
    number    its number, None where it is not known
    words     what stands around the place; cut: on which sides more of the line stands
    """

    byte: int
    end: int
    number: int | None
    words: str
    cut: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Found:
    """What a part of a search has brought.

    to     the byte up to which was looked
    done   the whole text was looked through
    """

    hits: tuple[Hit, ...]
    to: int
    done: bool


@dataclass(frozen=True)
class _Chunk:
    """Whole lines, or a part of a very long one.

    line   where its first line begins, if that is not where it begins itself
    """

    start: int
    data: bytes
    line: int
    next_start: int


def search(
    text: Text, index: LineIndex, needle: Needle, at: int, most: int, seconds: float
) -> Found:
    """Look for lines from a byte on, until there are enough, or the time is over."""
    limit = time.monotonic() + seconds
    hits: list[Hit] = []
    to = min(max(at, text.bom), text.size)
    for chunk in _chunks(text, index, needle, to):
        for hit in _hits(text, index, needle, chunk):
            hits.append(hit)
            if len(hits) >= most:
                return Found(tuple(hits), hit.end, done=hit.end >= text.size)
        to = chunk.next_start
        if time.monotonic() > limit:
            break
    return Found(tuple(hits), to, done=to >= text.size)


def search_back(text: Text, index: LineIndex, needle: Needle, to: int, seconds: float) -> Found:
    """Look for the last line before a byte, until the time is over."""
    limit = time.monotonic() + seconds
    high = min(to, text.size)
    while high > text.bom:
        low = max(0, high - BLOCK)
        low += low % text.encoding.unit
        data = text.read(low, high - low)
        cut = text.encoding.find(data) + text.encoding.unit if low else 0
        if cut < text.encoding.unit or cut >= len(data):
            cut = 0
        chunk = _Chunk(low + cut, data[cut:], low + cut, high)
        clean = cleaned(text.encoding, chunk.data)
        place = needle.last(clean.lower() if needle.folds else clean)
        if place is not None:
            hit = _Lines(text, index, chunk, clean).hit(place)
            return Found((hit,), low + cut, done=False)
        high = low + cut
        if time.monotonic() > limit:
            break
    return Found((), high, done=high <= text.bom)


def _chunks(text: Text, index: LineIndex, needle: Needle, at: int) -> Iterator[_Chunk]:
    """Yield what is searched at a time: blocks that are cut at line breaks."""
    encoding = text.encoding
    kept, start, line = b"", at, at
    for block_start, block in text.blocks(at):
        index.note(block_start, block)
        data = kept + (block[at - block_start :] if block_start < at else block)
        read_to = block_start + len(block)
        last = read_to >= text.size
        cut = len(data) if last else encoding.rfind(data) + encoding.unit
        if cut < encoding.unit and len(data) < LONG:
            kept = data
            continue
        if cut < encoding.unit:
            cut = max(encoding.unit, len(data) - needle.overlap)
            cut -= cut % encoding.unit
            yield _Chunk(start, data, line, start + cut)
        else:
            yield _Chunk(start, data[:cut], line, start + cut)
            line = start + cut
        kept, start = data[cut:], start + cut


def _hits(text: Text, index: LineIndex, needle: Needle, chunk: _Chunk) -> Iterator[Hit]:
    """Yield a hit for each line of a chunk in which something is found."""
    clean = cleaned(text.encoding, chunk.data)
    hay = clean.lower() if needle.folds else clean
    lines = _Lines(text, index, chunk, clean)
    place = needle.find(hay, 0)
    while place is not None:
        yield lines.hit(place)
        end = hay.find(b"\n", place[1])
        if end < 0:
            return
        place = needle.find(hay, end + 1)


class _Lines:
    """Goes along the lines of a chunk, as they are seen and as they were written."""

    def __init__(self, text: Text, index: LineIndex, chunk: _Chunk, clean: bytes) -> None:
        """Begin with the first line of the chunk."""
        self.text = text
        self.chunk = chunk
        self.clean = clean
        self.number = index.line_at(chunk.start)
        self.clean_at = self.raw_at = 0  # where the same line begins in both

    def hit(self, place: tuple[int, int]) -> Hit:
        """Return what is told of a place; places are asked for in their order."""
        chunk, clean, encoding = self.chunk, self.clean, self.text.encoding
        begin = self._go_to(place[0])
        ending = clean.find(b"\n", place[1])
        ending = len(clean) if ending < 0 else ending
        left, right = max(begin, place[0] - BEFORE), min(ending, place[1] + AFTER)
        byte = chunk.start + self.raw_at if begin else chunk.line
        deep = chunk.start + self.raw_at + (place[0] - begin) // encoding.unit * encoding.unit
        over = encoding.find(chunk.data, self.raw_at)
        end = chunk.start + over + encoding.unit if over >= 0 else chunk.next_start
        words = clean[left:right].decode("utf-8", "ignore").strip("\r\n")
        where = deep if deep - byte > SHOWN else byte
        return Hit(where, end, self.number, words, (left > begin, right < ending))

    def _go_to(self, place: int) -> int:
        """Go to the line that holds a place; return where it begins, as it is seen."""
        begin = self.clean.rfind(b"\n", 0, place) + 1
        breaks = self.clean.count(b"\n", self.clean_at, begin)
        if self.clean is self.chunk.data:
            self.raw_at = begin
        else:
            for _ in range(breaks):
                found = self.text.encoding.find(self.chunk.data, self.raw_at)
                self.raw_at = found + self.text.encoding.unit
        self.clean_at = begin
        self.number = None if self.number is None else self.number + breaks
        return begin
