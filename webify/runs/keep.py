"""What of a run outlives its supervisor: a few numbers, passwords, ledgers, and the tool's pipes.

The numbers lie in memory that the keeper and every supervisor of the run share, and so do the
passwords that were typed as answers, which are hidden in what the tool prints.  The pipes wait in
sockets of which all of them have both ends: no process has to hold a pipe, and whoever comes next
finds it.
"""

from __future__ import annotations

import array
import contextlib
import json
import mmap
import os
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from webify.runs.hands import Hands
from webify.runs.ledger import Ledger

if TYPE_CHECKING:
    from webify.runs.spare import Spare

MOST_FILES = 8
LONGEST = 256  # bytes of the names of files


class Number:
    """A number in the shared memory of a Keep; 0 at first."""

    def __init__(self, place: int) -> None:
        """Lie at this place, counted in numbers."""
        self._place = place

    def __get__(self, keep: Keep, _owner: type[Keep]) -> int:
        """Return it."""
        return keep.numbers[self._place]

    def __set__(self, keep: Keep, number: int) -> None:
        """Change it, for all processes at once."""
        keep.numbers[self._place] = number


class Box:
    """Open files that lie in a socket; the processes that share it may take copies (Linux)."""

    def __init__(self) -> None:
        """Be empty."""
        self._ends: tuple[socket.socket, ...] = ()
        if sys.platform == "linux":
            self._ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            for end in self._ends:
                end.settimeout(0)

    def put(self, **files: int) -> None:
        """Hold copies of these by their names, in place of what was there."""
        if sys.platform == "linux":
            self.empty()
            socket.send_fds(self._ends[0], [" ".join(files).encode()], list(files.values()))

    def look(self) -> dict[str, int]:
        """Return copies of the files by their names; they stay in the box too."""
        return self._received(socket.MSG_PEEK)

    def empty(self) -> None:
        """Let go of the files."""
        while files := self._received(0):
            for file in files.values():
                os.close(file)

    def close(self) -> None:
        """Let go of the files, and of the box."""
        for end in self._ends:
            end.close()

    def _received(self, flags: int) -> dict[str, int]:
        """Return what is in the box; socket.recv_fds() does not mind its flags."""
        files, said = array.array("i"), b""
        if sys.platform == "linux":
            room = socket.CMSG_LEN(MOST_FILES * files.itemsize)
            with contextlib.suppress(BlockingIOError):
                said, rights, _, _ = self._ends[1].recvmsg(LONGEST, room, flags)
                for _, _, data in rights:
                    files.frombytes(data[: len(data) - len(data) % files.itemsize])
        return dict(zip(said.decode().split(), files, strict=True))


@dataclass(frozen=True)
class Lent:
    """A zygote's child that waits for its run, and our ends of what ties us to it.

    reply   where it is told, and tells how it ends
    stdin   what is written to it, -1 where it reads nothing
    """

    reply: socket.socket
    out: int
    err: int
    stdin: int

    def close(self) -> None:
        """Close all of them."""
        self.reply.close()
        for file in (self.out, self.err, self.stdin):
            if file >= 0:
                os.close(file)


class Keep:
    """What the processes over one run share.

    tool      the number of the tool's process, 0 before it was started
    told      1 when a zygote's child has been told to be the tool
    holder    the number of the process above a zygote's child, 0 where there is none
    dropped   how many bytes of its output were past the limit
    deaths    how many of its supervisors were killed
    logged    1 when the files of its output were made
    pipes     "out" and "err" to read from, and "reply" of the holder above a zygote's child
    ledgers   where its output and its standard error are, once they hide secrets
    inputs    "stdin", to write to; apart, as the tool sees its end when nobody has it any more
    """

    tool = Number(0)
    dropped = Number(1)
    deaths = Number(2)
    _began = Number(3)
    _started = Number(4)
    _code = Number(5)
    _exited = Number(6)
    logged = Number(7)
    told = Number(8)
    _ledgers = 9, 10  # the places of their numbers
    holder = Number(11)

    def __init__(self) -> None:
        """Make the memory; processes that are forked afterwards share it."""
        self.numbers = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("q")
        self.ledgers = tuple(Ledger(self.numbers, place) for place in self._ledgers)
        self.keeper = 0  # the process that starts another supervisor, where there is one
        self.hands = Hands()
        self.lent: Lent | None = None  # in a supervisor: the tool, until it is told to begin
        self.spare: Spare | None = None  # beside a supervisor that takes one order
        self.pipes = Box()
        self.inputs = Box()
        self._typed = -1
        if sys.platform == "linux":
            self._typed = os.memfd_create("typed")

    def begin(self) -> None:
        """Note the time, unless an earlier supervisor did."""
        if not self._began:
            self._started = time.time_ns()
            self._began = time.monotonic_ns()

    @property
    def began(self) -> float:
        """Return when the run began, on the monotonic clock."""
        return self._began / 1e9

    @property
    def started(self) -> datetime:
        """Return when the run began, on the wall's clock."""
        return datetime.fromtimestamp(self._started / 1e9, UTC)

    @property
    def code(self) -> int | None:
        """Return how the tool ended, in the way of subprocess, or None."""
        return self._code if self._exited else None

    @code.setter
    def code(self, code: int) -> None:
        self._code = code
        self._exited = 1

    @property
    def typed(self) -> tuple[str, ...]:
        """Return the passwords that were typed as answers."""
        lines: list[bytes] = []
        if sys.platform == "linux":
            lines = os.pread(self._typed, os.fstat(self._typed).st_size, 0).splitlines()
        return tuple(json.loads(line) for line in lines)

    def remember(self, password: str) -> None:
        """Keep a password in memory, for those who have to hide it later."""
        if sys.platform == "linux":
            os.write(self._typed, json.dumps(password).encode("ascii") + b"\n")

    def close(self) -> None:
        """Let go of everything."""
        self.pipes.close()
        self.inputs.close()
        for ledger in self.ledgers:
            ledger.close()
        if sys.platform == "linux":
            os.close(self._typed)
