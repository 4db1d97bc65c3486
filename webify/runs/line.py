"""The runs of one site that go on and those that wait for their turn."""

from __future__ import annotations

import os
import threading
import time
from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, replace

from webify.model.command import Values
from webify.model.run import Run
from webify.runs.lengths import Lengths
from webify.runs.order import Plan
from webify.runs.queue import FORETOLD, Claim, Place, Rules, next_up, place_of, seconds_until
from webify.runs.sealed import Sealed
from webify.settings import Settings
from webify.tool_settings import ToolSettings

OVERDUE = 0.25  # of its usual time: what a run that takes longer is thought to take still
LEAST_STARTS = 2  # runs that begin in one moment, on a machine with few cores
YOUNG = 0.25  # seconds for which a run that begins has need of a core, as most tools load then


@dataclass(frozen=True)
class Entry:
    """A run in the line.

    plan    how it is started; None where that has to be made again
    worker  the number of the place that it has, 0 while it waits
    since   when it got there (monotonic)
    """

    run: Run
    claim: Claim
    plan: Plan | None = None
    worker: int = 0
    since: float = 0.0

    def __lt__(self, other: Entry) -> bool:
        """Stand before those that were asked for later."""
        return self.run.number < other.run.number


@dataclass(frozen=True)
class Standing:
    """What a person who waits wants to know.

    before    the runs that begin first
    hinders   the runs that have to end, where only some are in the way
    at_once   runs of the same tool that may go on together, 0 where no number is set
    seconds   until it begins, None where that cannot be told
    """

    place: Place
    before: tuple[Run, ...]
    hinders: tuple[Run, ...]
    at_once: int = 0
    seconds: float | None = None


class Line:
    """Who goes on and who waits; any thread may use it.

    Of many runs that may begin only a few do so in one moment, as many as the machine can start
    side by side: the others follow within the next ones, and pages are made in between.

    turn      set when somebody may begin
    starts    how many runs begin in one moment
    pause     seconds after which the next ones of many may begin, None where no time says so
    version   another number after each change
    sealed    secrets of those who wait
    """

    def __init__(self, settings: Settings, lengths: Lengths) -> None:
        """Take the limits of the site; nobody is there."""
        limits = settings.limits
        self.rules = Rules(limits.runs, limits.runs_per_person)
        self.turn = threading.Event()
        self.version = 0
        self.pause: float | None = None
        self.starts = max(LEAST_STARTS, os.cpu_count() or 1)
        self._tools: Mapping[str, ToolSettings] = settings.tools
        self.sealed = Sealed(settings.data)
        self._lengths = lengths
        self._lock = threading.Lock()
        self._going: dict[str, Entry] = {}
        self._waiting: list[Entry] = []

    def enter(self, run: Run, plan: Plan | None, secrets: Values | None = None) -> bool:
        """Let a run in; say whether it begins at once, as otherwise it waits for its turn.

        secrets   those of its answers that are written down nowhere
        """
        begins = self._enter(run, plan)
        if secrets and not begins:
            self.sealed.keep(run.id, secrets)
            if not self.waits(run.id):  # its turn came meanwhile
                self.sealed.drop(run.id)
        return begins

    def _enter(self, run: Run, plan: Plan | None) -> bool:
        entry = Entry(run, claim_of(run, self._tools), plan)
        with self._lock:
            self._forget(run.id)
            insort(self._waiting, entry)
            self.version += 1
            if plan is None or entry.claim not in self._next():
                self.turn.set()
                return False
            self._waiting.remove(entry)
            self._begin(entry)
            if self._waiting:
                self.turn.set()
            return True

    def occupy(self, run: Run) -> None:
        """Count a run that goes on already."""
        with self._lock:
            self._forget(run.id)
            self._begin(Entry(run, claim_of(run, self._tools)))

    def admit(self) -> list[Entry]:
        """Let those begin whose turn it is, and return them."""
        with self._lock:
            up = {claim.id for claim in self._next()}
            found = [entry for entry in self._waiting if entry.run.id in up]
            if found:
                self._waiting = [entry for entry in self._waiting if entry.run.id not in up]
                for entry in found:
                    self._begin(entry)
            self.pause = self._pause()
            return found

    def give(self, run_id: str, plan: Plan) -> None:
        """Keep how a run is started, where it still waits."""
        with self._lock:
            self._waiting = [
                replace(entry, plan=plan) if entry.run.id == run_id else entry
                for entry in self._waiting
            ]

    def withdraw(self, run_id: str) -> bool:
        """Take out a run that waits; say whether it did."""
        with self._lock:
            there = any(entry.run.id == run_id for entry in self._waiting)
            if there:
                self._forget(run_id)
                self.turn.set()
            return there

    def end(self, run_id: str) -> None:
        """Give the place of a run to others."""
        with self._lock:
            self._forget(run_id)
            if self._waiting:
                self.turn.set()

    def waits(self, run_id: str) -> bool:
        """Say whether a run waits for its turn."""
        with self._lock:
            return any(entry.run.id == run_id for entry in self._waiting)

    def standing(self, run_id: str) -> Standing | None:
        """Return where a run stands in the queue, None where it does not wait."""
        if not self.waits(run_id):
            return None
        going, waiting = self.entries()
        claims = [entry.claim for entry in going], [entry.claim for entry in waiting]
        place = place_of(run_id, *claims, self.rules)
        if place is None:
            return None
        runs = {entry.run.id: entry.run for entry in (*going, *waiting)}
        lasts = self._lasts(going, waiting)
        return Standing(
            place,
            tuple(runs[each] for each in place.before),
            tuple(runs[each] for each in place.hinders),
            waiting[place.number - 1].claim.at_once,
            seconds_until(run_id, *claims, self.rules, lasts),
        )

    def entries(self) -> tuple[list[Entry], list[Entry]]:
        """Return those that go on, by their workers, and those that wait, the first one first."""
        with self._lock:
            going, waiting = list(self._going.values()), list(self._waiting)
        return sorted(going, key=lambda entry: entry.worker), waiting

    def _next(self) -> list[Claim]:
        return self._free()[: max(0, self.starts - len(self._young()))]

    def _free(self) -> list[Claim]:
        """Return whom no rule hinders: the machine may."""
        going = [entry.claim for entry in self._going.values()]
        return next_up(going, [entry.claim for entry in self._waiting], self.rules)

    def _young(self) -> list[float]:
        """Return how many seconds ago those began that have need of a core."""
        ages = [time.monotonic() - entry.since for entry in self._going.values()]
        return [age for age in ages if age < YOUNG]

    def _pause(self) -> float | None:
        """Return in how many seconds the next of those may begin whom the machine hinders.

        Nobody else tells the usher: of runs that have just begun none may end for hours.
        """
        if not self._waiting or not self._free():
            return None
        return max(0.0, YOUNG - max(self._young(), default=YOUNG))

    def _begin(self, entry: Entry) -> None:
        taken = {each.worker for each in self._going.values()}
        worker = next(number for number in range(1, len(taken) + 2) if number not in taken)
        begun = replace(entry, plan=None, worker=worker, since=time.monotonic())
        self._going[entry.run.id] = begun
        self.version += 1

    def _forget(self, run_id: str) -> None:
        self._going.pop(run_id, None)
        self._waiting = [entry for entry in self._waiting if entry.run.id != run_id]
        self.version += 1

    def _lasts(self, going: list[Entry], waiting: list[Entry]) -> dict[str, float]:
        """Return how long each run will still take, as far as its command is known."""
        found: dict[str, float] = {}
        for entry in (*going, *waiting[:FORETOLD]):
            usual = self._lengths.usual(entry.run)
            if usual is not None:
                gone = time.monotonic() - entry.since if entry.worker else 0.0
                found[entry.run.id] = max(usual - gone, OVERDUE * usual)
        return found


def claim_of(run: Run, tools: Mapping[str, ToolSettings]) -> Claim:
    """Return what a run takes up, by what the site says of its tool."""
    tool = tools.get(run.tool)
    if tool is None:
        return Claim(run.id, run.tool, run.user)
    return Claim(run.id, run.tool, run.user, tool.concurrency_group, tool.runs or 0)
