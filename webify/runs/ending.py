"""The end of a tool and of all that it started: asked for first, then by force."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import psutil

from webify.runs.leftover import Leftover, leftovers
from webify.runs.tree import Seen, everything, living, marked, members, seen

GRACE = 5.0  # seconds between asking and forcing
FORCE = 8.0  # seconds that force is tried, where processes keep coming
UNTOUCHABLE = 0.5  # seconds for which those are waited for that nobody here may end
ROUNDS = 50  # times that new processes are looked for and held, before all are ended
LOOK = 0.01  # seconds between two looks at a process, where the system does not tell its end
CHASE = 1.0  # seconds at most in which only new ones are looked at
CALM = 20  # looks in a row that find no new one
AGAIN = 0.2  # seconds after which force is tried once more
SURE = 40  # looks in a row that find nobody: one that hops may slip through a list being read
SURE_AT_ONCE = 3  # the same on Windows, which lists all processes at one moment, and slowly


@dataclass
class Ending:
    """A tree that is being ended.

    aside     who stays, though it may be a root
    alone     says for sure that nothing below the roots lives any more
    known     all that were found so far, by their keys
    whole     the groups of which every process is of the tree
    refused   the numbers of those that may not be ended from here
    """

    roots: Collection[int]
    run_id: str
    aside: Collection[int] = ()
    alone: Callable[[], bool] = lambda: False
    known: set[tuple[int, float]] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)

    def look(self) -> list[Seen]:
        """Return the processes that live, new ones too, the oldest first."""
        there = everything()
        found = members(there, self.roots, self.run_id, self.known, self.aside)
        self.known.update(each.key for each in found)
        others = there.keys() - {each.pid for each in found}
        groups = {each.group for each in found if each.group > 1}
        self.whole = groups - {there[pid].group for pid in others}
        return found

    def owns(self, process: Seen) -> bool:
        """Say whether a process that has just begun is of the tree, and note it."""
        family = {pid for pid, _ in self.known} | set(self.roots)
        found = process.parent in family or process.session in self.roots
        if process.pid not in self.aside and (found or marked(process, self.run_id)):
            self.known.add(process.key)
            return True
        return False

    def touchable(self, processes: Iterable[Seen]) -> list[Seen]:
        """Return those that can be ended from here."""
        return [each for each in processes if each.pid not in self.refused]

    def send(self, processes: Iterable[Seen], number: int) -> None:
        """Send a signal to each that is still the one it was."""
        for process in processes:
            try:
                if living(process):
                    os.kill(process.pid, number)
            except PermissionError:
                self.refused.add(process.pid)
            except OSError:
                continue


def end_tree(
    roots: Collection[int],
    run_id: str,
    *,
    grace: float = GRACE,
    kill: Callable[[], None] | None = None,
    aside: Collection[int] = (),
    alone: Callable[[], bool] = lambda: False,
) -> tuple[Leftover, ...]:
    """End a tool and all that it started; return what could not be ended.

    First politely, after `grace` seconds by force.

    roots   the tool, and whoever its orphans become the children of; the caller itself stays
    grace   0 for one that must not do anything more
    kill    ends what the system holds together for the run, before the rest is looked for
    aside   who stays, though it may be a root
    alone   says for sure that nothing below the roots lives any more, where the system tells it
    """
    ending = Ending(roots, run_id, aside, alone)
    if grace:
        _ask(ending, grace)
    if kill is not None and (not grace or ending.look()):
        kill()
    return leftovers(_force(ending), ending.refused)


def _ask(ending: Ending, grace: float) -> None:
    """Ask all to end, and then those that they have started meanwhile."""
    asked: set[tuple[int, float]] = set()
    limit = time.monotonic() + grace
    while there := ending.touchable(ending.look()):
        fresh = [each for each in there if each.key not in asked]
        asked.update(each.key for each in fresh)
        _tell(ending, fresh, first=len(asked) == len(fresh))
        if not gone(ending.touchable(there), limit):
            return


def _tell(ending: Ending, processes: Sequence[Seen], *, first: bool) -> None:
    """Ask politely; one that was halted goes on, so that it can hear."""
    if sys.platform != "win32":
        ending.send(processes, signal.SIGTERM)
        ending.send([each for each in processes if each.stopped], signal.SIGCONT)
    elif first:
        for pid in set(ending.roots) - {os.getpid()}:
            _press_break(pid)


def _force(ending: Ending) -> list[Seen]:
    """End all, and return who is left: held first, so that none can start another meanwhile."""
    limit = time.monotonic() + FORCE
    left = ending.look()
    while left and time.monotonic() < limit:
        if not ending.touchable(left):
            gone(left, time.monotonic() + UNTOUCHABLE)
            return ending.look()
        left = _held(ending, left)
        _end(ending, left)
        gone(ending.touchable(left), time.monotonic() + AGAIN)
        left = _really_left(ending)
    return left


def _really_left(ending: Ending) -> list[Seen]:
    """Look until somebody is found, or nobody for sure, or nobody many times."""
    for _ in range(SURE if sys.platform != "win32" else SURE_AT_ONCE):
        if found := ending.look():
            return found
        if ending.alone():
            break
    return []


def _held(ending: Ending, found: list[Seen]) -> list[Seen]:
    """Hold processes, and those that they started before they were held; return all."""
    held: set[tuple[int, float]] = set()
    for _ in range(ROUNDS if sys.platform != "win32" else 0):
        fresh = [each for each in found if each.key not in held]
        if not fresh:
            break
        held.update(each.key for each in fresh)
        if sys.platform != "win32":
            _strike(ending, fresh, signal.SIGSTOP)
            _chase(ending)
        found = ending.look()
    return found


def _end(ending: Ending, processes: Sequence[Seen]) -> None:
    if sys.platform != "win32":
        _strike(ending, processes, signal.SIGKILL)
    else:
        for process in processes:
            try:
                psutil.Process(process.pid).kill()
            except psutil.AccessDenied:
                ending.refused.add(process.pid)
            except psutil.Error:
                continue


if sys.platform == "win32":

    def _press_break(pid: int) -> None:
        """Send CTRL+BREAK to a group; os.kill() would end a process that it cannot be sent to."""
        import ctypes

        ctypes.WinDLL("kernel32").GenerateConsoleCtrlEvent(signal.CTRL_BREAK_EVENT, pid)

else:

    def _chase(ending: Ending) -> None:
        """Hold each process of the tree that begins now, as soon as it is there.

        To look at all processes takes longer than one lives that hops; here only the new ones are
        looked at.
        """
        before, calm, limit = set(psutil.pids()), 0, time.monotonic() + CHASE
        while calm < CALM and time.monotonic() < limit:
            now = set(psutil.pids())
            begun = (seen(pid) for pid in now - before)
            fresh = [each for each in begun if each is not None and ending.owns(each)]
            ending.send(fresh, signal.SIGSTOP)
            before, calm = now, 0 if fresh else calm + 1

    def _strike(ending: Ending, processes: Sequence[Seen], number: int) -> None:
        """Send a signal to whole groups at once: no new process of theirs slips through."""
        for group in {each.group for each in processes} & ending.whole:
            with contextlib.suppress(OSError):
                os.killpg(group, number)
        ending.send(processes, number)


def gone(processes: Iterable[Seen], limit: float) -> bool:
    """Wait until all have ended, and say whether they have before the limit."""
    for process in processes:
        while living(process):
            rest = limit - time.monotonic()
            if rest <= 0:
                return False
            _wait(process, rest)
    return True


def _wait(process: Seen, seconds: float) -> None:
    """Wait for the end of a process; it may return early."""
    if sys.platform == "linux":
        try:
            handle = os.pidfd_open(process.pid)
        except OSError:
            time.sleep(min(LOOK, seconds))
            return
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            if living(process) and poll.poll(seconds * 1000) and living(process):
                time.sleep(min(LOOK, seconds))  # its first thread has ended, others have not
        finally:
            os.close(handle)
    else:
        time.sleep(min(LOOK, seconds))
