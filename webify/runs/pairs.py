"""Supervisors that wait with a spare beside them, one for each tool that is worth it.

They are what zygotes are where no process can fork (Windows): each is there for one run, and
another one is begun when that has its order.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from webify.runs.fitting import Wish
from webify.runs.order import Answer, Order
from webify.runs.regulars import IDLE, MOST, MOST_EARLY, Regulars


@dataclass
class Pair:
    """A supervisor, and what waits beside it."""

    wish: Wish
    process: subprocess.Popen[bytes]
    ready: bool = False
    made: float = field(default_factory=time.monotonic)

    def end(self) -> None:
        """Let go of both."""
        if self.process.stdin is not None:
            self.process.stdin.close()


@dataclass
class Pairs:
    """All of one launcher; the caller sees to it that one thread uses them at a time.

    begin   starts a supervisor that takes one order
    """

    begin: Callable[[], subprocess.Popen[bytes]]
    known: dict[tuple[str, ...], Pair] = field(default_factory=dict)
    regulars: Regulars = field(default_factory=Regulars)

    def take(self, order: Order) -> subprocess.Popen[bytes] | None:
        """Return the supervisor that has waited for an order like this one, None for none."""
        wish = Wish.of(order)
        pair = self.known.get(wish.recipe.key) if wish is not None else None
        if wish is None or pair is None or not pair.ready:
            return None
        del self.known[wish.recipe.key]
        if pair.wish == wish and pair.process.poll() is None:
            return pair.process
        pair.end()
        return None

    def wish(self, order: Order) -> None:
        """Have one for the next run like this, unless that was tried in vain."""
        wish = Wish.of(order)
        if wish is None or wish.recipe.key in self.known:
            return
        if self.regulars.worth(wish.recipe):
            self._make_room()
            self.known[wish.recipe.key] = Pair(wish, self.begin())

    def expect(self, wish: Wish) -> None:
        """Have one for a first run, where few wait: somebody looks at the form of a warm tool."""
        recipe, sure = wish.recipe, wish.recipe.always and bool(wish.recipe.modules)
        known = recipe.key in self.known or self.regulars.refused.get(recipe.key) == recipe
        if sure and not known and len(self.known) < MOST_EARLY:
            self.known[recipe.key] = Pair(wish, self.begin())

    def hear(self, process: subprocess.Popen[bytes], answer: Answer) -> bytes:
        """Hear what a supervisor says; return the line that it is to be told now, b"" for none."""
        pair = next((each for each in self.known.values() if each.process is process), None)
        if pair is None:
            return b""
        if answer.said == "ready":
            return pair.wish.line()
        if answer.said == "spare":
            pair.ready = True
        else:
            self._drop(pair)
            if answer.said == "doubt":
                self.regulars.refuse(pair.wish.recipe)
        return b""

    def look(self) -> None:
        """Let go of those that nobody has used for long, or that have ended."""
        for pair in list(self.known.values()):
            if time.monotonic() - pair.made > IDLE or pair.process.poll() is not None:
                self._drop(pair)

    def close(self) -> list[subprocess.Popen[bytes]]:
        """Let go of all; return the processes that end now."""
        pairs = list(self.known.values())
        for pair in pairs:
            self._drop(pair)
        return [pair.process for pair in pairs]

    def _drop(self, pair: Pair) -> None:
        self.known.pop(pair.wish.recipe.key, None)
        pair.end()

    def _make_room(self) -> None:
        if len(self.known) >= MOST:
            self._drop(min(self.known.values(), key=lambda pair: pair.made))
