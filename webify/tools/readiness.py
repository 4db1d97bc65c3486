"""How a tool is started, in one sentence for people: warm, ahead of its runs, or anew for each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from webify.model.recipe import Recipe
from webify.model.trial import Trial
from webify.tools.finding import Found

ANEW = "It starts anew for each run"
AGAIN = "Python waits for it where it is run again within 5 minutes"
MOST = 5  # modules that are named


def readiness(
    found: Found, recipe: Recipe | None, trial: Trial | None = None, *, limited: bool = False
) -> str:
    """Return the sentence; "" for what is no tool of Python, or cannot be started.

    limited   its processes get limits, which have to be there before it begins (POSIX)
    """
    if found.fault or not found.interpreter:
        return ""
    why = _why_anew(found, recipe, limited=limited)
    if why or recipe is None:
        return f"{ANEW}: {why}."
    if recipe.modules:
        return f"It starts warm: {_named(recipe.modules)} are imported before its runs come."
    if recipe.always:
        return "Python waits for its runs: warm = true, and it imports nothing that could be ready."
    if recipe.likely and sys.platform != "win32":
        return _of_trial(recipe, trial)
    return f"{AGAIN}; warm = true imports its modules too."


def _of_trial(recipe: Recipe, trial: Trial | None) -> str:
    """Return what holds where webify decides itself what is imported before."""
    if trial is None:
        return f"{AGAIN}, and its modules are imported then if that is slow and does no harm."
    if trial.doubt:
        return f"{AGAIN}, without its modules: {trial.doubt}."
    takes = f"{trial.seconds * 1000:.0f} ms of a processor"
    return (
        f"It starts warm where it is run again within 5 minutes, with {_named(recipe.likely)}"
        f" imported: that takes {takes}, and does nothing but that."
    )


def _named(modules: Sequence[str]) -> str:
    names = list(dict.fromkeys(each.partition(":")[0] for each in modules))
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def _why_anew(found: Found, recipe: Recipe | None, *, limited: bool) -> str:
    reasons = (
        (found.settings.warm is False, "warm = false"),
        (found.settings.terminal, "terminal = true"),
        (limited and os.name == "posix", "what its runs may take is limited"),
        (recipe is None, "it is not started as Python and a file or a module"),
    )
    return next((words for holds, words in reasons if holds), "")
