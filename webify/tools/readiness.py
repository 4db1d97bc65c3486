"""How a tool is started, in one sentence for people: warm, ahead of its runs, or anew for each."""

from __future__ import annotations

from webify.model.recipe import Recipe
from webify.tools.finding import Found

ANEW = "It starts anew for each run"
MOST = 5  # modules that are named


def readiness(found: Found, recipe: Recipe | None) -> str:
    """Return the sentence; "" for what is no tool of Python, or cannot be started."""
    if found.fault or not found.interpreter:
        return ""
    why = _why_anew(found, recipe)
    if why or recipe is None:
        return f"{ANEW}: {why}."
    if recipe.modules:
        names = list(dict.fromkeys(each.partition(":")[0] for each in recipe.modules))
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        return f"It starts warm: {', '.join(names[:MOST])}{more} are imported before its runs come."
    if recipe.always:
        return "Python waits for its runs: warm = true, and it imports nothing that could be ready."
    again = "Python waits for it where it is run again within 5 minutes"
    return f"{again}; warm = true imports its modules too."


def _why_anew(found: Found, recipe: Recipe | None) -> str:
    reasons = (
        (found.settings.warm is False, "warm = false"),
        (found.settings.terminal, "terminal = true"),
        (recipe is None, "it is not started as Python and a file or a module"),
    )
    return next((words for holds, words in reasons if holds), "")
