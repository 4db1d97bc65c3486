"""The page of a run that waits for its turn: its place, what it waits for, and for how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from webify.model.run import Run
from webify.runs.line import Standing
from webify.runs.queue import GROUP, PERSON, SITE, TOOL, Rules
from webify.web.words import HOUR, MINUTE, counted, in_words, number

NAMED = 3  # runs that are named of those that come before
SOON = 15  # seconds below which nobody counts
STEP = 10  # seconds to which a time is rounded


@dataclass(frozen=True)
class Wait:
    """What the page says, and its event stream tells anew when it changes.

    number   the place in the queue, from 1
    heading  how many runs come first
    text     which ones, what is in the way, and when it begins
    """

    number: int
    heading: str
    text: str


def wait_of(standing: Standing, rules: Rules, run: Run) -> Wait:
    """Return what is said of a run that waits."""
    before = standing.before
    heading = f"{counted(len(before), 'run')} before yours" if before else "Yours is next"
    why = {
        "": soon,
        SITE: site_full,
        TOOL: tool_full,
        PERSON: person_full,
        GROUP: group_taken,
    }[standing.place.why](standing, rules, run)
    when = begins(standing.seconds) if standing.place.why else ""
    sentences = (first(before), why, when)
    return Wait(standing.place.number, heading, " ".join(each for each in sentences if each))


def first(before: Sequence[Run]) -> str:
    """Return which runs come first."""
    return f"First {'comes' if len(before) == 1 else 'come'} {named(before)}." if before else ""


def soon(_standing: Standing, _rules: Rules, _run: Run) -> str:
    """Say that nothing is in its way: some others begin in the same moment."""
    return "It begins in a moment."


def site_full(_standing: Standing, rules: Rules, _run: Run) -> str:
    """Say that the site has no place for any run."""
    if rules.runs == 1:
        return "Another run is at work."
    return "Both places are taken." if rules.runs == 2 else f"All {rules.runs} places are taken."


def tool_full(standing: Standing, _rules: Rules, run: Run) -> str:
    """Say how many runs of its tool there may be."""
    if standing.at_once == 1:
        return f"{run.title} runs one at a time."
    return f"{run.title} runs {standing.at_once} at a time."


def person_full(_standing: Standing, rules: Rules, run: Run) -> str:
    """Say how many runs of its person there may be."""
    return f"{run.user} has {counted(rules.per_person, 'run')} at work, the most for one person."


def group_taken(standing: Standing, _rules: Rules, _run: Run) -> str:
    """Say with which runs it may not run together."""
    others = standing.hinders or standing.before
    return f"It may not run together with {named(others)}."


def named(runs: Sequence[Run]) -> str:
    """Return "Stock report by Tom, 2 runs of Orders and 3 more"."""
    several = Counter(name_of(run) for run in runs)
    shown = list(several.items())[:NAMED]
    names = [name if count == 1 else f"{number(count)} runs of {name}" for name, count in shown]
    more = len(runs) - sum(count for _, count in shown)
    if more:
        return f"{', '.join(names)} and {number(more)} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def name_of(run: Run) -> str:
    """Return what a run is called in a sentence: its tool, its command in words, its person."""
    path = f": {in_words(' '.join(run.path)).lower()}" if run.path else ""
    return f"{run.title}{path}{f' by {run.user}' if run.user else ''}"


def begins(seconds: float | None) -> str:
    """Return when it begins, "" where that is not known."""
    if seconds is None:
        return ""
    if seconds < SOON:
        return "It begins in a few seconds."
    if seconds < MINUTE - STEP / 2:
        return f"It begins in about {round(seconds / STEP) * STEP} s."
    if seconds < 1.5 * HOUR:
        return f"It begins in about {round(seconds / MINUTE)} min."
    return f"It begins in about {number(round(seconds / HOUR))} h."
