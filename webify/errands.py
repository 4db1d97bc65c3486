"""What is done behind pages for those who will come next: never in the way of who is there."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

LOG = logging.getLogger(__name__)
AGAIN = 60.0  # seconds within which the same is not done twice
LATER = 0.2  # seconds after which the page has been sent
MOST = 8  # that wait to be done: what comes then is left


class Errands:
    """Does one after the other, in a thread that is there while there are some."""

    def __init__(self, *, again: float = AGAIN, later: float = LATER) -> None:
        """Take the seconds within which the same is not done twice, and those before each."""
        self._again, self._later = again, later
        self._lock = threading.Lock()  # guards what stands below
        self._closing = threading.Event()
        self._done: dict[object, float] = {}
        self._waiting: deque[Callable[[], None]] = deque()
        self._worker: threading.Thread | None = None

    def run(self, what: object, errand: Callable[[], None]) -> None:
        """Have an errand run in a moment, unless the same was run a moment ago."""
        now = time.monotonic()
        with self._lock:
            late = len(self._waiting) >= MOST or self._closing.is_set()
            if late or now - self._done.get(what, -self._again) < self._again:
                return
            self._done = {
                each: when for each, when in self._done.items() if now - when < self._again
            }
            self._done[what] = now
            self._waiting.append(errand)
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="errands", daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Run no more, and wait for the one that is being run."""
        self._closing.set()
        with self._lock:
            worker = self._worker
        if worker is not None:
            worker.join()

    def _work(self) -> None:
        while not self._closing.wait(self._later):
            with self._lock:
                if not self._waiting:
                    self._worker = None
                    return
                errand = self._waiting.popleft()
            try:
                errand()
            except Exception:
                LOG.exception("an errand was not run to its end")
