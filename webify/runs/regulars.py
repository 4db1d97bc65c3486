"""Which tools are run so often that a process may wait for the next run of each."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from webify.model.recipe import Recipe

MOST = 8  # tools for which something waits at a time
MOST_EARLY = 3  # tools that were only looked at, for which something waits
IDLE = 900.0  # seconds after which what nobody uses ends
OFTEN = 300.0  # seconds within which a tool is run again, so that a process may wait for it


@dataclass
class Regulars:
    """What a launcher knows of the tools that it has started.

    seen      when each was run last, by its call
    refused   the recipes for which nothing can wait; one that has changed is tried again
    """

    seen: dict[tuple[str, ...], float] = field(default_factory=dict)
    refused: dict[tuple[str, ...], Recipe] = field(default_factory=dict)

    def worth(self, recipe: Recipe) -> bool:
        """Hear of a run; say whether something may wait for the next one."""
        now, before = time.monotonic(), self.seen.get(recipe.key)
        self.seen[recipe.key] = now
        if self.refused.get(recipe.key) == recipe:
            return False
        return recipe.always or (before is not None and now - before <= OFTEN)

    def refuse(self, recipe: Recipe) -> None:
        """Have nothing wait for a tool any more."""
        self.refused[recipe.key] = recipe
