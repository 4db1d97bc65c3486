"""The queue of one site: which runs may begin, what the others wait for, and for how long.

Nothing here knows a process, a clock or a lock: what runs and what waits goes in, and what may
begin comes out.  Runs begin in the order in which they were asked for.  One that waits for its
own tool, person or group is passed by others, but nobody passes the first in line to what it
waits for; so each becomes the first one day, and none waits for ever.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

SITE, TOOL, PERSON, GROUP = "site", "tool", "person", "group"  # what a run waits for
FORETOLD = 100  # runs in the queue for which it is said when they begin


@dataclass(frozen=True)
class Claim:
    """What a run takes up while it goes on.

    id       of the run
    user     "" where nobody is known; then no limit of a person holds
    groups   no two runs that share one go on at the same time
    at_once  runs of its tool that may go on at the same time, 0 for any number
    """

    id: str
    tool: str
    user: str = ""
    groups: tuple[str, ...] = ()
    at_once: int = 0


@dataclass(frozen=True)
class Rules:
    """How many runs may go on at the same time: of the site, and of one person (0: any number)."""

    runs: int
    per_person: int = 0


@dataclass(frozen=True)
class Place:
    """Where a run stands in the queue.

    number   from 1
    before   ids of the waiting runs that begin before it
    why      what it waits for: SITE, TOOL, PERSON or GROUP, "" where it begins in a moment
    hinders  ids of the runs that have to end first, where it is not the whole site
    """

    number: int
    before: tuple[str, ...]
    why: str
    hinders: tuple[str, ...] = ()


@dataclass
class Taken:
    """What the runs that go on take up."""

    rules: Rules
    runs: int = 0
    tools: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)

    @property
    def full(self) -> bool:
        """Say whether the site has no place for any other run."""
        return self.runs >= self.rules.runs

    def begin(self, claim: Claim) -> None:
        """Count a run that goes on."""
        self.runs += 1
        self.reserve(claim)

    def reserve(self, claim: Claim) -> None:
        """Keep what a run waits for from others; it takes no place of the site yet."""
        self.tools[claim.tool] += 1
        self.people[claim.user] += 1
        self.groups.update(claim.groups)

    def end(self, claim: Claim) -> None:
        """Count a run no more."""
        self.runs -= 1
        self.tools[claim.tool] -= 1
        self.people[claim.user] -= 1
        self.groups.subtract(claim.groups)

    def hindrance(self, claim: Claim) -> str:
        """Return what of its own a run has to wait for, "" where nothing hinders it."""
        if any(self.groups[group] > 0 for group in claim.groups):
            return GROUP
        if claim.at_once and self.tools[claim.tool] >= claim.at_once:
            return TOOL
        most = self.rules.per_person
        return PERSON if most and claim.user and self.people[claim.user] >= most else ""


def next_up(going: Sequence[Claim], waiting: Sequence[Claim], rules: Rules) -> list[Claim]:
    """Return which of the waiting runs may begin now, the first in line first."""
    return _next(_taken(going, rules), waiting)


def place_of(
    run_id: str, going: Sequence[Claim], waiting: Sequence[Claim], rules: Rules
) -> Place | None:
    """Return where a run stands in the queue, None where it does not wait."""
    at = next((at for at, claim in enumerate(waiting) if claim.id == run_id), None)
    if at is None:
        return None
    claim, ahead, taken = waiting[at], waiting[:at], _taken(going, rules)
    why = taken.hindrance(claim)
    hinders = tuple(each.id for each in going if why in _shared(claim, each, rules))
    if not taken.full:
        ahead = [each for each in ahead if _shared(claim, each, rules)]
    if not why and not taken.full and ahead:
        why = _shared(claim, ahead[0], rules)[0]
    why = why or (SITE if taken.full else "")
    return Place(at + 1, tuple(each.id for each in ahead), why, hinders)


def seconds_until(
    run_id: str,
    going: Sequence[Claim],
    waiting: Sequence[Claim],
    rules: Rules,
    lasts: Mapping[str, float],
) -> float | None:
    """Return in how many seconds a waiting run begins, as far as can be told.

    lasts   how much longer each run that goes on takes, and how long each waiting one will; of
            one that is missing nothing is known, and its place is not counted on
    """
    ahead = list(waiting[:FORETOLD])
    if not any(claim.id == run_id for claim in ahead):
        return None
    taken, now = _taken(going, rules), 0.0
    ends = [(lasts.get(claim.id, inf), claim.id, claim) for claim in going]
    heapq.heapify(ends)
    while True:
        for claim in _next(_copy(taken), ahead):
            if claim.id == run_id:
                return now
            taken.begin(claim)
            ahead.remove(claim)
            heapq.heappush(ends, (now + lasts.get(claim.id, inf), claim.id, claim))
        if not ends or ends[0][0] == inf:
            return None
        now, _, ended = heapq.heappop(ends)
        taken.end(ended)


def _next(taken: Taken, waiting: Sequence[Claim]) -> list[Claim]:
    found: list[Claim] = []
    first = True
    for claim in waiting:
        if taken.full:
            break
        if not taken.hindrance(claim):
            taken.begin(claim)
            found.append(claim)
        elif first:
            taken.reserve(claim)
            first = False
    return found


def _taken(going: Sequence[Claim], rules: Rules) -> Taken:
    taken = Taken(rules)
    for claim in going:
        taken.begin(claim)
    return taken


def _copy(taken: Taken) -> Taken:
    counts = (Counter(each) for each in (taken.tools, taken.people, taken.groups))
    return Taken(taken.rules, taken.runs, *counts)


def _shared(one: Claim, other: Claim, rules: Rules) -> tuple[str, ...]:
    """Return what both runs have need of and there is not enough of for any number of them."""
    found = []
    if set(one.groups) & set(other.groups):
        found.append(GROUP)
    if one.at_once and one.tool == other.tool:
        found.append(TOOL)
    if rules.per_person and one.user and one.user == other.user:
        found.append(PERSON)
    return tuple(found)
