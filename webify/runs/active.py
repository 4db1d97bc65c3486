"""One run that an engine follows, or lets wait."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from webify.model.run import Run
from webify.runs.birth import alive
from webify.runs.folder import RunFolder

BEGIN = 15.0  # seconds after which a run that has no process is lost
TAKEN = 120.0  # the same where our own launcher has the order: it may be slow, and its end is seen
HEIR = 5.0  # seconds in which a supervisor has to say that it goes on whose keeper was killed


@dataclass
class Active:
    """A run that goes on or waits; `run` changes when it has ended.

    waits      it is in the queue
    handed     when it was given to a supervisor, on the clock that nobody sets; None where that
               was another server's doing
    again      when to look next; later and later while that fails (the store cannot be reached)
    since      when it began, or was asked for while it waits, on the clock that nobody sets
    level      how nice its processes are
    printed    its tool has printed something to standard output
    news       is set when it has, and at the end
    note_at    when the store is to be told that it is under way, 0 where it knows
    """

    run: Run
    folder: RunFolder
    pid: int = 0
    birth: str = ""
    waits: bool = False
    handed: float | None = None
    again: float = 0.0
    patience: float = 0.1
    level: int = 0
    note_at: float = 0.0
    printed: bool = False
    news: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    since: float = field(init=False)

    def __post_init__(self) -> None:
        """Reckon by the clock that people set, as long as nothing better is known."""
        self.since = time.monotonic() - clock_age(self.run)

    @property
    def age(self) -> float:
        """Return for how many seconds it has gone on, or waited."""
        return max(0.0, time.monotonic() - self.since)


def clock_age(run: Run) -> float:
    """Return the seconds since a run began, or was asked for, by the clock that people set."""
    now = datetime.now(UTC)
    return max(0.0, (now - (run.started or run.created or now)).total_seconds())


def unwatched(active: Active) -> bool:
    """Say whether nobody watches over a run any more; processes that are new are noted in it."""
    if active.pid and alive(active.pid, active.birth):
        return False
    process = active.folder.process()  # an order that was given twice has another supervisor
    if process is not None:
        active.pid, active.birth = process.pid, process.birth
        active.since = process.began or active.since
        if alive(process.keeper, process.keeper_birth):
            return False  # it starts another supervisor
    if process is not None:
        return not alive(active.pid, active.birth)
    if active.handed is not None:
        return time.monotonic() - active.handed > (HEIR if active.pid else TAKEN)
    if active.pid:
        return True
    asked = active.run.created or datetime.now(UTC)
    return abs((datetime.now(UTC) - asked).total_seconds()) > BEGIN
