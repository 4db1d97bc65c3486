"""One run of a tool: who asked for what, when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Dict, Optional, Tuple

from webify.model.command import Value


class State(str, Enum):
    """Where a run stands.

    WAITING: it runs, and waits for the answer of a person.
    REFUSED: the tool's parser did not take the answers, so that nothing was done; such a run is
    no run to people, it leads back to its form.
    """

    QUEUED = "queued"
    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    WARNED = "warned"
    FAILED = "failed"
    REFUSED = "refused"
    STOPPED = "stopped"
    TIMED_OUT = "timed out"
    LOST = "lost"

    @property
    def ended(self) -> bool:
        """Say whether nothing will change any more."""
        return self not in (State.QUEUED, State.STARTING, State.RUNNING, State.WAITING)


@dataclass(frozen=True)
class Run:
    """A run as the store keeps it.  Secrets in values and argv are masked before they get here.

    id        cannot be guessed; the word in its address and the name of its folder
    number    1, 2, 3 ... for people; given by the store
    tool      slug; title is what a person reads, kept because the tool may go
    path      words of the sub-commands
    values    the answers that differ from "not given"
    argv      the argument list as shown: the tool's name and its arguments
    user      "" while the site knows no people
    door      where it came from: "web"
    rows      rows of all its tables
    reason    one sentence where it did not succeed
    """

    id: str
    tool: str
    title: str
    path: Tuple[str, ...] = ()
    values: Dict[str, Value] = field(default_factory=dict)
    argv: Tuple[str, ...] = ()
    user: str = ""
    door: str = "web"
    state: State = State.QUEUED
    created: Optional[datetime] = None
    started: Optional[datetime] = None
    ended: Optional[datetime] = None
    exit_code: Optional[int] = None
    rows: int = 0
    reason: str = ""
    number: int = 0

    @property
    def seconds(self) -> Optional[float]:
        """Return how long it took, or None while it has not ended."""
        if self.started is None or self.ended is None:
            return None
        return max(0.0, (self.ended - self.started).total_seconds())  # the clock may be set back


@dataclass(frozen=True)
class Pin:
    """A mark that a person put on a run, so that it is found again and kept.

    run    its id
    user   "" while the site knows no people
    """

    run: str
    user: str
    created: datetime
