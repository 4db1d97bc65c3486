"""The launcher's zygotes: processes that have imported what a tool imports, and fork for its runs.

A zygote is started by exec in the tool's own interpreter (ahead/sitecustomize.py), has a session of
its own and ends with the launcher.  Whatever speaks against it, the run starts as always.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webify.model.recipe import Recipe
from webify.runs.borrowing import ask, let_go
from webify.runs.fitting import Imported, Wish
from webify.runs.keep import Keep
from webify.runs.order import Order
from webify.runs.readying import asks_first, surroundings, words
from webify.runs.regulars import IDLE, MOST, MOST_EARLY, OFTEN, Regulars
from webify.runs.trials import ENDED, LIMIT, NICE, Trials, enter_empty

assert sys.platform != "win32"  # nothing forks there

EARLY = 60.0  # seconds after which one of these makes room for another one
MOST_BYTES = 1_000_000_000  # that all of them have in memory
GOT_READY = 120.0  # seconds that one may take to import, as some modules never are through
PR_SET_PDEATHSIG = 1
NEWS = 1 << 20  # bytes of what a zygote says at most


@dataclass
class Zygote:
    """One of them, as the launcher sees it.

    wish      what shall wait
    calls     where a supervisor asks for a child; open in each supervisor that is forked
    life      closed when it shall end
    modules   what it imports, those of the recipe or those that a trial showed to be worth it
    trial     it only finds out whether they are, and then ends
    early     somebody looked at the form of its tool, and no run has come since
    imported  what it has imported, None while it imports
    """

    wish: Wish
    pid: int
    calls: socket.socket
    life: int
    modules: tuple[str, ...] = ()
    trial: bool = False
    early: bool = False
    imported: Imported | None = None
    used: float = field(default_factory=time.monotonic)
    began: float = field(default_factory=time.monotonic)
    day: tuple[int, ...] = field(default_factory=lambda: time.localtime()[:3])

    @property
    def name(self) -> str:
        """Return what its tool is called."""
        return Path(self.wish.recipe.program[-1]).name

    @property
    def ready(self) -> bool:
        """Say whether it has imported all."""
        return self.imported is not None

    def fits(self, wish: Wish) -> bool:
        """Say whether it waits for runs like this, and nothing has changed since."""
        return (
            self.imported is not None
            and self.wish == wish
            and self.day == time.localtime()[:3]
            and self.imported.holds(wish.recipe.folder)
        )


@dataclass
class Zygotes:
    """All of one launcher.

    known       by the calls of their tools
    trials      what is known of imports
    limit       seconds that a trial may take
    got_ready   seconds that one of them may take
    """

    known: dict[tuple[str, ...], Zygote] = field(default_factory=dict)
    trials: Trials = field(default_factory=Trials)
    regulars: Regulars = field(default_factory=Regulars)
    limit: float = LIMIT
    got_ready: float = GOT_READY

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
        return most or sum(memory(each.pid) for each in self.known.values()) > MOST_BYTES

    def _make_room(self) -> None:
        """End those that were used the longest ago."""
        while self.known and self._crowded:
            self.end(min(self.known.values(), key=used))


def used(zygote: Zygote) -> float:
    """Return when it was used last."""
    return zygote.used


def begin(wish: Wish, modules: tuple[str, ...], limit: float | None) -> Zygote:
    """Start one; it says by its socket when it is ready, or why it is not.

    limit   seconds that a trial may take, None for no trial
    """
    recipe, env = wish.recipe, wish.env
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    life, end = os.pipe()
    printed, prints = os.pipe()
    asked: dict[str, object] = {
        "control": its.fileno(),
        "life": life,
        "printed": printed,
        "modules": modules,
        "folder": recipe.folder,
        "path": env.get("PYTHONPATH"),
        **({"limit": limit} if limit is not None else {}),
    }
    pid = os.fork()
    if pid == 0:
        try:
            _leave_home()
            _take_files(prints, (its.fileno(), life, printed), reads=wish.reads)
            _end_with_launcher() if limit is None else _step_back(recipe)
            _become(recipe, env, asked)
        finally:
            os._exit(1)
    its.close()
    for handle in (life, printed, prints):
        os.close(handle)
    return Zygote(wish, pid, ours, end, modules, limit is not None)


def _leave_home() -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _take_files(prints: int, kept: Sequence[int], *, reads: bool) -> None:
    """Have input and output as a run has them, and keep these open."""
    nothing = os.pipe()[0] if reads else os.open(os.devnull, os.O_RDONLY)
    for number, handle in enumerate((nothing, prints, prints)):
        os.dup2(handle, number)
    for handle in kept:
        os.set_inheritable(handle, True)  # noqa: FBT003 - its only way


def _end_with_launcher() -> None:
    """Have the system end it, which hears of nothing before it has imported all (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _step_back(recipe: Recipe) -> None:
    """Let a trial be behind the runs and where nothing lies."""
    os.nice(NICE)
    enter_empty(recipe.trial)


def last_words(zygote: Zygote) -> dict[str, Any]:
    """Return what one said before it ended, where it said something."""
    try:
        said: dict[str, Any] = json.loads(zygote.calls.recv(NEWS, socket.MSG_DONTWAIT))
    except (OSError, ValueError):
        return {}
    return said


def _become(recipe: Recipe, env: Mapping[str, str], asked: Mapping[str, object]) -> None:
    """Make sure that this interpreter asks us before a program begins, and turn into it."""
    if asks_first(recipe, env):
        call = words(recipe)
        os.execve(call[0], call, surroundings(env, asked))  # noqa: S606 - a list of words


def memory(pid: int) -> int:
    """Return how many bytes of memory a process has; 0 where that is not told."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
