"""What a tool leaves running at its end: daemons that it started, and what could not be ended."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import psutil

from webify.runs.birth import alive, birth
from webify.runs.ending import Ending, end_tree, gone
from webify.runs.tree import Seen, begun_after, everything, members, seen

MOMENT = 0.3  # seconds for those that are about to end, or to become daemons
LONGEST = 60  # characters of a name


@dataclass(frozen=True)
class Leftover:
    """A process of a run that lived when the run ended.

    birth   tells it from a later one with the same number
    owner   whom it belongs to where that is somebody else, who alone may end it
    """

    name: str
    pid: int
    birth: str
    owner: str = ""

    @property
    def living(self) -> bool:
        """Say whether it still runs."""
        return alive(self.pid, self.birth)

    def __str__(self) -> str:
        """Return how people are told of it."""
        return f"{self.name} ({self.pid}{f', it belongs to {self.owner}' if self.owner else ''})"


def left_below(heirs: Collection[int], run_id: str) -> tuple[Leftover, ...]:
    """Return what lives of a run whose tool has ended; heirs: whose children orphans become."""
    ending = Ending(heirs, run_id, heirs)
    gone(ending.look(), time.monotonic() + MOMENT)
    return _told(ending.look())


def left_after(tool: int, run_id: str) -> tuple[Leftover, ...]:
    """Return the same where orphans become nobody's children: by the marks of later processes."""
    gone(members(begun_after(tool), (tool,), run_id), time.monotonic() + MOMENT)
    return _told(members(begun_after(tool), (tool,), run_id))


def left_marked(run_id: str) -> tuple[Leftover, ...]:
    """Return the processes that live and carry the mark of a run."""
    return _told(members(everything(), (), run_id))


def left_of(pids: Callable[[], Iterable[int]]) -> tuple[Leftover, ...]:
    """Return the same where the system holds the processes of a run together and tells them."""
    gone(_seen(pids()), time.monotonic() + MOMENT)
    return _told(_seen(pids()))


def _seen(pids: Iterable[int]) -> list[Seen]:
    return [each for each in map(seen, pids) if each is not None]


def end_left(left: Iterable[Leftover], run_id: str) -> None:
    """End what a run has left, and what that has started: asked for first, then by force."""
    roots = [each.pid for each in left if each.living]
    if roots:
        end_tree(roots, run_id)


def _told(processes: Iterable[Seen]) -> tuple[Leftover, ...]:
    told = (_leftover(process.pid) for process in processes)
    return tuple(each for each in told if each.birth)


def _leftover(pid: int) -> Leftover:
    name = owner = ""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        name, owner = process.name(), process.username()
        if owner == psutil.Process(os.getpid()).username():
            owner = ""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return Leftover(" ".join(shown.split())[:LONGEST] or "process", pid, birth(pid), owner)
