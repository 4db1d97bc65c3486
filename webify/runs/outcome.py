"""How a tool that ended by itself is seen: its state, a sentence, and what caused it."""

from __future__ import annotations

from dataclasses import dataclass

from webify.model.exits import Exit, meaning
from webify.model.run import State
from webify.runs import verdict
from webify.runs.breach import Breach
from webify.runs.order import Plan
from webify.runs.signals import by_crash
from webify.runs.starting import did_not_begin, needed, wants_terminal

WANTS_TERMINAL = "The program wants a terminal"
NO_MEMORY = "The server ran out of memory, and the program was ended"


@dataclass(frozen=True)
class Outcome:
    """How a run ended; for cause and changed see runs/folder.py."""

    state: State
    reason: str = ""
    cause: str = ""
    changed: bool | None = None


def outcome_of(plan: Plan, code: int, tail: bytes, breach: Breach | None = None) -> Outcome:
    """Return how a tool ended by its exit code, what is said of that, and its last words."""
    text = tail.decode("utf-8", "replace")
    if breach is not None:
        return over(breach, plan)
    told = said_of(plan, code)
    if told is not None:
        return _told(told, code, tail)
    if why := did_not_begin(plan.argv, code, text):
        return Outcome(State.FAILED, why, "start")
    if what := needed(code, text):
        return Outcome(State.FAILED, f"The program needs {what}, which is not installed", "needs")
    if not plan.terminal and wants_terminal(code, text):
        return Outcome(State.FAILED, WANTS_TERMINAL, "terminal")
    state, reason = verdict.of_exit(code, tail)
    cause = "signal" if code < 0 or by_crash(code) else "exit" if code else ""
    return Outcome(state, reason, cause)


def over(breach: Breach, plan: Plan) -> Outcome:
    """Return how a run ended that met one of its limits."""
    if breach is Breach.SERVER:
        return Outcome(State.FAILED, NO_MEMORY, Breach.MEMORY)
    state, reason = verdict.over(breach, plan.allowance)
    return Outcome(state, reason, breach)


def said_of(plan: Plan, code: int) -> Exit | None:
    """Return what the site or the tool's own writing says of an exit code, or None."""
    return meaning(plan.exits, code) if code >= 0 else None


def _told(told: Exit, code: int, tail: bytes) -> Outcome:
    words = " ".join(told.words.split()).rstrip(".")
    if told.well:
        return Outcome(State(told.state), words, "", told.changed)
    return Outcome(State.FAILED, words or verdict.failed(code, tail), "exit", told.changed)
