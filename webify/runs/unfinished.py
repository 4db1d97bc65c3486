"""The runs that have not ended, and how this server learns what becomes of each."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from webify.model.run import Run, State
from webify.runs.active import Active, unwatched
from webify.runs.courtesy import step_back
from webify.runs.folder import End, RunFolder
from webify.runs.lengths import Lengths
from webify.runs.line import Line
from webify.runs.lost import lost
from webify.runs.order import Answer
from webify.runs.remains import note
from webify.store.store import Store

LOG = logging.getLogger(__name__)
LOOK = 0.1  # seconds between two looks at the runs that go on; their ends are also told
PATIENCE = 60.0  # seconds between two looks that fail, at most
NOTED = 0.2  # seconds after which the store hears that a run is under way: most end before
BEFORE = 0.05  # seconds that a supervisor which has just gone may have left its end unseen
TOLD = ("state", "started", "ended", "exit_code", "rows", "reason")  # of an end, to the store


class Unfinished:
    """All runs of one site that go on or wait: the store hears from here what becomes of them.

    some      is set while there are any, so that nobody has to look where there are none
    line      loses each that has ended
    lengths   learns how long it took
    """

    def __init__(self, root: Path, store: Store, line: Line, lengths: Lengths) -> None:
        """Know of no run yet."""
        self.some = threading.Event()
        self.line = line
        self._root = root
        self._store = store
        self._lengths = lengths
        self._lock = threading.Lock()
        self._active: dict[str, Active] = {}

    def of(self, run_id: str) -> Active | None:
        """Return a run that has not ended as far as is known here."""
        with self._lock:
            return self._active.get(run_id)

    def settled(self) -> None:
        """Wait until the store has heard of every end that somebody was told."""
        with self._lock:
            pass

    def folder(self, run: Run) -> RunFolder:
        """Return where a run lies on disk."""
        return RunFolder.of(self._root, run)

    def expect(self, run: Run) -> Active:
        """Know of a run that begins when its turn has come: see begin()."""
        active = Active(run, self.folder(run), waits=True)
        with self._lock:
            self._active[run.id] = active
        return active

    def begin(self, active: Active) -> None:
        """Say that a run is about to be handed to a supervisor."""
        with self._lock:
            active.run = replace(active.run, state=State.STARTING)
            active.waits, active.since = False, time.monotonic()
            active.handed = active.since

    def take_up(self, run: Run) -> Active:
        """Follow a run from now on, whoever started it."""
        with self._lock:
            known = self._active.get(run.id)
            if known is not None:
                return known
            active = self._active[run.id] = Active(run, self.folder(run))
            self.line.occupy(run)
        self._visit(active, thoroughly=True)
        self.some.set()
        return active

    def take_up_others(self) -> None:
        """Follow the runs of the store that nobody here follows."""
        try:
            for run in self._store.unfinished():
                self.take_up(run)
        except Exception:
            LOG.exception("the store could not be asked for runs; it is tried again")

    def under_way(self, active: Active, answer: Answer) -> None:
        """Say that it runs, unless it has ended meanwhile; in the store when it is older."""
        with self._lock:
            if active.run.id in self._active:
                active.pid, active.birth = answer.pid, answer.birth
                active.run = replace(active.run, state=State.RUNNING, started=datetime.now(UTC))
                active.note_at = time.monotonic() + NOTED

    def look_at_all(self, *, thoroughly: bool) -> None:
        """See which runs have ended; thoroughly: also whose supervisors have gone."""
        with self._lock:
            everything = list(self._active.values())
            if not everything:
                self.some.clear()
        for active in everything:
            self._visit(active, thoroughly=thoroughly)
        step_back(everything)

    def look(self, active: Active, *, thoroughly: bool = False) -> None:
        """Finish a run that has ended, or whose supervisor has gone without a word."""
        end = active.folder.end()
        if end is not None:
            self._finish(active, end)
        elif thoroughly and unwatched(active):
            time.sleep(BEFORE)
            end = active.folder.end()
            if end is not None:
                self._finish(active, end)
            else:
                self._conclude(active, lost(active.run, active.folder))
        else:
            self._tell_whether_it_waits(active)

    def fail(self, active: Active, reason: str) -> None:
        """End a run that could not start."""
        now = datetime.now(UTC)
        self._conclude(active, End(State.FAILED, started=now, ended=now, reason=reason))

    def never_begun(self, active: Active, state: State, reason: str) -> None:
        """End a run that waited and will not begin."""
        self._conclude(active, End(state, ended=datetime.now(UTC), reason=reason))

    def _visit(self, active: Active, *, thoroughly: bool) -> None:
        now = time.monotonic()
        if active.waits or now < active.again:
            return
        try:
            self.look(active, thoroughly=thoroughly)
            self._note(active)
            active.patience = LOOK
        except Exception:
            LOG.exception("run %s could not be followed; it is tried again", active.run.id)
            active.patience = min(active.patience * 3, PATIENCE)
            active.again = now + active.patience

    def _note(self, active: Active) -> None:
        """Say in the store that a run is under way, once it is older than most become."""
        with self._lock:
            due = 0 < active.note_at < time.monotonic()
            if due and active.run.id in self._active:
                self._store.update(active.run, "state", "started")
                active.note_at = 0.0

    def _tell_whether_it_waits(self, active: Active) -> None:
        """Say in the store whether the tool waits for an answer."""
        state = State.WAITING if active.folder.question_path.exists() else State.RUNNING
        if active.run.state not in (State.RUNNING, State.WAITING) or active.run.state is state:
            return
        with self._lock:
            if self._active.get(active.run.id) is active:
                active.run = replace(active.run, state=state)
                self._store.update(active.run, "state", "started")
                active.note_at = 0.0

    def _conclude(self, active: Active, end: End) -> None:
        """Finish a run that no supervisor finishes."""
        try:
            active.folder.close(end)
        except OSError:
            LOG.exception("the end of run %s is in the store only", active.run.id)
        self._finish(active, end)

    def _finish(self, active: Active, end: End) -> None:
        """Wake who waits for the end, and put it into the store, once; see settled()."""
        with self._lock:
            if self._active.get(active.run.id) is not active:
                return
            active.run = replace(active.run, **{name: getattr(end, name) for name in TOLD})
            if end.left:
                note(active.folder, active.run, end.left)
            active.ended.set()
            active.news.set()
            self._store.update(active.run, *TOLD)
            del self._active[active.run.id]
            self.line.end(active.run.id)
        self.line.sealed.drop(active.run.id)
        self._lengths.note(active.run)
