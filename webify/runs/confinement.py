"""The limits of one run while it goes on: set by the system where it can, and watched here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from webify.model.allowance import Allowance
from webify.runs import gauge
from webify.runs.breach import Breach, breach_of
from webify.runs.cgroup import Group, open_group
from webify.runs.job import Job, open_job
from webify.runs.rlimits import confine, processors

POSIX = os.name == "posix"
VMSTAT = Path("/proc/vmstat")
PAUSE = 0.2  # seconds between two readings
KILLED = (-9, 137)  # by the kernel too, and as a shell tells of it
SHARE = 40  # and as many times what a reading takes


@dataclass
class Confinement:
    """What holds a run within its allowance; nothing where nothing is limited."""

    allowance: Allowance
    group: Group | None = None
    job: Job | None = None
    pause: float = PAUSE
    next: float = 0.0
    ended_before: int = 0

    @property
    def enter(self) -> Callable[[], None] | None:
        """Return what the tool's process calls before it becomes the tool, None where nothing."""
        if not POSIX or not self.allowance.binding:
            return None
        group, alone = self.group, processors(self.allowance.cpus)
        limits = confine(self.allowance, cpus=group is None or "cpu" not in group.holds)

        def child() -> None:
            try:
                if group is not None:
                    group.join()
            except OSError:
                alone()
            limits()

        return child

    def began(self, pid: int) -> None:
        """Hear that the tool has begun."""
        self.ended_before = ended_for_memory()
        if not POSIX:  # without limits too: it ends all of its processes at once
            self.job = open_job(self.allowance, pid)

    def over(self, roots: Collection[int]) -> Breach | None:
        """Return which limit the run is over just now; looked at a few times a second."""
        now = time.monotonic()
        if now < self.next or not self._watched:
            return None
        breach = self._look(roots)
        self.pause = max(PAUSE, SHARE * (time.monotonic() - now))
        self.next = time.monotonic() + self.pause
        return breach

    @property
    def _watched(self) -> bool:
        allowance = self.allowance
        return bool(allowance.memory_bytes or allowance.processes or allowance.cpu_seconds)

    def _look(self, roots: Collection[int]) -> Breach | None:
        allowance = self.allowance
        if self.group and 0 < allowance.processes < len(self.group.pids):
            return Breach.PROCESSES  # at once: what multiplies leaves little time to look
        taken = gauge.read(roots)
        spent = max(taken.cpu_seconds, self.group.cpu_seconds if self.group else 0.0)
        if allowance.processes and len(taken.pids) > allowance.processes:
            return Breach.PROCESSES
        if allowance.memory_bytes and taken.rough > allowance.memory_bytes < gauge.exact(taken):
            return Breach.MEMORY
        return Breach.CPU if allowance.cpu_seconds and spent > allowance.cpu_seconds else None

    def ended(self, code: int | None) -> None:
        """Hear that the tool has ended: at a limit of the kernel all of the run ends with it."""
        if self._out_of_something(code) and self.group is not None:
            self.group.kill()

    def told(self, code: int, tail: str) -> Breach | None:
        """Return which limit ended a tool that has ended by itself."""
        breach = self._out_of_something(code)
        if breach is None and code in KILLED and self._computer_full:
            return Breach.SERVER
        return breach or breach_of(self.allowance, code, tail)

    def _out_of_something(self, code: int | None) -> Breach | None:
        """Return which limit of the kernel a tool has met that did not get by with it."""
        if self.group is not None and self.group.out_of_memory:
            return Breach.MEMORY
        if self.group is not None and self.group.out_of_processes and code:
            return Breach.PROCESSES
        return None

    @property
    def _computer_full(self) -> bool:
        """Say whether the kernel has ended something since the tool began, for want of memory."""
        if self.group is not None and "memory" in self.group.holds:
            return self.group.ended_for_memory > 0
        return ended_for_memory() > self.ended_before

    def kill(self) -> None:
        """End all that runs in it at once; what has left it is ended one by one."""
        for each in (self.group, self.job):
            if each is not None:
                each.kill()

    def pids(self) -> tuple[int, ...]:
        """Return the processes that a job holds together (Windows); () where there is none."""
        return self.job.pids() if self.job is not None else ()

    def close(self) -> None:
        """Take away what was made for the run."""
        if self.job is not None:
            self.job.close()
        if self.group is not None:
            self.group.remove()


def confined(run_id: str, allowance: Allowance) -> Confinement:
    """Get ready to hold a run within its allowance; costs nothing where nothing is limited."""
    return Confinement(allowance, open_group(run_id, allowance) if allowance.binding else None)


def ended_for_memory() -> int:
    """Return how many processes the kernel has ended so far as the computer had no memory left."""
    try:
        counts = VMSTAT.read_bytes()
    except OSError:
        return 0
    number = counts.partition(b"\noom_kill ")[2].partition(b"\n")[0]
    return int(number) if number.isdigit() else 0
