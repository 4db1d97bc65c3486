"""Keeps house while the site is served: what is not kept any longer goes, one by one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from webify.errors import StoreUnusable
from webify.keeping.removal import GONE, erase, put_away, room_of
from webify.keeping.retention import limits_of
from webify.keeping.room import Room
from webify.keeping.steady import SteadyClock
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.runs.remains import forget, living_of, remains
from webify.settings import Settings
from webify.store.store import Store
from webify.tools.prepare import prepare

LOG = logging.getLogger(__name__)
BEGIN = 5.0  # seconds after the start of the site
PAUSE = 60.0  # seconds between two looks
SOON = 2.0  # the same while nothing can be written
BREATH = 0.02  # seconds between two folders, so that pages never wait for it
BATCH = 50  # runs that are asked for at a time
DAY = 86_400.0  # seconds: the age of a folder without a run that goes, and between two looks
WEEK = 7 * DAY  # the age of comparisons that nobody has looked at


class Keeper:
    """The thread that keeps house in one data folder."""

    def __init__(
        self, settings: Settings, store: Store, room: Room | None = None, *, begin: float = BEGIN
    ) -> None:
        """Get ready; start() begins.

        room   is asked whether anything can be written, so that reading mode ends by itself
        """
        self._settings = settings
        self._room = room
        self._runs = settings.data / "runs"
        self._compared = settings.data / "compared"
        self._store = store
        self._limits = limits_of(settings)
        self._clock = SteadyClock(settings.data)
        self._closing = threading.Event()
        self._begin = begin
        self._swept: float | None = None
        self._held: set[str] = set()  # runs of which it was told why they stay
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin to keep house."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the folder at hand."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def look(self) -> None:
        """Do now what has to be done; raises StoreUnusable, OSError."""
        now = self._clock.look()
        self._clear_up()
        forget(self._runs)
        self._measure()
        self._let_go(now)
        ticks = time.monotonic()
        if now is not None and (self._swept is None or ticks - self._swept > DAY):
            self._sweep(now.timestamp())
            self._swept = ticks

    def _work(self) -> None:
        wait = self._begin
        reading = self._room is not None and bool(self._room.fault)
        while not self._closing.wait(SOON if reading else wait):
            wait = PAUSE
            try:
                if reading and not self._written():
                    continue
                reading = False
                self.look()
                reading = self._room is not None and bool(self._room.fault)
            except StoreUnusable:  # the store has said why
                continue
            except Exception:
                LOG.exception("housekeeping failed; it is tried again in a minute")

    def _written(self) -> bool:
        """Say whether reading mode is over; what the site lacked until then is prepared."""
        if self._room is not None and self._room.fault:
            return False
        prepare(self._settings)
        return True

    def _breathe(self) -> bool:
        """Let others work for a moment; True where the site is being stopped."""
        return self._closing.wait(BREATH)

    def _folder(self, run: Run) -> Path:
        return RunFolder.of(self._runs, run).path

    def _clear_up(self) -> None:
        """Erase what is out of sight; put back what a crash left there before its run was gone."""
        gone = self._runs / GONE
        left = sorted(gone.iterdir()) if gone.is_dir() else []
        known = self._store.known([path.name for path in left])
        for path in left:
            if path.name in known:
                home = self._folder(self._store.run(path.name))
                if not home.exists():
                    home.parent.mkdir(parents=True, exist_ok=True)
                    path.rename(home)
                    continue
            erase(path)
            if self._breathe():
                return

    def _measure(self) -> None:
        """Count the room of runs that have ended since."""
        while runs := self._store.unmeasured(BATCH):
            for run in runs:
                self._store.measure(run.id, room_of(self._folder(run)))
                if self._breathe():
                    return

    def _let_go(self, now: datetime | None) -> None:
        """Remove the runs that are not kept any longer."""
        removed = 0
        stuck: set[str] = set()
        while True:
            runs = self._store.leaving(self._limits, now, BATCH + len(stuck))
            runs = [run for run in runs if run.id not in stuck]
            for run in runs:
                if self.remove(run):
                    removed += 1
                else:
                    stuck.add(run.id)
                if self._breathe():
                    return
            if not runs:
                break
        if removed:
            LOG.info("%d runs are not kept any longer and were removed", removed)

    def remove(self, run: Run) -> bool:
        """Remove one run with its folder; False where it has to stay for now."""
        home = self._folder(run)
        if self._at_work(run):
            return False
        try:
            away = put_away(home, self._runs / GONE)
        except OSError as error:
            LOG.info("the folder of run %s cannot be removed yet: %s", run.id, error.strerror)
            return False
        try:
            removed = self._store.remove(run.id)
        except BaseException:
            _put_back(away, home)
            raise
        if not removed:  # somebody has pinned it meanwhile
            _put_back(away, home)
        elif away is not None:
            erase(away)
        return removed

    def _at_work(self, run: Run) -> bool:
        """Say whether something that a run left running may work in its folder still."""
        left = living_of(RunFolder.of(self._runs, run))
        if not left:
            self._held.discard(run.id)
        elif run.id not in self._held:
            self._held.add(run.id)
            what = ", ".join(map(str, left))
            LOG.info("run %s is kept for now: what it left behind still runs: %s", run.id, what)
        return bool(left)

    def _sweep(self, now: float) -> None:
        """Take away what belongs to nothing: folders of no run, old comparisons."""
        for path in self._strays(now):
            LOG.warning("%s belongs to no run and is removed", path)
            away = put_away(path, self._runs / GONE)
            if away is not None:
                erase(away)
            if self._breathe():
                return
        for path in self._compared.glob("*"):
            if _age(path, now) > WEEK:
                erase(path)

    def _strays(self, now: float) -> Iterator[Path]:
        """Yield the folders of runs that the store does not know, where they are older than a day.

        A store that was begun anew knows none of the runs of before; those are kept until they
        would go for their age.
        """
        first = self._store.first()
        since = min(first.timestamp() if first is not None else now, now)
        days = self._limits.days.usual
        at_work = {each.run.id for each in remains(self._runs)}
        for day in sorted(self._runs.glob("[0-9]*/[0-9]*/[0-9]*")):
            folders = [path for path in day.iterdir() if path.is_dir()]
            known = self._store.known([path.name for path in folders]) | at_work
            for path in folders:
                age = _age(path, now)
                of_this_store = age < now - since or (days and age > (days + 1) * DAY)
                if path.name not in known and age > DAY and of_this_store:
                    yield path
            if not folders and _age(day, now) > DAY:
                _drop(day)
            if self._breathe():
                return


def _age(path: Path, now: float) -> float:
    """Return for how many seconds nothing has come into a folder; 0 where it cannot be seen."""
    try:
        return now - path.stat().st_mtime
    except OSError:
        return 0.0


def _put_back(away: Path | None, home: Path) -> None:
    if away is not None:
        away.rename(home)


def _drop(day: Path) -> None:
    """Remove the folder of a day, of a month and of a year that have become empty."""
    for path in (day, day.parent, day.parent.parent):
        try:
            path.rmdir()
        except OSError:
            return
