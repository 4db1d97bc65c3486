"""Starts runs, each in its turn, and says of every one how it stands."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from webify.model.command import Values
from webify.model.run import Run, State
from webify.runs import verdict
from webify.runs.active import Active, clock_age
from webify.runs.birth import nudge
from webify.runs.fitting import Wish
from webify.runs.folder import NOTES, RunFolder, make_root, stamps, write_json
from webify.runs.launcher import Launcher
from webify.runs.lengths import Lengths
from webify.runs.line import Line
from webify.runs.order import Answer, Order, Plan, environment
from webify.runs.resuming import Resuming
from webify.runs.unfinished import LOOK, Unfinished
from webify.settings import Settings
from webify.store.store import Store

LOG = logging.getLogger(__name__)
ALIVE = 1.0  # seconds between two looks whether launcher and supervisors live
OTHERS = 60.0  # seconds between two looks for runs in the store that nobody here follows


class Engine:
    """All runs of one site."""

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
        self._unfinished = Unfinished(self._root, store, self.line, self.lengths)
        self._closing = threading.Event()
        self._resuming = Resuming(self._unfinished, None, self._closing)
        self._launcher = Launcher(self._root / NOTES, self._hear)
        self._poller = threading.Thread(target=self._poll, name="runs", daemon=True)
        self._poller.start()
        self._usher = threading.Thread(target=self._let_in, name="queue", daemon=True)
        self._usher.start()

    def folder(self, run: Run) -> RunFolder:
        """Return where a run lies on disk."""
        return self._unfinished.folder(run)

    def start(self, run: Run, plan: Plan, secrets: Values | None = None) -> Run:
        """Start a run that the store knows; the plan may hold secrets, run.argv must not.

        The run is under way when this returns, or waits for its turn where there is no place;
        one that cannot start has failed.  secrets: of its answers those that no file may hold.
        """
        active = self._unfinished.expect(run)
        if self.line.enter(run, plan, secrets):
            self._begin(active, plan)
        return active.run

    def expect(self, plan: Plan) -> None:
        """Hear how a run will be started that may come; what it needs may be got ready."""
        wish = Wish.of(Order("", "", plan, environment(plan.env, "")))
        if wish is not None:
            self._launcher.expect(wish)

    def stop(self, run_id: str, by: str = "") -> Run:
        """Ask for the end of a run and return it as it is now; wait() sees the end.

        One that waits for its turn has ended when this returns.
        """
        active = self._unfinished.of(run_id)
        if active is not None and self.line.withdraw(run_id):
            self._unfinished.never_begun(active, State.STOPPED, verdict.withdrawn(by))
            return active.run
        run = self._store.run(run_id)
        if not run.state.ended:
            folder = self.folder(run)
            folder.request_stop(by)
            process = folder.process()
            if process is not None:
                nudge(process.pid, process.birth)
        return run

    def going_on(self, run_id: str) -> Run | None:
        """Return a run that goes on as far as this server knows, without asking the store."""
        active = self._unfinished.of(run_id)
        return active.run if active else None

    def now(self, run: Run) -> Run:
        """Return a run of the store as it stands, as the store hears of what goes on later."""
        active = self._unfinished.of(run.id)
        if active is not None:
            return active.run
        return run if run.state.ended else self._store.run(run.id)

    def age(self, run: Run) -> float:
        """Return for how many seconds a run has gone on or waited, whatever the clock is set to."""
        active = self._unfinished.of(run.id)
        return clock_age(run) if active is None else active.age

    def wait(self, run_id: str, seconds: float) -> Run:
        """Return a run once it has ended, or as it is when the time is over."""
        run = self.told(run_id, seconds)
        self.settled()
        return run

    def told(self, run_id: str, seconds: float) -> Run:
        """Return what wait() does, a moment before the store hears of an end: see settled()."""
        active = self._unfinished.of(run_id)
        if active is None:
            run = self._store.run(run_id)
            if run.state.ended:
                return run
            active = self._unfinished.take_up(run)
        if active.ended.wait(seconds) or active.note_at:
            return active.run
        return self._store.run(run_id)

    def settled(self) -> None:
        """Wait until the store has heard of every end that somebody was told."""
        self._unfinished.settled()

    def printed(self, run_id: str, seconds: float) -> bool:
        """Wait until a run prints or ends; say whether it has printed and goes on.

        Only of standard output, and of runs that this server has started.
        """
        active = self._unfinished.of(run_id)
        if active is not None:
            active.news.wait(seconds)
        return active is not None and active.printed and not active.ended.is_set()

    def reattach(self, plan_again: Callable[[Run, Values], Plan] | None = None) -> None:
        """Take up the runs that another server left: ended, still going on, waiting, or lost.

        plan_again   says how a run that waited is started, from it and its secrets; without it
                     such runs are lost
        """
        self._resuming = Resuming(self._unfinished, plan_again, self._closing)
        self._resuming.take_up(self._store.unfinished())

    def close(self) -> None:
        """Stop looking; the runs go on under their supervisors."""
        self._closing.set()
        self._unfinished.some.set()
        self.line.turn.set()
        self._poller.join()
        self._usher.join()
        self.line.sealed.close()
        self._launcher.close()

    def _let_in(self) -> None:
        """Start what waits when its turn has come; nothing is done in between."""
        while True:
            self.line.turn.wait(self.line.pause)
            if self._closing.is_set():
                return
            self.line.turn.clear()
            for entry in self.line.admit():
                active = self._unfinished.of(entry.run.id)
                if active is None:
                    self.line.end(entry.run.id)
                elif entry.plan is not None:
                    self._begin(active, entry.plan)
                else:  # its tool may have to be read first, which can take a while
                    threading.Thread(target=self._resume, args=(active,), daemon=True).start()

    def _resume(self, active: Active) -> None:
        """Start a run that waited when an earlier server ended."""
        plan = self._resuming.plan(active)
        if plan is not None:
            self._begin(active, plan)

    def _begin(self, active: Active, plan: Plan) -> None:
        """Hand a run to a supervisor."""
        self._unfinished.begin(active)
        try:
            order = self._order(active, plan)
            write_json(active.folder.order_path, order.shown(active.run))
            self._launcher.start(order)
            self.line.sealed.drop(active.run.id)
        except OSError as error:
            self._unfinished.fail(active, verdict.no_start(error))
        self._unfinished.some.set()

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
        """Take what a supervisor says, or the launcher of one that it could not have."""
        active = self._unfinished.of(answer.id)
        if active is None:
            return
        if answer.said == "started":
            self._unfinished.under_way(active, answer)
        elif answer.said == "printed":
            active.printed = True
            active.news.set()
        elif answer.said == "ended":
            self._unfinished.look(active)
        elif answer.said == "failed":
            notes = self._root / NOTES
            self._unfinished.fail(
                active, f"The run could not start: why stands at the end of {notes}"
            )

    def _poll(self) -> None:
        """Look at the runs that go on, though nobody tells; where there are none, wait."""
        looked, searched = 0.0, time.monotonic()
        while True:
            self._unfinished.some.wait(self._others)
            if self._closing.wait(LOOK):  # what has just begun needs the processors itself
                return
            if time.monotonic() - searched > self._others:
                self._unfinished.take_up_others()
                searched = time.monotonic()
            thoroughly = time.monotonic() - looked > ALIVE
            if thoroughly:
                looked = time.monotonic()
                self._look_at_launcher()
            self._unfinished.look_at_all(thoroughly=thoroughly)

    def _look_at_launcher(self) -> None:
        try:
            self._launcher.look()
            self.line.sealed.look()
        except Exception:
            LOG.exception("the launcher could not be replaced; it is tried again")
