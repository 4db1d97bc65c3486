"""What a new server finds of an earlier one: runs that ended, go on, wait, or are lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webify.errors import NotResumed
from webify.model.command import Values
from webify.model.run import Run, State
from webify.runs.active import Active
from webify.runs.folder import RunFolder
from webify.runs.lost import UNSTARTED
from webify.runs.order import Plan
from webify.runs.unfinished import Unfinished

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Resuming:
    """Takes up runs again.

    plan_again   says how a run that waited is started, from it and its secrets; without it such
                 runs are lost
    closing      is set when this server ends
    """

    unfinished: Unfinished
    plan_again: Callable[[Run, Values], Plan] | None
    closing: threading.Event

    def take_up(self, runs: Sequence[Run]) -> None:
        """Follow the runs that have begun, and put those that waited back into the line."""
        waited = []
        for run in runs:
            if self.plan_again is not None and _waited(run, self.unfinished.folder(run)):
                waited.append(self.unfinished.expect(run))
            else:
                self.unfinished.take_up(run)
        self.unfinished.line.sealed.take_up([active.run.id for active in waited])
        for active in waited:  # once all are counted that go on
            self.unfinished.line.enter(active.run, None)
        if waited:
            threading.Thread(target=self._plan_all, args=(waited,), daemon=True).start()

    def plan(self, active: Active) -> Plan | None:
        """Return how a run that waited is started; where nobody can say, it has ended."""
        try:
            return self._plan_of(active.run)
        except NotResumed as error:
            self._interrupt(active, error)
            return None

    def _plan_all(self, waited: Sequence[Active]) -> None:
        """Make the plans of runs that waited, and end those that can have none, at once."""
        line = self.unfinished.line
        for active in waited:
            if self.closing.is_set():
                return
            try:
                line.give(active.run.id, self._plan_of(active.run))
            except NotResumed as error:
                if line.withdraw(active.run.id):
                    self._interrupt(active, error)

    def _plan_of(self, run: Run) -> Plan:
        """Return how a run that waited is started; raises NotResumed whatever hinders it."""
        assert self.plan_again is not None
        try:
            return self.plan_again(run, self.unfinished.line.sealed.of(run.id))
        except NotResumed:
            raise
        except Exception as error:
            LOG.exception("run %s could not be taken up", run.id)
            raise NotResumed(UNSTARTED) from error

    def _interrupt(self, active: Active, why: NotResumed) -> None:
        self.unfinished.never_begun(active, State.LOST, str(why).rstrip("."))


def _waited(run: Run, folder: RunFolder) -> bool:
    """Say whether no supervisor has taken a run; of those that are told of one, one takes it."""
    begun = (folder.process_path, folder.claim_path, folder.end_path)
    return run.state is State.QUEUED and not any(path.exists() for path in begun)
