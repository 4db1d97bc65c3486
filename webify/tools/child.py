"""Run one child process within limits of time and output, and end all that came of it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

SCRATCH = "webify-probe-"  # begins the name of a folder that is a child's alone
MARK = "WEBIFY_PROBE"  # in the environment of the child, and of all that it starts
TAIL = 20_000  # bytes of the end of the output that are kept
HEAD = 1_000_000  # bytes of the beginning of each stream that are kept
GLANCE = 0.05  # seconds between two looks at a child
ROUNDS = 10  # until a tree that keeps on forking is given up


@dataclass(frozen=True)
class Ended:
    """How a child ended.

    code    its exit code, negative for a signal
    cut     "" or why it was ended: "time", "output", "closing"
    tail    the last that it printed
    out     what it printed to its standard output, from the beginning
    err     the same of its standard error
    """

    code: int
    cut: str
    tail: str
    out: str = ""
    err: str = ""

    @property
    def printed(self) -> str:
        """Return what it wanted to be read: its standard output, or else what it complained."""
        return self.out if self.out.strip() else self.err


@dataclass(frozen=True)
class Bounds:
    """What a child may take; closing ends it early."""

    seconds: float
    output_bytes: int
    closing: threading.Event


def run_child(
    argv: Sequence[str], *, order: bytes, env: Mapping[str, str], cwd: Path, bounds: Bounds
) -> Ended:
    """Start a child, hand it the order as its whole standard input, and wait for its end.

    Whatever it started is ended too, before this returns.  Raises OSError where it cannot be
    started.
    """
    mark = secrets.token_hex(16)
    begun = time.time()
    process = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**env, MARK: mark},
        cwd=cwd,
        bufsize=0,
        start_new_session=sys.platform != "win32",
        creationflags=_creation_flags(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    drain = Drain((process.stdout, process.stderr), bounds.output_bytes)
    drain.start()
    cut = "closing"
    try:
        _hand_over(process.stdin, order)
        cut = _watch(process, drain, bounds)
    finally:
        _end_tree(process, Trail(mark, begun, _own_folder(cwd)))
        drain.join(2.0)
    return Ended(process.wait(), cut, drain.tail(), drain.head(0), drain.head(1))


class Drain:
    """Reads all that a child prints to its two streams; keeps the beginnings and the end."""

    def __init__(self, streams: Sequence[IO[bytes]], most: int) -> None:
        """Take the streams, and after how many bytes in all it is too much."""
        self._most = most
        self._lock = threading.Lock()
        self._count = 0
        self._open = len(streams)
        self._heads = [bytearray() for _ in streams]
        self._tail = b""
        self._threads = [
            threading.Thread(target=self._read, args=pair, name="webify-drain", daemon=True)
            for pair in enumerate(streams)
        ]
        self.ended = threading.Event()
        self.full = False

    def start(self) -> None:
        """Begin to read."""
        for thread in self._threads:
            thread.start()

    def join(self, seconds: float) -> None:
        """Wait so long for the end of each stream."""
        for thread in self._threads:
            thread.join(seconds)

    def _read(self, number: int, stream: IO[bytes]) -> None:
        """Read until nobody holds the other end."""
        with stream:
            while data := stream.read(1 << 16):
                with self._lock:
                    self._take(number, data)
        with self._lock:
            self._open -= 1
            if not self._open:
                self.ended.set()

    def _take(self, number: int, data: bytes) -> None:
        self._count += len(data)
        self._tail = (self._tail + data)[-TAIL:]
        head = self._heads[number]
        head += data[: max(0, HEAD - len(head))]
        if self._count > self._most:
            self.full = True

    def head(self, number: int) -> str:
        """Return the beginning of one stream, as text."""
        with self._lock:
            return bytes(self._heads[number]).decode("utf-8", "replace")

    def tail(self) -> str:
        """Return the last that came, as text."""
        with self._lock:
            return self._tail.decode("utf-8", "replace")


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:  # noqa: RET505 - mypy on Windows finds the plain way unreachable
        return 0


def _hand_over(stream: IO[bytes], order: bytes) -> None:
    try:
        with stream:
            stream.write(order)
    except (BrokenPipeError, ConnectionResetError, OSError):
        return  # it ended before it read: its exit code tells


def _watch(process: subprocess.Popen[bytes], drain: Drain, bounds: Bounds) -> str:
    deadline = time.monotonic() + bounds.seconds
    while process.poll() is None:
        if drain.full:
            return "output"
        if bounds.closing.is_set():
            return "closing"
        left = deadline - time.monotonic()
        if left <= 0:
            return "time"
        _glance(process, drain, min(left, GLANCE))
    return "output" if drain.full else ""


def _glance(process: subprocess.Popen[bytes], drain: Drain, seconds: float) -> None:
    """Wait a moment: for the end of the output, and once that came for the end itself."""
    if not drain.ended.is_set():
        drain.ended.wait(seconds)
        return
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


@dataclass(frozen=True)
class Trail:
    """By what the processes of one child are known.

    mark     in their environment
    begun    none of them is older
    folder   that no other process works in, "" where there is none: a process that emptied its
             environment is known by it
    """

    mark: str
    begun: float
    folder: str = ""


def _own_folder(cwd: Path) -> str:
    own = [each for each in (cwd, *cwd.parents) if each.name.startswith(SCRATCH)]
    return str(own[0].resolve()) if own else ""


def _end_tree(process: subprocess.Popen[bytes], trail: Trail) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    for _ in range(ROUNDS):
        strays = list(_marked(trail))
        if not strays:
            break
        for stray in strays:
            _kill(stray)
        psutil.wait_procs(strays, timeout=GLANCE)


def _marked(trail: Trail) -> Iterator[psutil.Process]:
    """Yield the processes that carry the mark, wherever they have moved to."""
    for pid in psutil.pids():
        try:
            process = psutil.Process(pid)
            if process.create_time() < trail.begun - 2:  # the clock of /proc is coarse
                continue
            if process.status() != psutil.STATUS_ZOMBIE and _belongs(process, trail):
                yield process
        except (psutil.Error, OSError):
            continue


def _belongs(process: psutil.Process, trail: Trail) -> bool:
    if process.environ().get(MARK) == trail.mark:
        return True
    if not trail.folder:
        return False
    there = process.cwd()
    return there == trail.folder or there.startswith(trail.folder + os.sep)


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
