"""Answers that cost: kept for a while, and made anew behind the back of who asks."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LOG = logging.getLogger(__name__)
FIRST = 0.2  # seconds for which the first one who asks waits, at most


@dataclass(frozen=True)
class Answer:
    """What was found, and how many seconds ago; None where nothing is known yet."""

    value: Any = None
    age: float = 0.0


class Costly:
    """Answers by their names; while nobody asks nothing is done."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Any, float]] = {}
        self._making: dict[str, threading.Event] = {}

    def get(self, name: str, make: Callable[[], Any], seconds: float) -> Answer:
        """Return the answer as it is known; one that is older than so many seconds is renewed."""
        with self._lock:
            known = self._known.get(name)
            age = time.monotonic() - known[1] if known else 0.0
            if (known is None or age > seconds) and name not in self._making:
                made = self._making[name] = threading.Event()
                threading.Thread(
                    target=self._make, args=(name, make, made), name="costly", daemon=True
                ).start()
        return Answer(known[0], age) if known else Answer()

    def first(self, seconds: float = FIRST) -> None:
        """Wait for a moment for what is found out for the first time."""
        limit = time.monotonic() + seconds
        with self._lock:
            making = [made for name, made in self._making.items() if name not in self._known]
        for made in making:
            made.wait(max(0.0, limit - time.monotonic()))

    def _make(self, name: str, make: Callable[[], Any], made: threading.Event) -> None:
        try:
            value = make()
            with self._lock:
                self._known[name] = value, time.monotonic()
        except Exception:
            LOG.exception("%s could not be found out; it is tried again", name)
        finally:
            with self._lock:
                del self._making[name]
            made.set()
