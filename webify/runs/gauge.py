"""What the processes of a run take just now: memory, processor time, and how many there are."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import psutil

from webify.runs.tree import below, everything, members

if sys.platform != "win32":
    import resource

CHILDREN = Path("/proc/thread-self/children")  # where the kernel keeps such lists
PROPORTIONAL = b"\nPss:"


@dataclass(frozen=True)
class Reading:
    """What a tree takes.

    rough         bytes of memory, what several processes share counted for each
    cpu_seconds   of processes that live, and of those whose parents have buried them
    """

    pids: tuple[int, ...]
    rough: int
    cpu_seconds: float


def read(roots: Collection[int]) -> Reading:
    """Return what the roots and all below them take; the caller is not counted."""
    told = sys.platform == "linux" and CHILDREN.exists()
    pids = tuple(below(roots)) if told else _searched(roots)
    taken = [each for pid in pids if (each := _of_one(pid)) is not None]
    spent = sum(seconds for _, seconds in taken) + _buried(roots)
    return Reading(pids, sum(size for size, _ in taken), spent)


def exact(reading: Reading) -> int:
    """Return the bytes of memory, where what several processes share is counted once."""
    return sum(_proportional(pid) for pid in reading.pids)


def _searched(roots: Collection[int]) -> tuple[int, ...]:
    return tuple(process.pid for process in members(everything(), roots, ""))


if sys.platform == "linux":

    def _of_one(pid: int) -> tuple[int, float] | None:
        """Return the bytes and the seconds of a process, None where it has ended."""
        try:
            words = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return None
        ticks = sum(int(word) for word in words[11:15])
        return int(words[21]) * resource.getpagesize(), ticks / os.sysconf("SC_CLK_TCK")

    def _proportional(pid: int) -> int:
        """Return the memory of a process, with its part of what it shares."""
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
            return int(text.partition(PROPORTIONAL)[2].split(maxsplit=1)[0]) * 1024
        except (OSError, IndexError, ValueError):
            return _rough(pid)

else:

    def _of_one(pid: int) -> tuple[int, float] | None:
        """Return the bytes and the seconds of a process, None where it has ended."""
        try:
            process = psutil.Process(pid)
            times = process.cpu_times()
            return process.memory_info().rss, times.user + times.system
        except psutil.Error:
            return None

    def _proportional(pid: int) -> int:
        return _rough(pid)


def _rough(pid: int) -> int:
    taken = _of_one(pid)
    return taken[0] if taken else 0


def _buried(roots: Collection[int]) -> float:
    """Return the processor time of the caller's children that have ended, where it is a root."""
    return _of_children() if os.getpid() in roots else 0.0


if sys.platform != "win32":

    def _of_children() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

else:

    def _of_children() -> float:
        return 0.0
