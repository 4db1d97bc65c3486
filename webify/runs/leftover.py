"""One process of a run that lived when the run had ended, as people are told of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import psutil

from webify.runs.birth import alive, birth
from webify.runs.tree import Seen

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


def leftovers(processes: Iterable[Seen], refused: Collection[int] = ()) -> tuple[Leftover, ...]:
    """Return those that live; refused: the numbers of those that may not be ended from here."""
    found = (_leftover(each.pid, refused=each.pid in refused) for each in processes)
    return tuple(each for each in found if each.birth)


def _leftover(pid: int, *, refused: bool) -> Leftover:
    name = owner = ""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        name, owner = process.name(), process.username()
        if not refused and owner == psutil.Process(os.getpid()).username():
            owner = ""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return Leftover(" ".join(shown.split())[:LONGEST] or "process", pid, birth(pid), owner)
