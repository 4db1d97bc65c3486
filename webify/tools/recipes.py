"""How the tools of a site are got ready before their runs come, found out at no cost for a run.

What a tool imports is read from its text a moment after its first run was asked for: it takes
milliseconds, and counts from the second run on.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path

from webify.model.plain import from_plain
from webify.model.recipe import Recipe
from webify.model.trial import Trial
from webify.tools.finding import Found
from webify.tools.importing import recipe_of

LATER = 0.5  # seconds after which the page of the first run has been sent


class Recipes:
    """All of one site, by the fingerprints of the tools."""

    def __init__(self, trials: Path) -> None:
        """Take the folder in which stands what trials have shown."""
        self._trials = trials
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, Recipe | None]] = {}  # by slug, of a fingerprint
        self._timers: dict[str, threading.Timer] = {}

    def of(self, found: Found) -> Recipe | None:
        """Return what is known at once; the whole is known a moment later."""
        with self._lock:
            known = self._known.get(found.slug)
            if known is not None and known[0] == found.fingerprint:
                return known[1]
            recipe = recipe_of(found, warm=found.settings.warm)
            self._known[found.slug] = (found.fingerprint, recipe)
            if recipe is not None and found.settings.warm is None:
                self._read_later(found)
            return recipe

    def whole(self, found: Found) -> Recipe | None:
        """Return all that can be known."""
        recipe = recipe_of(found, warm=found.settings.warm, trials=self._trials)
        with self._lock:
            self._known[found.slug] = (found.fingerprint, recipe)
        return recipe

    def close(self) -> None:
        """Read no more."""
        with self._lock:
            timers = list(self._timers.values())
            self._timers.clear()
        for timer in timers:
            timer.cancel()
            timer.join()

    def _read_later(self, found: Found) -> None:
        earlier = self._timers.pop(found.slug, None)
        if earlier is not None:
            earlier.cancel()
        timer = self._timers[found.slug] = threading.Timer(LATER, self.whole, (found,))
        timer.name, timer.daemon = "webify-imports", True
        timer.start()


def trial_of(recipe: Recipe | None) -> Trial | None:
    """Return what a trial of a tool's imports has shown, None where there was none of it."""
    if recipe is None or not recipe.trial:
        return None
    try:
        found = from_plain(Trial, json.loads(Path(recipe.trial).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if found.of(recipe) else None
