"""How long runs usually take, from the last ones of the same command."""

from __future__ import annotations

import threading
from collections import deque
from statistics import median

from webify.model.run import Run, State
from webify.store.store import Store

LOOKED_AT = 20  # the last runs of a command
LEAST = 3  # runs that have to be known before anything is said
GOOD = (State.SUCCEEDED, State.WARNED)
Key = tuple[str, tuple[str, ...]]  # a tool and the path of its command


class Lengths:
    """The seconds that the last runs of each command took; the store is asked once for each."""

    def __init__(self, store: Store) -> None:
        """Know nothing yet."""
        self._store = store
        self._lock = threading.Lock()
        self._known: dict[Key, deque[float]] = {}

    def usual(self, run: Run) -> float | None:
        """Return how many seconds a run of this command usually takes, None if unknown."""
        key = run.tool, run.path
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._asked(key)
        with self._lock:
            return median(known) if len(known) >= LEAST else None

    def note(self, run: Run) -> None:
        """Take up a run that has ended."""
        with self._lock:
            known = self._known.get((run.tool, run.path))
            if known is not None and run.state in GOOD and run.seconds is not None:
                known.append(run.seconds)

    def _asked(self, key: Key) -> deque[float]:
        last = self._store.last(key[0], 2 * LOOKED_AT)
        found = [
            run.seconds
            for run in reversed(last)
            if run.path == key[1] and run.state in GOOD and run.seconds is not None
        ]
        with self._lock:
            return self._known.setdefault(key, deque(found, maxlen=LOOKED_AT))
