"""Starts runs, follows them to their end, and takes up those of an earlier server."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from webify.errors import NotResumed
from webify.model.run import Run, State
from webify.runs import verdict
from webify.runs.active import Active, gone
from webify.runs.birth import nudge
from webify.runs.courtesy import step_back
from webify.runs.folder import End, RunFolder, make_root, stamps, write_json
from webify.runs.launcher import Launcher
from webify.runs.lengths import Lengths
from webify.runs.line import Line
from webify.runs.lost import UNSTARTED, lost
from webify.runs.order import Answer, Order, Plan, environment
from webify.settings import Settings
from webify.store.store import Store

LOG = logging.getLogger(__name__)
NOTES = "supervisor.log"  # what supervisors say of themselves
LOOK = 0.1  # seconds between two looks at the runs that go on; their ends are also told
ALIVE = 1.0  # seconds between two looks whether their supervisors live
PATIENCE = 60.0  # seconds between two looks that fail, at most
OTHERS = 60.0  # seconds between two looks for runs in the store that nobody here follows
NOTED = 0.2  # seconds after which the store hears that a run is under way: most end before
BEFORE = 0.05  # seconds that a supervisor which has just gone may have left its end unseen
TOLD = ("state", "started", "ended", "exit_code", "rows", "reason")  # of an end, to the store


class Engine:
    """All runs of one site that have not ended."""

    def __init__(self, settings: Settings, store: Store, *, others: float = OTHERS) -> None:
        """Get ready to start runs: a launcher waits from now on.

        others   seconds between two looks for runs in the store that nobody here follows
        """
        self._others = others
        self._root = settings.data / "runs"
        make_root(self._root)
        self._run_bytes = settings.limits.run_bytes
        self._store = store
        self.lengths = Lengths(store)
        self.line = Line(settings, self.lengths)
        self._lock = threading.Lock()
        self._active: dict[str, Active] = {}
        self._plan_again: Callable[[Run], Plan] | None = None
        self._busy = threading.Event()
        self._closing = threading.Event()
        self._launcher = Launcher(self._root / NOTES, self._hear)
        self._poller = threading.Thread(target=self._poll, name="runs", daemon=True)
        self._poller.start()
        self._usher = threading.Thread(target=self._let_in, name="queue", daemon=True)
        self._usher.start()

    def folder(self, run: Run) -> RunFolder:
        """Return where a run lies on disk."""
        return RunFolder.of(self._root, run)

    def start(self, run: Run, plan: Plan) -> Run:
        """Start a run that the store knows; the plan may hold secrets, run.argv must not.

        The run is under way when this returns, or waits for its turn where there is no place;
        one that cannot start has failed.
        """
        with self._lock:
            active = self._active[run.id] = Active(run, self.folder(run), waits=True)
        if self.line.enter(run, plan):
            self._begin(active, plan)
        return active.run

    def _begin(self, active: Active, plan: Plan) -> None:
        """Hand a run to a supervisor."""
        with self._lock:
            active.run = replace(active.run, state=State.STARTING)
            active.waits, active.handed = False, time.monotonic()
        try:
            order = self._order(active, plan)
            write_json(active.folder.order_path, order.shown(active.run))
            self._launcher.start(order)
        except OSError as error:
            self._fail(active, verdict.no_start(error))
        self._busy.set()

    def _let_in(self) -> None:
        """Start what waits when its turn has come; nothing is done in between."""
        while True:
            self.line.turn.wait(self.line.pause)
            if self._closing.is_set():
                return
            self.line.turn.clear()
            for entry in self.line.admit():
                with self._lock:
                    active = self._active.get(entry.run.id)
                if active is None:
                    self.line.end(entry.run.id)
                elif entry.plan is not None:
                    self._begin(active, entry.plan)
                else:  # its tool may have to be read first, which can take a while
                    threading.Thread(target=self._resume, args=(active,), daemon=True).start()

    def _resume(self, active: Active) -> None:
        """Start a run that waited when an earlier server ended."""
        try:
            plan = self._plan_of(active.run)
        except NotResumed as error:
            self._interrupt(active, str(error))
        else:
            self._begin(active, plan)

    def _plan_again_all(self, waited: Sequence[Active]) -> None:
        """Make the plans of runs that waited, and end those that can have none, at once."""
        for active in waited:
            if self._closing.is_set():
                return
            try:
                self.line.give(active.run.id, self._plan_of(active.run))
            except NotResumed as error:
                if self.line.withdraw(active.run.id):
                    self._interrupt(active, str(error))

    def _plan_of(self, run: Run) -> Plan:
        """Return how a run that waited is started; raises NotResumed whatever hinders it."""
        assert self._plan_again is not None
        try:
            return self._plan_again(run)
        except NotResumed:
            raise
        except Exception as error:
            LOG.exception("run %s could not be taken up", run.id)
            raise NotResumed(UNSTARTED) from error

    def _interrupt(self, active: Active, reason: str) -> None:
        now = datetime.now(UTC)
        self._conclude(active, End(State.LOST, ended=now, reason=reason.rstrip(".")))

    def going_on(self, run_id: str) -> Run | None:
        """Return a run that goes on as far as this server knows, without asking the store."""
        with self._lock:
            active = self._active.get(run_id)
        return active.run if active else None

    def stop(self, run_id: str, by: str = "") -> Run:
        """Ask for the end of a run and return it as it is now; wait() sees the end.

        One that waits for its turn has ended when this returns.
        """
        with self._lock:
            active = self._active.get(run_id)
        if active is not None and self.line.withdraw(run_id):
            reason = verdict.withdrawn(by)
            self._conclude(active, End(State.STOPPED, ended=datetime.now(UTC), reason=reason))
            return active.run
        run = self._store.run(run_id)
        if not run.state.ended:
            folder = self.folder(run)
            folder.request_stop(by)
            process = folder.process()
            if process is not None:
                nudge(process.pid, process.birth)
        return run

    def now(self, run: Run) -> Run:
        """Return a run of the store as it stands, as the store hears of what goes on later."""
        with self._lock:
            active = self._active.get(run.id)
        if active is not None:
            return active.run
        return run if run.state.ended else self._store.run(run.id)

    def settled(self) -> None:
        """Wait until the store has heard of every end that somebody was told."""
        with self._lock:
            pass

    def wait(self, run_id: str, seconds: float) -> Run:
        """Return a run once it has ended, or as it is when the time is over."""
        run = self.told(run_id, seconds)
        self.settled()
        return run

    def told(self, run_id: str, seconds: float) -> Run:
        """Return what wait() does, a moment before the store hears of an end: see settled()."""
        with self._lock:
            active = self._active.get(run_id)
        if active is None:
            run = self._store.run(run_id)
            if run.state.ended:
                return run
            active = self._take_up(run)
        if active.ended.wait(seconds) or active.note_at:
            return active.run
        return self._store.run(run_id)

    def printed(self, run_id: str, seconds: float) -> bool:
        """Wait until a run prints or ends; say whether it has printed and goes on.

        Only of standard output, and of runs that this server has started.
        """
        with self._lock:
            active = self._active.get(run_id)
        if active is not None:
            active.news.wait(seconds)
        return active is not None and active.printed and not active.ended.is_set()

    def reattach(self, plan_again: Callable[[Run], Plan] | None = None) -> None:
        """Take up the runs that another server left: ended, still going on, waiting, or lost.

        plan_again   says how a run that waited is started; without it such runs are lost
        """
        self._plan_again = plan_again
        waited = []
        for run in self._store.unfinished():
            if plan_again is not None and self._waited(run):
                waited.append(Active(run, self.folder(run), waits=True))
            else:
                self._take_up(run)
        for active in waited:
            with self._lock:
                self._active[active.run.id] = active
            self.line.enter(active.run, None)
        if waited:
            threading.Thread(target=self._plan_again_all, args=(waited,), daemon=True).start()

    def _waited(self, run: Run) -> bool:
        folder = self.folder(run)
        begun = (folder.order_path, folder.process_path, folder.claim_path, folder.end_path)
        return run.state is State.QUEUED and not any(path.exists() for path in begun)

    def _take_up(self, run: Run) -> Active:
        """Follow a run from now on, whoever started it."""
        with self._lock:
            known = self._active.get(run.id)
            if known is not None:
                return known
            active = self._active[run.id] = Active(run, self.folder(run))
            self.line.occupy(run)
        self._visit(active, thoroughly=True)
        self._busy.set()
        return active

    def close(self) -> None:
        """Stop looking; the runs go on under their supervisors."""
        self._closing.set()
        self._busy.set()
        self.line.turn.set()
        self._poller.join()
        self._usher.join()
        self._launcher.close()

    def _order(self, active: Active, plan: Plan) -> Order:
        folder, run = active.folder, active.run
        folder.make()
        return Order(
            id=run.id,
            folder=str(folder.path),
            plan=plan,
            env=environment(plan.env, run.id),
            run_bytes=self._run_bytes,
            given=stamps(folder.files),
        )

    def _hear(self, answer: Answer) -> None:
        with self._lock:
            active = self._active.get(answer.id)
        if active is None:
            return
        if answer.said == "started":
            self._under_way(active, answer)
        elif answer.said == "printed":
            active.printed = True
            active.news.set()
        elif answer.said == "ended":
            self._look(active)
        elif answer.said == "failed":
            notes = self._root / NOTES
            self._fail(active, f"The run could not start: why stands at the end of {notes}")

    def _fail(self, active: Active, reason: str) -> None:
        now = datetime.now(UTC)
        self._conclude(active, End(State.FAILED, started=now, ended=now, reason=reason))

    def _under_way(self, active: Active, answer: Answer) -> None:
        """Say that it runs, unless it has ended meanwhile; in the store when it is older."""
        with self._lock:
            if active.run.id in self._active:
                active.pid, active.birth = answer.pid, answer.birth
                active.run = replace(active.run, state=State.RUNNING, started=datetime.now(UTC))
                active.note_at = time.monotonic() + NOTED

    def _note(self, active: Active) -> None:
        """Say in the store that a run is under way, once it is older than most become."""
        with self._lock:
            due = 0 < active.note_at < time.monotonic()
            if due and active.run.id in self._active:
                self._store.update(active.run, "state", "started")
                active.note_at = 0.0

    def _poll(self) -> None:
        looked, searched = 0.0, time.monotonic()
        while not self._closing.wait(LOOK):
            self._busy.wait(self._others)
            if time.monotonic() - searched > self._others:
                self._look_for_others()
                searched = time.monotonic()
            with self._lock:
                everything = list(self._active.values())
                if not everything and not self._closing.is_set():
                    self._busy.clear()
            thoroughly = time.monotonic() - looked > ALIVE
            if thoroughly:
                looked = time.monotonic()
                self._look_at_launcher()
            for active in everything:
                self._visit(active, thoroughly=thoroughly)
            step_back(everything)

    def _look_for_others(self) -> None:
        try:
            for run in self._store.unfinished():
                self._take_up(run)
        except Exception:
            LOG.exception("the store could not be asked for runs; it is tried again")

    def _look_at_launcher(self) -> None:
        try:
            self._launcher.look()
        except Exception:
            LOG.exception("the launcher could not be replaced; it is tried again")

    def _visit(self, active: Active, *, thoroughly: bool) -> None:
        now = time.monotonic()
        if active.waits or now < active.again:
            return
        try:
            self._look(active, thoroughly=thoroughly)
            self._note(active)
            active.patience = LOOK
        except Exception:
            LOG.exception("run %s could not be followed; it is tried again", active.run.id)
            active.patience = min(active.patience * 3, PATIENCE)
            active.again = now + active.patience

    def _look(self, active: Active, *, thoroughly: bool = False) -> None:
        """Finish a run that has ended, or whose supervisor has gone without a word."""
        end = active.folder.end()
        if end is not None:
            self._finish(active, end)
        elif thoroughly and gone(active):
            time.sleep(BEFORE)
            end = active.folder.end()
            if end is not None:
                self._finish(active, end)
            else:
                self._conclude(active, lost(active.run, active.folder))
        else:
            self._tell_whether_it_waits(active)

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
            active.ended.set()
            active.news.set()
            self._store.update(active.run, *TOLD)
            del self._active[active.run.id]
            self.line.end(active.run.id)
        self.lengths.note(active.run)
