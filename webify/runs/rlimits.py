"""Limits of the operating system for one process, which its children inherit (POSIX)."""

from __future__ import annotations

import contextlib
import math
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from webify.model.allowance import Allowance

if sys.platform != "win32":
    import resource

ASKED = 2  # times the memory that a process may ask for: much of it is never touched
LAST_SECONDS = 5  # of processor time, for a program that heeds the first warning
MANY = 4  # threads for each process, of which an honest program may have several; and at least
AT_LEAST = 256

Limits = tuple[tuple[int, int], ...]  # which, and how much


if sys.platform != "win32":

    def confine(allowance: Allowance, *, cpus: bool = True) -> Callable[[], None]:
        """Return what a child calls to be under these limits; only system calls are left to do.

        cpus   whether processors are shared out here too: fewer of them, the nearest that there is
        """
        chosen, settle = _limits(allowance), processors(allowance.cpus if cpus else 0)

        def enter() -> None:
            for which, most in chosen:
                with contextlib.suppress(OSError, ValueError):
                    resource.setrlimit(which, _within(which, most))
            settle()

        return enter

    def _limits(allowance: Allowance) -> Limits:
        found = []
        if allowance.memory_bytes:
            found.append((resource.RLIMIT_DATA, allowance.memory_bytes * ASKED))
        if allowance.cpu_seconds:
            found.append((resource.RLIMIT_CPU, math.ceil(allowance.cpu_seconds)))
        if allowance.file_bytes:
            found.append((resource.RLIMIT_FSIZE, allowance.file_bytes))
        if allowance.processes and os.geteuid() != 0:  # it does not hold for root
            found.append((resource.RLIMIT_NPROC, _brake(allowance.processes)))
        return tuple(found)

    def _within(which: int, most: int) -> tuple[int, int]:
        """Return soft and hard limit, not above what there is."""
        _, hard = resource.getrlimit(which)
        last = most + LAST_SECONDS if which == resource.RLIMIT_CPU else most
        if hard == resource.RLIM_INFINITY:
            return most, last
        return min(most, hard), min(last, hard)

    def _brake(processes: int) -> int:
        """Return how many threads this user may have: the kernel counts all of one user's.

        So it is no more than a brake on programs that multiply; the limit itself is watched.
        """
        return _threads(os.getuid()) + threads_for(processes)


else:

    def confine(allowance: Allowance, *, cpus: bool = True) -> Callable[[], None]:
        """Return what does nothing: a job holds the tool here."""
        del allowance, cpus
        return lambda: None


def processors(cpus: float) -> Callable[[], None]:
    """Return what a child calls to have so many processors only, the next whole number."""
    few = _processors(cpus)

    def settle() -> None:
        if few:
            with contextlib.suppress(OSError):
                _settle(few)

    return settle


def threads_for(processes: int) -> int:
    """Return how many threads a run may have that may have so many processes."""
    return max(MANY * processes, AT_LEAST)


def _threads(user: int) -> int:
    """Return how many threads a user has."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == user:
                count += int((folder / "stat").read_bytes().rpartition(b")")[2].split()[17])
    return count


if sys.platform == "linux":

    def _processors(cpus: float) -> set[int]:
        """Return which processors are enough, the empty set for all; runs get different ones."""
        there = sorted(os.sched_getaffinity(0))
        count = max(1, math.ceil(cpus))
        return set(random.sample(there, count)) if cpus and count < len(there) else set()

    def _settle(few: set[int]) -> None:
        os.sched_setaffinity(0, few)

else:

    def _processors(cpus: float) -> set[int]:
        del cpus
        return set()

    def _settle(few: set[int]) -> None:
        del few
