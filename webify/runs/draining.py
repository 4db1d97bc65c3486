"""What is still in a tool's pipes when it has ended, and what others put there afterwards."""

from __future__ import annotations

import time

from webify.runs.pumps import Pump
from webify.runs.watched import Halt, Watched

LOOK = 0.025  # seconds between two looks at a pipe that somebody holds open
SILENCE = 0.5  # seconds that pipes held open by others may be silent after the tool's end
PATIENCE = 3.0  # seconds for which they may go on talking
FLOOD = 1_000_000  # bytes in a second: that is an output on its way, no daemon that talks
WINDOW = 1.0  # seconds over which they are counted


class Flood:
    """Whether so much comes that it is waited for."""

    def __init__(self, kept: int) -> None:
        """Begin with so many bytes kept."""
        self._kept, self._since, self._lasts = kept, time.monotonic(), False

    def lasts(self, kept: int, now: float) -> bool:
        """Say so; what is past the limit of an output is not kept, and no longer counts."""
        if now - self._since >= WINDOW:
            self._lasts = kept - self._kept >= FLOOD * (now - self._since)
            self._kept, self._since = kept, now
        return self._lasts


def drain(watched: Watched, halt: Halt | None) -> None:
    """Take what is still in the pipes; processes that outlive the tool may hold them open.

    A stop that comes now ends those; when the tool's time is over they are not waited for.
    """
    disk, budget = watched.logs.disk, watched.logs.budget
    flood, limit = Flood(budget.kept), time.monotonic() + PATIENCE
    for pump in watched.logs.pumps:
        while not pump.done.wait(LOOK):
            now = time.monotonic()
            if halt is None and not disk.leave.is_set():
                if watched.folder.stop_path.exists():
                    disk.leave.set()
                    watched.end_left()
                    watched.stopped_late = bool(watched.ended_left)
                elif disk.full or flood.lasts(budget.kept, now):
                    limit = now + PATIENCE
                    if watched.overdue:
                        disk.leave.set()
            if now > limit or _silent(pump, now, limit):
                watched.goes_on = watched.goes_on or (now > limit and halt is None)
                pump.closed = True
                pump.finish()
                break


def _silent(pump: Pump, now: float, limit: float) -> bool:
    return now - max(pump.heard, limit - PATIENCE) > SILENCE
