"""One run that an engine follows, or lets wait."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from webify.model.run import Run
from webify.runs.folder import RunFolder


@dataclass
class Active:
    """A run that goes on or waits; `run` changes when it has ended.

    waits      it is in the queue
    handed     when it was given to a supervisor, on the clock that nobody sets; None where that
               was another server's doing
    again      when to look next; later and later while that fails (the store cannot be reached)
    level      how nice its processes are
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
    ended: threading.Event = field(default_factory=threading.Event)
