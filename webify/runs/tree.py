"""The processes of a run: a snapshot of all, and which of them belong to it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from webify.runs.order import MARK

MARKED = f"\0{MARK}=".encode()
STOPPED = ("T", psutil.STATUS_STOPPED)
DEAD = ("Z", "X", psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)


@dataclass(frozen=True)
class Seen:
    """One process as it was a moment ago.

    born     tells it from a later one with the same number
    parent, group, session   their numbers, -1 where there is no such thing
    """

    pid: int
    born: float
    parent: int
    group: int = -1
    session: int = -1
    state: str = ""

    @property
    def key(self) -> tuple[int, float]:
        """Return what stays the same as long as it lives."""
        return self.pid, self.born

    @property
    def stopped(self) -> bool:
        """Say whether a signal holds it."""
        return self.state in STOPPED


def everything() -> dict[int, Seen]:
    """Return all processes of the computer that live."""
    found = map(seen, psutil.pids())
    return {each.pid: each for each in found if each is not None}


def begun_after(pid: int) -> dict[int, Seen]:
    """Return the processes with higher numbers, which began later while numbers only grow."""
    found = (seen(each) for each in psutil.pids() if each > pid)
    return {each.pid: each for each in found if each is not None}


def seen(pid: int) -> Seen | None:
    """Return one process, None where it has ended."""
    return _linux_seen(pid) if sys.platform == "linux" else _other_seen(pid)


def living(process: Seen) -> bool:
    """Say whether a process has not ended."""
    now = seen(process.pid)
    return now is not None and now.born == process.born


def members(
    there: Mapping[int, Seen],
    roots: Collection[int],
    run_id: str,
    known: Collection[tuple[int, float]] = (),
    aside: Collection[int] = (),
) -> list[Seen]:
    """Return the processes of a run, the oldest first: a root, below one, in its session, marked.

    Neither the caller itself is one, nor who is aside.  known: the keys of those that were found
    before, which may have lost their parents since.
    """
    found = [
        process
        for pid, process in there.items()
        if pid != os.getpid()
        and pid not in aside
        and (
            process.key in known
            or process.session in roots
            or _descends(pid, there, roots)
            or marked(process, run_id)
        )
    ]
    return sorted(found, key=lambda process: (process.born, process.pid))


def below(roots: Iterable[int]) -> Iterator[int]:
    """Yield the processes from each root down, the caller left out, by the kernel's own lists.

    Linux keeps lists of children, by which a few processes are found without a look at all.
    """
    todo, passed = list(roots), set[int]()
    while todo:
        pid = todo.pop()
        if pid in passed:
            continue
        passed.add(pid)
        if pid != os.getpid():
            yield pid
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                with contextlib.suppress(OSError):
                    todo.extend(map(int, (thread / "children").read_bytes().split()))


def _descends(pid: int, there: Mapping[int, Seen], roots: Collection[int]) -> bool:
    passed: set[int] = set()
    while pid not in roots:
        if pid in passed or pid not in there:
            return False
        passed.add(pid)
        pid = there[pid].parent
    return True


def _linux_seen(pid: int) -> Seen | None:
    try:
        words = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    state, threads = words[0].decode("ascii"), int(words[17])
    if state in DEAD and threads <= 1:  # the first of several threads may end before the others
        return None
    return Seen(pid, int(words[19]), int(words[1]), int(words[2]), int(words[3]), state)


def _other_seen(pid: int) -> Seen | None:
    try:
        process = psutil.Process(pid)
        state = process.status()
        parent, born = process.ppid(), process.create_time()
    except psutil.Error:
        return None
    if state in DEAD:
        return None
    group = session = -1
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            group, session = os.getpgid(pid), os.getsid(pid)
    return Seen(pid, born, parent, group, session, state)


def marked(process: Seen, run_id: str) -> bool:
    """Say whether a process carries the mark of a run in its environment."""
    return run_id == (
        _linux_mark(process.pid) if sys.platform == "linux" else _other_mark(process.pid)
    )


def _linux_mark(pid: int) -> str:
    """Return the mark in the environment of a process, "" where there is none."""
    try:
        words = (b"\0" + Path(f"/proc/{pid}/environ").read_bytes()).partition(MARKED)[2]
    except OSError:
        return ""
    return words.partition(b"\0")[0].decode("utf-8", "replace")


def _other_mark(pid: int) -> str:
    try:
        return psutil.Process(pid).environ().get(MARK, "")
    except (psutil.Error, OSError):
        return ""
