"""Is the clock to be trusted: nothing is thrown away because it jumped."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from webify.runs.folder import read_json, write_json

NAME = "clock.json"
JUMP = 86_400.0  # seconds by which a clock may be set without harm
NOTE = timedelta(hours=1)  # between two notes that it is trusted
DAY = 86_400.0  # seconds for which it has to be steady after a larger jump
BACK = timedelta(days=1)
AWAY = timedelta(days=2)  # that a site may have been off without doubt


class SteadyClock:
    """Watches the clock of a site from one look to the next, and over restarts by a small file.

    A clock that was wrong and is right again looks the same as one that was right and is wrong
    now: both have to be steady for a day before anything is removed for its age.
    """

    def __init__(
        self, data: Path, wall: datetime | None = None, ticks: float | None = None
    ) -> None:
        """Begin to watch; wall and ticks are now, by the clock and by the time that passed."""
        self._path = data / NAME
        self._wall, self._ticks = _wall(wall), _ticks(ticks)
        last = _noted(self._path)
        near = last is not None and -BACK <= self._wall - last <= AWAY
        self._since = self._ticks - DAY if near else self._ticks
        self._noted = last or datetime.min.replace(tzinfo=UTC)

    def look(self, wall: datetime | None = None, ticks: float | None = None) -> datetime | None:
        """Return the time where it can be trusted, else None."""
        now, passed = _wall(wall), _ticks(ticks)
        jump = (now - self._wall).total_seconds() - (passed - self._ticks)
        self._wall, self._ticks = now, passed
        if abs(jump) > JUMP:
            self._since = passed
        if passed - self._since < DAY:
            return None
        if not timedelta(0) <= now - self._noted < NOTE:
            _note(self._path, now)
            self._noted = now
        return now


def _wall(given: datetime | None) -> datetime:
    return datetime.now(UTC) if given is None else given


if sys.platform == "linux":

    def _awake_or_not() -> float:
        """Return seconds that also go on while the computer sleeps."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:

    def _awake_or_not() -> float:
        """Return seconds that only go forward."""
        return time.monotonic()


def _ticks(given: float | None) -> float:
    """Return seconds that only go forward, and where it can be also while the computer sleeps."""
    return _awake_or_not() if given is None else given


def _noted(path: Path) -> datetime | None:
    """Return when the clock was last trusted, or None where nothing readable says it."""
    try:
        return datetime.fromisoformat(read_json(path)["trusted"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _note(path: Path, now: datetime) -> None:
    try:
        write_json(path, {"trusted": now.isoformat()})
    except OSError:
        return
