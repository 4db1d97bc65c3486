"""Who waits for input: processes of a tool that sleep over what we would write to.

On Linux the kernel says so, for each thread: in which system call it sleeps, and on which file.
Elsewhere it is only known whether a tool's processes sleep.
"""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psutil

from webify.runs.tree import below

PROC = Path("/proc")
MOST = 500  # processes of one tool that are looked at
FILES = 1_024  # files that a thread may watch at once; of more only the first are looked at
POLLFD = 8  # bytes of an entry of poll()


@dataclass(frozen=True)
class Calls:
    """The numbers of system calls that take input or watch over it."""

    reads: frozenset[int]
    polls: frozenset[int]
    selects: frozenset[int]
    epolls: frozenset[int]


X86 = Calls(  # read, readv, splice · poll, ppoll · select, pselect6 · epoll_wait, _pwait, _pwait2
    frozenset({0, 19, 275}), frozenset({7, 271}), frozenset({23, 270}), frozenset({232, 281, 441})
)
NEWER = Calls(frozenset({63, 65, 76}), frozenset({73}), frozenset({72}), frozenset({22, 441}))


@dataclass(frozen=True)
class Doing:
    """What the processes of a tool do.

    reader    process and thread that sleep reading the input, None where none does
    watches   one of them sleeps until the input, or something else, has news
    idle      all of them sleep
    """

    reader: tuple[int, int] | None = None
    watches: bool = False
    idle: bool = False


def look(roots: Iterable[int], names: AbstractSet[str]) -> Doing:
    """Return what a tool's processes do just now.

    roots   the tool, and ourselves
    names   what /proc calls its input: "pipe:[123]", "/dev/pts/4"
    """
    return _look_closely(roots, names) if sys.platform == "linux" else _look_from_afar(roots)


def still_reads(reader: tuple[int, int], names: AbstractSet[str]) -> bool:
    """Say whether a reader that was seen sleeps there still."""
    return _reads(reader[0], reader[1], names)


def _look_closely(roots: Iterable[int], names: AbstractSet[str]) -> Doing:
    reader: tuple[int, int] | None = None
    watches, idle = False, True
    for pid in islice(below(roots), MOST):
        for thread in _numbers(PROC / str(pid) / "task"):
            if _reads(pid, thread, names):
                reader = reader or (pid, thread)
            elif not _sleeps(pid, thread):
                idle = False
            else:
                watches = watches or _watches(pid, thread, names)
    return Doing(reader, watches, idle)


def _reads(pid: int, thread: int, names: AbstractSet[str]) -> bool:
    try:
        number, *words = _call(pid, thread)
    except PermissionError:  # only those may ask that could debug it
        return _reads_some_pipe(pid, thread) and any(_files(pid, names))
    except (OSError, ValueError):  # it has gone, or it works
        return False
    return number in _calls().reads and words[0] in _files(pid, names)


def _watches(pid: int, thread: int, names: AbstractSet[str]) -> bool:
    """Say whether a thread sleeps until one of several files has news, our input among them."""
    try:
        number, first, second, *_ = _call(pid, thread)
        calls, ours = _calls(), set(_files(pid, names))
        if not ours:
            return False
        if number in calls.polls:
            entries = _memory(pid, first, POLLFD * min(second, FILES))
            files = {int.from_bytes(entries[at : at + 4], "little", signed=True)
                     for at in range(0, len(entries), POLLFD)}  # fmt: skip
            return bool(ours & files)
        if number in calls.selects:
            bits = int.from_bytes(_memory(pid, second, min(first, FILES) // 8 + 1), "little")
            return any(bits >> file & 1 for file in ours)
        return number in calls.epolls and bool(ours & set(_of_epoll(pid, first)))
    except (OSError, ValueError):
        return False


def _call(pid: int, thread: int) -> list[int]:
    """Return the number of the call in which a thread sleeps, and what it was given.

    Raises ValueError where it does not sleep in one.
    """
    said = (PROC / str(pid) / "task" / str(thread) / "syscall").read_text("ascii").split()
    return [int(said[0]), *(int(word, 16) for word in said[1:])]


def _calls() -> Calls:
    return X86 if platform.machine() == "x86_64" else NEWER


def _files(pid: int, names: AbstractSet[str]) -> Iterator[int]:
    """Yield the numbers under which a process holds the input."""
    for number in _numbers(PROC / str(pid) / "fd"):
        with contextlib.suppress(OSError):
            if str((PROC / str(pid) / "fd" / str(number)).readlink()) in names:
                yield number


def _memory(pid: int, address: int, size: int) -> bytes:
    with (PROC / str(pid) / "mem").open("rb", buffering=0) as memory:
        memory.seek(address)
        return memory.read(size)


def _of_epoll(pid: int, file: int) -> Iterator[int]:
    told = (PROC / str(pid) / "fdinfo" / str(file)).read_text("ascii")
    for line in told.splitlines():
        if line.startswith("tfd:"):
            yield int(line.split()[1])


def _reads_some_pipe(pid: int, thread: int) -> bool:
    try:
        where = (PROC / str(pid) / "task" / str(thread) / "wchan").read_text("ascii")
    except OSError:
        return False
    return where.endswith("pipe_read") or where in ("n_tty_read", "wait_woken")


def _sleeps(pid: int, thread: int) -> bool:
    try:
        said = (PROC / str(pid) / "task" / str(thread) / "stat").read_bytes()
    except OSError:
        return True  # it has just gone
    return said.rpartition(b")")[2].split()[0] in (b"S", b"Z", b"X", b"I")


def _numbers(folder: Path) -> list[int]:
    try:
        return [int(entry.name) for entry in folder.iterdir()]
    except OSError:
        return []


def _look_from_afar(roots: Iterable[int]) -> Doing:
    """Say whether all processes sleep; Windows does not tell, so it counts as if they did."""
    for pid in roots:
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                busy = process.status() == psutil.STATUS_RUNNING and sys.platform != "win32"
                if busy and process.pid != os.getpid():
                    return Doing()
    return Doing(None, watches=True, idle=True)
