"""From a tool's pipes to the files of its run: every byte at once, nothing held in memory.

On Linux the kernel moves the bytes from the pipe into the file: a supervisor that is killed at
any moment has no byte in its hands that is in neither of them, or in both.  Where secrets are to
be hidden it moves them into a Ledger first.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from webify.runs import verdict
from webify.runs.hands import Hands
from webify.runs.keep import Keep
from webify.runs.ledger import Entry, Ledger
from webify.runs.masking import Secrets, Veil

if sys.platform == "linux":
    import fcntl

CHUNK = 1 << 18  # bytes read at once, and the room asked for in the pipe
BUSY = 1 << 13  # bytes that came at once, after which more are there already
TIMELINE_BYTES = 16_000_000  # the timeline grows no further
QUIET = 0.05  # seconds of silence after which what is held back is looked at again
AGAIN = 1.0  # seconds until a full disk is tried again
F_SETPIPE_SZ = 1031  # Linux

APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Budget:
    """How many bytes of a run's output may still be kept, both streams together."""

    def __init__(self, size: int, kept: int, keep: Keep) -> None:
        """Allow `size` bytes, of which `kept` are there already; 0 is no limit."""
        self.size = size
        self.kept = kept
        self._keep = keep
        self.lock = threading.Lock()

    @property
    def dropped(self) -> int:
        """Return how many bytes were not kept."""
        return self._keep.dropped

    @property
    def left(self) -> int:
        """Return how much of a chunk may be kept."""
        return min(CHUNK, max(self.size - self.kept, 0)) if self.size else CHUNK

    def count(self, count: int, *, kept: bool) -> None:
        """Count bytes that were kept, or were not; the caller holds the lock."""
        if kept:
            self.kept += count
        else:
            self._keep.dropped += count

    def take(self, count: int) -> int:
        """Return how many of `count` bytes may be kept, and count the rest as dropped."""
        with self.lock:
            granted = min(count, max(self.size - self.kept, 0)) if self.size else count
            self.count(granted, kept=True)
            self.count(count - granted, kept=False)
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
                if not self.wait():
                    self.lost += len(view)
                    return len(data) - len(view)
        self.written()
        return len(data)

    def written(self) -> None:
        """Hear that there is room."""
        if self.full:
            self.full = False
            self._mark.unlink(missing_ok=True)

    def wait(self) -> bool:
        """Wait for room a while; return False where nobody waits any more."""
        self._tell()
        return not self.leave.wait(AGAIN)

    def _tell(self) -> None:
        if not self.full:
            self.full = True
            with contextlib.suppress(OSError):
                self._mark.touch()


class Timeline:
    """When each chunk came: milliseconds since the start, the stream, its bytes."""

    def __init__(self, path: Path, began: float) -> None:
        """Tell of a run that began then; the file is made with the first chunk."""
        self._path = path
        self._fd = -1
        self._lock = threading.Lock()
        self._began = began
        self._size = 0

    def note(self, stream: str, count: int) -> None:
        """Add a chunk; a full disk loses the line, never the chunk."""
        if self._size > TIMELINE_BYTES:
            return
        with self._lock, contextlib.suppress(OSError):
            since = int((time.monotonic() - self._began) * 1000)  # in here: lines stay in order
            if self._fd < 0:
                self._fd = os.open(self._path, APPEND, 0o666)
            self._size += os.write(self._fd, f"{since} {stream} {count}\n".encode("ascii"))


class Pump:
    """Carries one stream of a tool to its file until the pipe closes, with dots for secrets."""

    def __init__(
        self,
        stream: str,
        path: Path,
        disk: Disk,
        budget: Budget,
        timeline: Timeline,
        secrets: Secrets | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        """Make the file; carry() begins, where the ledger says that an earlier one was killed."""
        self._stream = stream
        self.path = path
        self._source = -1
        self._fd = os.open(path, APPEND, 0o666)
        self._end, self._nowhere = -1, -1
        self._movable, self._patient, self._busy = False, True, False
        self._strayed = True  # the file has grown in other ways than by moving
        if sys.platform == "linux":
            self._end = os.open(path, os.O_WRONLY)  # the kernel moves nothing to where one appends
            self._nowhere = os.open(os.devnull, os.O_WRONLY)
            self._waiting = select.poll()
        self._disk = disk
        self._budget = budget
        self._timeline = timeline
        self._secrets = secrets or Secrets()
        self._ledger = ledger if sys.platform == "linux" else None
        self._last = ledger.last if ledger else None
        self._veil = Veil(self._secrets, self._last.held if self._last else None)
        self._resumed = False
        self._lock = threading.Lock()  # the veil and the order of what is written
        self._waits = threading.Event()
        self._releases = False
        self.begins: Callable[[], None] | None = None  # called once, when something is kept
        self.news = threading.Event()
        self.done = threading.Event()
        self.closed = False
        self.heard = time.monotonic()

    def carry(self, source: int, hands: Hands) -> None:
        """Begin to read from a pipe, in a thread."""
        self._source = source
        if sys.platform == "linux":
            self._movable = stat.S_ISFIFO(os.fstat(source).st_mode)
            self._waiting.register(source, select.POLLIN)
        widen(source)
        hands.begin(f"pump-{self._stream}", self.run)

    def add(self, data: bytes) -> None:
        """Put bytes of our own behind what has come so far."""
        self._take(data)

    def mind(self) -> None:
        """Let a move that has begun be done: what comes after it hides the secrets known now."""
        with self._lock:
            pass

    def run(self) -> None:
        """Carry chunk by chunk."""
        try:
            with self._lock:
                self._resume()
            while self._pass_on():
                pass
        finally:
            self.finish()
            self.done.set()
            self._waits.set()
            self.news.set()

    def _pass_on(self) -> bool:
        """Keep what is there, or comes next; return False at the end."""
        if not (self._movable and self._patient) and self._ledger is None:
            return self._carry()
        if not self._busy and sys.platform == "linux":
            self._waiting.poll()
        if self.closed:
            return False  # what comes too late stays in the pipe
        try:
            if self._ledger and (self._secrets.any or not (self._movable and self._patient)):
                return self._enter(self._ledger)
            return self._move()
        except BlockingIOError:
            self._busy = False
        except OSError as error:
            if not verdict.no_room(error):
                self._movable = False  # not every file system can do it
            elif not self._disk.wait():
                self._patient = False
        return True

    def _move(self) -> bool:
        """Have the kernel move bytes that are there; past the limit they go nowhere."""
        with self._lock, self._budget.lock:
            if self._secrets.any:  # see mind()
                raise BlockingIOError
            if self._strayed:
                os.lseek(self._end, 0, os.SEEK_END)
                self._strayed = False
            left = self._budget.left
            count = moved(self._source, self._end if left else self._nowhere, left or CHUNK)
            self._budget.count(count, kept=bool(left))
        self.heard = time.monotonic()
        self._busy = count >= BUSY
        if left and count:
            self._disk.written()
            self._veil.pass_over()
            self._tell(count)
        return count > 0

    def _carry(self) -> bool:
        """Read what is there, or comes next, and keep it; return False at the end."""
        data = self._read()
        self.heard = time.monotonic()
        if data and not self.closed:
            self._take(data)
        return bool(data)

    def _enter(self, ledger: Ledger) -> bool:
        """Take what is there and keep it, so that no moment loses it; return False at the end."""
        self._busy = False
        with self._lock:
            count = 0 if self.closed else ledger.take(self._source, CHUNK)
            self.heard = time.monotonic()
            if count:
                self._feed(ledger.taken)
        return count > 0

    def finish(self) -> None:
        """Keep what is held back: nothing more is awaited."""
        if self._lock.acquire(timeout=AGAIN):
            try:
                if self._veil.held:
                    self._keep(self._veil.finish())
            finally:
                self._lock.release()

    def _take(self, data: bytes) -> None:
        with self._lock:
            self._resume()
            self._feed(data)

    def _resume(self) -> None:
        """Go on where an earlier supervisor was killed; the caller holds the lock."""
        if self._resumed or self._ledger is None:
            return
        self._resumed = True
        size = os.fstat(self._fd).st_size
        if self._last is not None:
            missing = self._last.missing(size)
            with self._budget.lock:
                self._budget.count(len(missing), kept=True)
            self._write(missing)
        elif size:
            self._veil.pass_over()
        while left := self._ledger.left():
            self._feed(left)
        self._await_silence()

    def _feed(self, data: bytes) -> None:
        """Keep what comes out of the veil; the caller holds the lock."""
        self._keep(self._veil.feed(data))
        self._await_silence()

    def _await_silence(self) -> None:
        """See to what is held back being let go; the caller holds the lock."""
        if self._veil.held:
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
                if self._veil.held:
                    self._keep(self._veil.release())

    def _read(self) -> bytes:
        try:
            return os.read(self._source, CHUNK)
        except OSError:
            return b""

    def _keep(self, data: bytes) -> None:
        """Write what came out of the veil; the caller holds the lock."""
        data = data[: self._budget.take(len(data))]
        if self._ledger is not None:
            size = os.fstat(self._fd).st_size
            self._ledger.enter(Entry(self._veil.state, data, size))
        self._write(data)

    def _write(self, data: bytes) -> None:
        if data:
            self._strayed = True
            self._tell(self._disk.write(self._fd, data))

    def _tell(self, count: int) -> None:
        if self.begins is not None and count:
            self.begins()
            self.begins = None
        self._timeline.note(self._stream, count)
        self.news.set()


def moved(source: int, target: int, most: int) -> int:
    """Have the kernel move bytes that are in a pipe to a file; return how many, 0 at the end."""
    count = 0
    if sys.platform == "linux":
        count = os.splice(source, target, most, flags=os.SPLICE_F_NONBLOCK)
    return count


def widen(pipe: int) -> None:
    """Give a pipe more room, so that a busy moment here does not hold the tool."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(pipe, F_SETPIPE_SZ, CHUNK)
        except OSError:
            return
