"""The launcher's zygotes: which there are, for which tools another one is begun, and which end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from webify.runs.borrowing import ask, let_go
from webify.runs.fitting import Imported, Wish
from webify.runs.keep import Keep
from webify.runs.order import Order
from webify.runs.regulars import IDLE, MOST, MOST_EARLY, OFTEN, Regulars
from webify.runs.trials import ENDED, LIMIT, Trials

if sys.platform != "win32":
    from webify.runs.zygote import NEWS, Zygote, begin, last_words, taken

assert sys.platform != "win32"  # nothing forks there

EARLY = 60.0  # seconds after which one of these makes room for another one
MOST_BYTES = 1_000_000_000  # that all of them take in memory, with the children that wait
GOT_READY = 120.0  # seconds that one may take to import, as some modules never are through


@dataclass
class Zygotes:
    """All of one launcher.

    known       by the calls of their tools
    trials      what is known of imports
    limit       seconds that a trial may take
    got_ready   seconds that one of them may take
    most_bytes  that all of them may take in memory
    """

    known: dict[tuple[str, ...], Zygote] = field(default_factory=dict)
    trials: Trials = field(default_factory=Trials)
    regulars: Regulars = field(default_factory=Regulars)
    limit: float = LIMIT
    got_ready: float = GOT_READY
    most_bytes: int = MOST_BYTES

    def wish(self, order: Order) -> None:
        """Have one for the next run like this, unless that was tried in vain."""
        wish = Wish.of(order)
        if wish is None:
            return
        known = self.known.get(wish.recipe.key)
        if known is not None:
            known.used, known.early = time.monotonic(), False
            if not self._outdated(known, wish):
                return
        if self.regulars.worth(wish.recipe) and (wish.recipe.always or self._has_room()):
            self._make_room()
            self._begin(wish)

    def expect(self, wish: Wish) -> None:
        """Have one for a first run: somebody looks at the tool's form.

        Only where it is certain what it imports; it takes no other's place but that of one which
        was expected a while ago.
        """
        known = self.known.get(wish.recipe.key)
        if known is not None:
            another = known.wish.recipe == wish.recipe and known.wish != wish  # of its commands
            if another or not self._outdated(known, wish):
                return
        if self._certain(wish) and self._has_room_for_early():
            self._begin(wish).early = True

    def _outdated(self, known: Zygote, wish: Wish) -> bool:
        """End one that does not fit any more, and say so."""
        if not known.ready or known.fits(wish):
            return False
        self.end(known)
        return True

    def _certain(self, wish: Wish) -> bool:
        """Say whether it is known what may be imported before the runs: looks try nothing."""
        recipe = wish.recipe
        if self.regulars.refused.get(recipe.key) == recipe:
            return False
        tried = recipe.likely and self.trials.of(recipe, wish.env)
        return recipe.always or not recipe.likely or bool(tried)

    def _has_room_for_early(self) -> bool:
        """Say whether there is room without ending what is run; the first of these may go."""
        early = sorted((each for each in self.known.values() if each.early), key=used)
        if len(early) >= MOST_EARLY:
            if time.monotonic() - early[0].used < EARLY:
                return False
            self.end(early[0])
        return not self._crowded

    def latest(self, count: int) -> list[Zygote]:
        """Return so many of those whose tools were run last."""
        ready = [each for each in self.known.values() if each.ready and not each.early]
        return sorted(ready, key=used, reverse=True)[:count]

    def lend(self, order: Order, asked: Zygote | None, keep: Keep) -> None:
        """In a supervisor: have a child for an order, where a zygote fits; needs none afterwards.

        asked   the zygote that was asked for a child before the order was known
        """
        wish = Wish.of(order)
        fitting = (each for each in self.known.values() if wish is not None and each.fits(wish))
        found = next(fitting, None)
        if found is not asked:
            let_go(keep)
        if found is not None and keep.lent is None:
            ask(found.calls, keep, reads=found.wish.reads)
        self.forget()

    def hear(self, number: int) -> str:
        """Take what a zygote says; return the sentence that tells it."""
        zygote = next(each for each in self.known.values() if each.calls.fileno() == number)
        try:
            said = json.loads(zygote.calls.recv(NEWS))
        except (OSError, ValueError):
            said = {"doubt": "it ended"}
        recipe, doubt = zygote.wish.recipe, said.get("doubt", "")
        if zygote.trial or (doubt and zygote.modules != recipe.modules):
            return f"{zygote.name} was tried: {self._judge(zygote, said)}"
        if doubt:
            return self._refuse(zygote, doubt)
        files = said["files"]
        if recipe.likely:  # what the trial saw counts, whatever came of it
            files = {**self.trials.known[recipe.key].files, **files}
        zygote.imported = Imported(files, frozenset(said["names"]))
        if not zygote.modules:
            return f"{zygote.name} starts ahead: Python waits for it"
        return f"{zygote.name} starts warm: {said['seconds']:.2f} s of imports are done beforehand"

    def bury(self, pid: int) -> None:
        """Forget one that has ended."""
        for zygote in list(self.known.values()):
            if zygote.pid == pid:
                if zygote.trial:
                    self._judge(zygote, ENDED | last_words(zygote))
                    return
                if not zygote.ready:
                    self._refuse(zygote, "it could not be got ready")
                self.end(zygote)

    def look(self) -> Iterator[str]:
        """End those that nobody has used for long, or that are not through; yield what to tell."""
        for zygote in list(self.known.values()):
            now = time.monotonic()
            if not zygote.ready and now - zygote.began > self.got_ready:
                yield self._give_up(zygote)
            elif now - zygote.used > IDLE:
                self.end(zygote)

    def _give_up(self, zygote: Zygote) -> str:
        if zygote.trial:
            return f"{zygote.name} was tried: {self._judge(zygote, ENDED)}"
        return self._refuse(zygote, f"its modules are not imported after {self.got_ready:g} s")

    def _refuse(self, zygote: Zygote, why: str) -> str:
        """Have none like it; return that in words."""
        self.regulars.refuse(zygote.wish.recipe)
        self.end(zygote)
        return f"{zygote.name} starts anew for each run: {why}"

    def calm(self, most: float) -> float:
        """Return for how many seconds nothing is late, at most so many."""
        late = (each.began + self.got_ready for each in self.known.values() if not each.ready)
        return max(0.0, min([most, *(when - time.monotonic() for when in late)]))

    def end(self, zygote: Zygote) -> None:
        """End one; runs that it has begun go on."""
        call = zygote.wish.recipe.key
        if self.known.get(call) is not zygote:
            return
        del self.known[call]
        os.close(zygote.life)
        zygote.calls.close()
        if not zygote.ready:  # it hears of nothing before
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(zygote.pid, signal.SIGKILL)

    def forget(self) -> None:
        """In a process that needs none: let go of all, which go on for the others."""
        for zygote in self.known.values():
            os.close(zygote.life)
            zygote.calls.close()
        self.known.clear()

    def _begin(self, wish: Wish) -> Zygote:
        """Start one: a trial where it is not known whether it may import what the tool does."""
        recipe, limit = wish.recipe, None
        modules = recipe.modules
        if recipe.likely:
            known = self.trials.of(recipe, wish.env)
            limit = self.limit if known is None else None
            modules = recipe.likely if known is None or not known.doubt else ()
        made = self.known[recipe.key] = begin(wish, modules, limit)
        return made

    def _judge(self, zygote: Zygote, said: Mapping[str, Any]) -> str:
        """Keep what is known of imports now, and start what may wait; return it in words."""
        trial = self.trials.keep(zygote.wish.recipe, zygote.wish.env, said)
        self.end(zygote)
        self._begin(zygote.wish)
        took = f"{trial.seconds:.2f} s of a processor"
        return trial.doubt or f"its imports take {took} and can be done beforehand"

    def _has_room(self) -> bool:
        """Say whether none has to go for another one that is used as often as it."""
        now = time.monotonic()
        return len(self.known) < MOST or any(
            now - each.used > OFTEN for each in self.known.values()
        )

    @property
    def _crowded(self) -> bool:
        """Say whether there are as many as there may be, or too large ones."""
        most = len(self.known) >= MOST
        return most or sum(map(taken, self.known.values())) > self.most_bytes

    def _make_room(self) -> None:
        """End those that were used the longest ago."""
        while self.known and self._crowded:
            self.end(min(self.known.values(), key=used))


def used(zygote: Zygote) -> float:
    """Return when it was used last."""
    return zygote.used
