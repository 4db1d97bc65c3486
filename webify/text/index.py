"""Line numbers in a text of any size: how many lines end in each block, counted as far as asked.

The counts of a text of 2 GB are 16 kB.  They are kept in a file beside it, which is made anew
where it is not there or does not fit, so nothing is lost with it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from array import array
from bisect import bisect_left
from pathlib import Path

from webify.text.source import BLOCK, Text

SAVED = 64  # blocks more than the file has, before it is worth to be written again
FEW = 4_096  # bytes in which line breaks are walked through one by one


class LineIndex:
    """The line breaks up to the end of each full block, as far as they are counted."""

    def __init__(self, text: Text, path: Path, *, grows: bool = False) -> None:
        """Take up what an earlier visit has counted.

        grows   bytes are only ever added to the text, so what was counted stays right
        """
        self.text = text
        self.path = path
        self.counts = array("Q")
        self._mark = self._stamp(grows=grows)
        self._load()
        self._saved = len(self.counts)

    @property
    def covered(self) -> int:
        """Return the byte up to which lines are counted."""
        return len(self.counts) * BLOCK

    @property
    def whole(self) -> bool:
        """Say whether all full blocks are counted; the rest is counted on each visit."""
        return self.text.size - self.covered < BLOCK

    def note(self, start: int, block: bytes) -> None:
        """Count a block that was read for another reason, if it is the next one."""
        if start == self.covered and len(block) == BLOCK:
            before = self.counts[-1] if self.counts else 0
            self.counts.append(before + self.text.encoding.count(block))

    def extend(self, until: int, seconds: float) -> bool:
        """Count up to the block that holds a byte; say whether the time was enough."""
        if self._reaches(until):
            return True
        limit = time.monotonic() + seconds
        for start, block in self.text.blocks(self.covered):
            self.note(start, block)
            if self._reaches(until):
                return True
            if time.monotonic() > limit:
                break
        return self._reaches(until)

    def line_at(self, byte: int) -> int | None:
        """Return the number of the line that holds a byte, from 1; None where it is not known."""
        number = byte // BLOCK
        if number > len(self.counts):
            return None
        start = number * BLOCK
        inside = self.text.encoding.count(self.text.read(start, byte - start))
        return self._before(number) + inside + 1

    def total(self) -> int | None:
        """Return how many lines there are, None where it is not known."""
        if not self.whole:
            return None
        rest = self.text.read(self.covered, BLOCK)
        encoding = self.text.encoding
        ended = self.text.size <= self.text.bom or self._ends_with_break()
        return self._before(len(self.counts)) + encoding.count(rest) + (0 if ended else 1)

    def start_of(self, line: int) -> int | None:
        """Return the byte at which a line begins; None where it is not known or not there."""
        if line <= 1:
            return 0
        wanted = line - 1
        number = bisect_left(self.counts, wanted)
        start = number * BLOCK
        place = self._nth(self.text.read(start, BLOCK), wanted - self._before(number))
        return None if place is None else start + place + self.text.encoding.unit

    def save(self) -> None:
        """Keep what was counted for the next visit; a disk that does not take it is no fault."""
        if len(self.counts) - self._saved < SAVED:
            return
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}-{id(self)}.new")
        try:
            fresh.write_bytes(self._mark + self.counts.tobytes())
            fresh.replace(self.path)
            self._saved = len(self.counts)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)

    def _before(self, number: int) -> int:
        return self.counts[number - 1] if number else 0

    def _reaches(self, until: int) -> bool:
        return self.covered >= min(until - until % BLOCK, self.text.size - self.text.size % BLOCK)

    def _ends_with_break(self) -> bool:
        encoding = self.text.encoding
        return self.text.read(self.text.size - encoding.unit, encoding.unit) == encoding.line_break

    def _nth(self, data: bytes, count: int) -> int | None:
        """Return the place of a line break by its number, from 1; None where there are fewer."""
        encoding, low, high = self.text.encoding, 0, len(data)
        if encoding.count(data) < count:
            return None
        while high - low > FEW:
            middle = (low + high) // 2
            middle -= middle % encoding.unit
            inside = encoding.count(data, low, middle)
            if inside >= count:
                high = middle
            else:
                low, count = middle, count - inside
        place = low - encoding.unit
        for _ in range(count):
            place = encoding.find(data, place + encoding.unit)
        return place

    def _stamp(self, *, grows: bool) -> bytes:
        """Return what tells this file, written by this kind of computer, from another one."""
        try:
            info = self.text.path.stat()
        except OSError:
            return b""
        changed = 0 if grows else info.st_mtime_ns
        return f"lines {sys.byteorder} {BLOCK} {info.st_ino} {changed}\n".encode()

    def _load(self) -> None:
        try:
            kept = self.path.read_bytes()
        except OSError:
            return
        size = self.counts.itemsize
        known = kept.startswith(self._mark) and (len(kept) - len(self._mark)) % size == 0
        if self._mark and known:
            counts = array("Q", kept[len(self._mark) :])
            if len(counts) * BLOCK <= self.text.size:
                self.counts = counts
