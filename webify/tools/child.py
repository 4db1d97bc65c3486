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

MARK = "WEBIFY_PROBE"  # in the environment of the child, and of all that it starts
TAIL = 20_000  # bytes of output that are kept
GLANCE = 0.05  # seconds between two looks at a child
ROUNDS = 10  # until a tree that keeps on forking is given up


@dataclass(frozen=True)
class Ended:
    """How a child ended.

    code    its exit code, negative for a signal
    cut     "" or why it was ended: "time", "output", "closing"
    tail    the last that it printed
    """

    code: int
    cut: str
    tail: str


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
        stderr=subprocess.STDOUT,
        env={**env, MARK: mark},
        cwd=cwd,
        bufsize=0,
        start_new_session=sys.platform != "win32",
        creationflags=_creation_flags(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    drain = Drain(process.stdout, bounds.output_bytes)
    drain.start()
    cut = "closing"
    try:
        _hand_over(process.stdin, order)
        cut = _watch(process, drain, bounds)
    finally:
        _end_tree(process, mark, begun)
        drain.join(2.0)
    return Ended(process.wait(), cut, drain.tail())


class Drain(threading.Thread):
    """Reads all that a child prints, and keeps only the end of it."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        """Take the stream, and after how many bytes it is too much."""
        super().__init__(name="webify-drain", daemon=True)
        self._stream = stream
        self._most = most
        self._kept = b""
        self.ended = threading.Event()
        self.full = False

    def run(self) -> None:
        """Read until nobody holds the other end."""
        count = 0
        with self._stream:
            while data := self._stream.read(1 << 16):
                count += len(data)
                self._kept = (self._kept + data)[-TAIL:]
                if count > self._most:
                    self.full = True
        self.ended.set()

    def tail(self) -> str:
        """Return the last that came, as text."""
        return self._kept.decode("utf-8", "replace")


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


def _end_tree(process: subprocess.Popen[bytes], mark: str, begun: float) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    for _ in range(ROUNDS):
        strays = list(_marked(mark, begun))
        if not strays:
            break
        for stray in strays:
            _kill(stray)
        psutil.wait_procs(strays, timeout=GLANCE)


def _marked(mark: str, begun: float) -> Iterator[psutil.Process]:
    """Yield the processes that carry the mark, wherever they have moved to."""
    for pid in psutil.pids():
        try:
            process = psutil.Process(pid)
            if process.create_time() < begun - 2:  # the clock of /proc is coarse
                continue
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (psutil.Error, OSError):
            continue


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
