"""What a supervisor holds of the tool that it watches."""

from __future__ import annotations

import os
import queue
import threading
import time
from dataclasses import dataclass, field

from webify.runs.asking import Asking
from webify.runs.confinement import Confinement
from webify.runs.ending import GRACE
from webify.runs.folder import RunFolder
from webify.runs.follower import Follower
from webify.runs.keep import Keep
from webify.runs.leftover import Leftover
from webify.runs.leftovers import end_left, left_after, left_below, left_of
from webify.runs.masking import Secrets
from webify.runs.order import Order
from webify.runs.outcome import Outcome
from webify.runs.pumps import Budget, Disk, Pump
from webify.runs.tool import Tool

POSIX = os.name == "posix"


@dataclass(frozen=True)
class Logs:
    """Where a tool's output goes, opened before the tool begins.

    secrets   what is hidden in it; a password that is typed as an answer is added
    whole     nothing of an earlier supervisor's is missing
    """

    disk: Disk
    budget: Budget
    pumps: tuple[Pump, Pump]
    secrets: Secrets
    whole: bool


@dataclass
class Watched:
    """A tool that runs, and all that carries its output."""

    order: Order
    folder: RunFolder
    logs: Logs
    tool: Tool
    keep: Keep
    follower: Follower
    asking: Asking
    confinement: Confinement
    exited: threading.Event = field(default_factory=threading.Event)
    wake: queue.SimpleQueue[None] = field(default_factory=queue.SimpleQueue)
    goes_on: bool = False  # something that it left behind still printed when it was given up
    stopped_late: bool = False  # somebody stopped what it left behind
    ended_left: tuple[Leftover, ...] = ()  # what it left behind and was ended

    @property
    def age(self) -> float:
        """Return for how many seconds it has been going on."""
        return time.monotonic() - self.keep.began

    @property
    def overdue(self) -> bool:
        """Say whether its time is over; what it waited for people does not count."""
        seconds = self.order.plan.seconds
        return bool(seconds) and self.age - self.asking.waited > seconds

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return whose children the tool's orphans become."""
        return (os.getpid(), *self.tool.heirs)

    def end_left(self) -> None:
        """End what the tool has left running."""
        left = self.left()
        self.ended_left += left
        end_left(left, self.order.id)

    def left(self) -> tuple[Leftover, ...]:
        """Return what the tool has left running at its end; nothing is searched where none is."""
        tool, run_id = self.tool, self.order.id
        if not POSIX:
            return left_of(self.confinement.pids)
        if not tool.leaves:
            return ()
        if not self.keep.keeper:
            return left_after(tool.pid, run_id)
        return left_below(self.heirs, run_id)  # the number of the tool may be another's by now


@dataclass(frozen=True)
class Reason:
    """Why a tool has to be ended; grace: the seconds that it has to end by itself."""

    outcome: Outcome
    grace: float = GRACE


@dataclass(frozen=True)
class Halt:
    """Why a tool was ended from outside."""

    outcome: Outcome
    survivors: tuple[Leftover, ...]
