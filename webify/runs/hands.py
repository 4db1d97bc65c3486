"""Threads that are started before there is work, so that a run costs no start of one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

Work = Callable[[], object]


class Hands:
    """Threads of one process, each for one piece of work."""

    def __init__(self) -> None:
        """Have none that wait."""
        self._due: SimpleQueue[tuple[str, Work]] = SimpleQueue()
        self._idle = 0

    def ready(self, count: int) -> None:
        """Start threads that wait for work."""
        for _ in range(count):
            threading.Thread(target=self._wait, daemon=True).start()
        self._idle += count

    def begin(self, name: str, work: Work) -> None:
        """Have a thread do this: one that waits, or a new one.  Called by one thread only."""
        if self._idle:
            self._idle -= 1
            self._due.put((name, work))
        else:
            threading.Thread(target=work, name=name, daemon=True).start()

    def _wait(self) -> None:
        name, work = self._due.get()
        threading.current_thread().name = name
        work()
