"""Where a stream that hides secrets is, in memory that outlives a supervisor (Linux).

The kernel moves what is in the tool's pipe into a file in memory; no process ever has these bytes
alone.  Before anything of them is written to the log, an entry says what is to be written where,
and what is held back after that.  A number in shared memory names the entry that holds, and says
whether what was taken belongs to it already: it changes at once, so a supervisor that is killed
between any two of its steps leaves either the state before or the state after.
Secrets are in here as the tool printed them: it is memory, and never a file on disk.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from dataclasses import dataclass

from webify.runs import verdict
from webify.runs.masking import Held

HEAD = struct.Struct("=5q")  # held.sent, held.flags, at, bytes of held.kept, bytes of data
MOST_LEFT = 1 << 16  # bytes that a pipe has room for
LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class Entry:
    """One step of a stream.

    held   what its veil holds back after it
    data   what goes into the log in this step
    at     from which byte of the log on
    """

    held: Held
    data: bytes
    at: int

    def missing(self, size: int) -> bytes:
        """Return what a log of this size has yet to get; it may have been deleted meanwhile."""
        return self.data[size - self.at :] if size >= self.at else b""


class Ledger:
    """The entries of one stream, of which the last holds.  Not safe for threads."""

    def __init__(self, numbers: memoryview, place: int) -> None:
        """Have the number at this place of the shared memory; processes forked later share all.

        It is twice the count of entries, and one more while what was taken is in the last one.
        """
        self._numbers = numbers
        self._place = place
        self._files: tuple[int, ...] = ()
        if sys.platform == "linux":
            files = (os.memfd_create(name) for name in ("taken", "even", "odd"))
            self._files = (*files, *os.pipe())  # the pipe is for terminals

    def take(self, source: int, most: int) -> int:
        """Take what is in a pipe; return how many bytes, 0 at its end.

        Raises BlockingIOError where there is nothing yet.
        """
        self.free()
        if sys.platform == "linux":
            for way in (self._moved, self._moved_twice, self._copied):
                try:
                    return way(source, most)
                except BlockingIOError:
                    raise
                except OSError as error:  # another way may do; none does when a terminal is closed
                    if verdict.no_room(error):
                        raise
        return 0

    if sys.platform == "linux":

        def _moved(self, source: int, most: int) -> int:
            flags = os.SPLICE_F_NONBLOCK
            return os.splice(source, self._files[0], most, offset_dst=0, flags=flags)

        def _moved_twice(self, source: int, most: int) -> int:
            """Take what a terminal printed: the kernel moves it to a pipe only."""
            os.splice(source, self._files[4], most, flags=os.SPLICE_F_NONBLOCK)
            return self._moved(self._files[3], most)

        def _copied(self, source: int, most: int) -> int:
            """Take what the kernel does not move: a kill in here loses it."""
            return os.pwrite(self._files[0], os.read(source, most), 0)

    @property
    def taken(self) -> bytes:
        """Return what was taken and is in no entry yet."""
        if LINUX and not self._numbers[self._place] & 1:
            return whole(self._files[0])
        return b""

    def left(self) -> bytes:
        """Return what an earlier supervisor took and entered not, wherever it got to."""
        taken = self.taken
        if sys.platform == "linux" and not taken:
            self.free()
            with contextlib.suppress(BlockingIOError):
                self._moved(self._files[3], MOST_LEFT)
                taken = self.taken
        return taken

    def enter(self, entry: Entry) -> None:
        """Let an entry hold, and all that was taken belong to it."""
        if LINUX:
            held, count = entry.held, self._numbers[self._place] // 2 + 1
            sizes = len(held.kept), len(entry.data)
            head = HEAD.pack(held.sent, held.flags, entry.at, *sizes)
            put(self._files[1 + count % 2], head + held.kept + entry.data)
            self._numbers[self._place] = 2 * count + 1
            self.free()

    def free(self) -> None:
        """Forget what was taken and belongs to an entry; what is taken next does not."""
        number = self._numbers[self._place]
        if LINUX and number & 1:
            os.ftruncate(self._files[0], 0)
            self._numbers[self._place] = number - 1

    @property
    def last(self) -> Entry | None:
        """Return the entry that holds, None before the first one."""
        count = self._numbers[self._place] // 2
        if not LINUX or not count:
            return None
        file = self._files[1 + count % 2]
        data = whole(file)
        sent, flags, at, kept, size = HEAD.unpack_from(data)
        start = HEAD.size + kept
        held = Held.of(data[HEAD.size : start], sent, flags)
        return Entry(held, data[start : start + size], at)

    def close(self) -> None:
        """Let go of the memory."""
        for file in self._files:
            os.close(file)


def put(file: int, data: bytes) -> None:
    """Write all of the data to the beginning of a file."""
    if sys.platform == "linux":
        view, at = memoryview(data), 0
        while at < len(data):
            at += os.pwrite(file, view[at:], at)


def whole(file: int) -> bytes:
    """Return what is in a file."""
    data = b""
    if sys.platform == "linux":
        data = os.pread(file, os.fstat(file).st_size, 0)
    return data
