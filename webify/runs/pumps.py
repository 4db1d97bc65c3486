"""From a tool's pipes to the files of its run: every byte at once, nothing held in memory."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from webify.runs.masking import Secrets, Veil

if sys.platform == "linux":
    import fcntl

CHUNK = 1 << 18  # bytes read at once, and the room asked for in the pipe
TIMELINE_BYTES = 16_000_000  # the timeline grows no further
QUIET = 0.05  # seconds of silence after which what is held back is looked at again
AGAIN = 1.0  # seconds until a full disk is tried again
F_SETPIPE_SZ = 1031  # Linux

APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Budget:
    """How many bytes of a run's output may still be kept, both streams together."""

    def __init__(self, size: int) -> None:
        """Begin with `size` bytes; 0 is no limit."""
        self.size = size
        self.kept = 0
        self.dropped = 0
        self._lock = threading.Lock()

    def take(self, count: int) -> int:
        """Return how many of `count` bytes may be kept, and count the rest as dropped."""
        if not self.size:
            return count
        with self._lock:
            granted = min(count, max(self.size - self.kept, 0))
            self.kept += granted
            self.dropped += count - granted
            return granted


class Disk:
    """Whether there is room: shared by all that write; tells people through an empty file."""

    def __init__(self, mark: Path) -> None:
        """Keep where the file goes."""
        self._mark = mark
        self.leave = threading.Event()
        self.full = False
        self.lost = 0

    def write(self, fd: int, data: bytes) -> int:
        """Write all of the data and return how much; waits for room until somebody says leave."""
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(fd, view) :]
            except OSError:
                self._tell()
                if self.leave.wait(AGAIN):
                    self.lost += len(view)
                    return len(data) - len(view)
        if self.full:
            self.full = False
            self._mark.unlink(missing_ok=True)
        return len(data)

    def _tell(self) -> None:
        if not self.full:
            self.full = True
            with contextlib.suppress(OSError):
                self._mark.touch()


class Timeline:
    """When each chunk came: milliseconds since the start, the stream, its bytes."""

    def __init__(self, path: Path) -> None:
        """Begin now; the file is made with the first chunk."""
        self._path = path
        self._fd = -1
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._size = 0

    def note(self, stream: str, count: int) -> None:
        """Add a chunk; a full disk loses the line, never the chunk."""
        if self._size > TIMELINE_BYTES:
            return
        since = int((time.monotonic() - self._began) * 1000)
        with self._lock, contextlib.suppress(OSError):
            if self._fd < 0:
                self._fd = os.open(self._path, APPEND, 0o666)
            self._size += os.write(self._fd, f"{since} {stream} {count}\n".encode("ascii"))


class Pump(threading.Thread):
    """Carries one stream of a tool to its file until the pipe closes, with dots for secrets."""

    def __init__(
        self,
        stream: str,
        path: Path,
        disk: Disk,
        budget: Budget,
        timeline: Timeline,
        secrets: Secrets | None = None,
    ) -> None:
        """Make the file; carry() begins."""
        super().__init__(name=f"pump-{stream}", daemon=True)
        self._stream = stream
        self.path = path
        self._source = -1
        self._fd = os.open(path, APPEND, 0o666)
        self._disk = disk
        self._budget = budget
        self._timeline = timeline
        self._veil = Veil(secrets or Secrets())
        self._lock = threading.Lock()  # the veil and the order of what is written
        self._waits = threading.Event()
        self._releases = False
        self.news = threading.Event()
        self.done = threading.Event()
        self.closed = False
        self.heard = time.monotonic()

    def carry(self, source: int) -> None:
        """Begin to read from a pipe."""
        self._source = source
        widen(source)
        self.start()

    def add(self, data: bytes) -> None:
        """Put bytes of our own behind what has come so far."""
        self._take(data)

    def run(self) -> None:
        """Carry chunk by chunk."""
        try:
            while data := self._read():
                self.heard = time.monotonic()
                if self.closed:
                    break
                self._take(data)
        finally:
            self.finish()
            self.done.set()
            self._waits.set()
            self.news.set()

    def finish(self) -> None:
        """Keep what is held back: nothing more is awaited."""
        if self._lock.acquire(timeout=AGAIN):
            try:
                self._keep(self._veil.finish())
            finally:
                self._lock.release()

    def _take(self, data: bytes) -> None:
        with self._lock:
            self._keep(self._veil.feed(data))
            held = self._veil.held
        if held:
            self._waits.set()
            if not self._releases:
                self._releases = True
                threading.Thread(target=self._release, name="silence", daemon=True).start()

    def _release(self) -> None:
        """Let go what is held back when the tool falls silent: it may be a question."""
        while self._waits.wait() and not self.done.is_set():
            self._waits.clear()
            while (rest := self.heard + QUIET - time.monotonic()) > 0:
                self.done.wait(rest)
            with self._lock:
                self._keep(self._veil.release())

    def _read(self) -> bytes:
        try:
            return os.read(self._source, CHUNK)
        except OSError:
            return b""

    def _keep(self, data: bytes) -> None:
        kept = self._budget.take(len(data))
        if not kept:
            return
        count = self._disk.write(self._fd, data[:kept] if kept < len(data) else data)
        self._timeline.note(self._stream, count)
        self.news.set()


def widen(pipe: int) -> None:
    """Give a pipe more room, so that a busy moment here does not hold the tool."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(pipe, F_SETPIPE_SZ, CHUNK)
        except OSError:
            return
