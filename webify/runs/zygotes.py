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
from webify.runs.ahead.webify_stamps import names_in, stamp
from webify.runs.borrowing import ask, let_go
from webify.runs.fitting import rooted, secret, without_mark
from webify.runs.keep import Keep
from webify.runs.order import Order
from webify.runs.readying import asks_first, surroundings, words
from webify.runs.trials import ENDED, LIMIT, NICE, Trials, enter_empty

assert sys.platform != "win32"  # nothing forks there

MOST = 8  # zygotes at a time
MOST_BYTES = 1_000_000_000  # that all of them have in memory
IDLE = 900.0  # seconds after which one that nobody uses ends
GOT_READY = 120.0  # seconds that one may take to import, as some modules never are through
OFTEN = 300.0  # seconds within which a tool is run again, so that a process may wait for it
PR_SET_PDEATHSIG = 1
NEWS = 1 << 20  # bytes of what a zygote says at most


@dataclass
class Zygote:
    """One of them, as the launcher sees it.

    reads   its runs have a pipe to read from
    calls   where a supervisor asks for a child; open in each supervisor that is forked
    life    closed when it shall end
    modules what it imports, those of the recipe or those that a trial showed to be worth it
    trial   it only finds out whether they are, and then ends
    files   stamps of what it has imported, {} while it imports
    names   what its modules are called
    """

    recipe: Recipe
    env: Mapping[str, str]
    reads: bool
    pid: int
    calls: socket.socket
    life: int
    modules: tuple[str, ...] = ()
    trial: bool = False
    files: dict[str, Any] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    used: float = field(default_factory=time.monotonic)
    began: float = field(default_factory=time.monotonic)
    day: tuple[int, ...] = field(default_factory=lambda: time.localtime()[:3])

    @property
    def name(self) -> str:
        """Return what its tool is called."""
        return Path(self.recipe.program[-1]).name

    @property
    def ready(self) -> bool:
        """Say whether it has imported all."""
        return bool(self.files)

    def fits(self, recipe: Recipe, order: Order) -> bool:
        """Say whether it is of this recipe and environment, and nothing has changed since."""
        return (
            self.recipe == recipe
            and self.day == time.localtime()[:3]
            and self.env == without_mark(order.env)
            and self.reads == order.reads
            and all(stamp(path) == known for path, known in self.files.items())
            and not self.names & names_in(recipe.folder)
        )


@dataclass
class Zygotes:
    """All of one launcher.

    trials    what is known of imports
    refused   why a recipe has none, by its call; looked at anew when the recipe is another
    seen      when a tool was run last for which none waits unless it is run often
    limit     seconds that a trial may take
    got_ready seconds that one of them may take
    """

    known: dict[tuple[str, ...], Zygote] = field(default_factory=dict)
    trials: Trials = field(default_factory=Trials)
    refused: dict[tuple[str, ...], tuple[Recipe, str]] = field(default_factory=dict)
    seen: dict[tuple[str, ...], float] = field(default_factory=dict)
    limit: float = LIMIT
    got_ready: float = GOT_READY

    def wish(self, order: Order) -> None:
        """Have one for the next run like this, unless that was tried in vain."""
        recipe, env = order.plan.warm, without_mark(order.env)
        if recipe is None or secret(order) or not rooted(env):
            return
        known = self.known.get(recipe.call)
        if known is not None:
            known.used = time.monotonic()
            if not known.ready or known.fits(recipe, order):
                return
            self.end(known)
        if self.refused.get(recipe.call, (None, ""))[0] != recipe and self._worth(recipe):
            self._begin(recipe, env, reads=order.reads)

    def latest(self, count: int) -> list[Zygote]:
        """Return so many of those whose tools were run last."""
        ready = [each for each in self.known.values() if each.ready]
        return sorted(ready, key=lambda each: each.used, reverse=True)[:count]

    def lend(self, order: Order, asked: Zygote | None, keep: Keep) -> None:
        """In a supervisor: have a child for an order, where a zygote fits; needs none afterwards.

        asked   the zygote that was asked for a child before the order was known
        """
        recipe = None if secret(order) else order.plan.warm
        fitting = (z for z in self.known.values() if recipe and z.ready and z.fits(recipe, order))
        found = next(fitting, None)
        if found is not asked:
            let_go(keep)
        if found is not None and keep.lent is None:
            ask(found.calls, keep, reads=found.reads)
        self.forget()

    def hear(self, number: int) -> str:
        """Take what a zygote says; return the sentence that tells it."""
        zygote = next(each for each in self.known.values() if each.calls.fileno() == number)
        try:
            said = json.loads(zygote.calls.recv(NEWS))
        except (OSError, ValueError):
            said = {"doubt": "it ended"}
        doubt = said.get("doubt", "")
        if zygote.trial or (doubt and zygote.modules != zygote.recipe.modules):
            return f"{zygote.name} was tried: {self._judge(zygote, said)}"
        if doubt:
            return self._refuse(zygote, doubt)
        zygote.files, zygote.names = said["files"], frozenset(said["names"])
        if zygote.recipe.likely:  # what the trial saw counts, whatever came of it
            zygote.files = {**self.trials.known[zygote.recipe.call].files, **zygote.files}
        if not zygote.modules:
            return f"{zygote.name} starts ahead: Python waits for it"
        return f"{zygote.name} starts warm: {said['seconds']:.2f} s of imports are done beforehand"

    def bury(self, pid: int) -> None:
        """Forget one that has ended."""
        for zygote in list(self.known.values()):
            if zygote.pid == pid:
                if zygote.trial:
                    self._judge(zygote, {"doubt": ENDED} | last_words(zygote))
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
            return f"{zygote.name} was tried: {self._judge(zygote, {'doubt': ENDED})}"
        return self._refuse(zygote, f"its modules are not imported after {self.got_ready:g} s")

    def _refuse(self, zygote: Zygote, why: str) -> str:
        """Have none like it; return that in words."""
        self.refused[zygote.recipe.call] = (zygote.recipe, why)
        self.end(zygote)
        return f"{zygote.name} starts anew for each run: {why}"

    def calm(self, most: float) -> float:
        """Return for how many seconds nothing is late, at most so many."""
        late = (each.began + self.got_ready for each in self.known.values() if not each.ready)
        return max(0.0, min([most, *(when - time.monotonic() for when in late)]))

    def end(self, zygote: Zygote) -> None:
        """End one; runs that it has begun go on."""
        if self.known.get(zygote.recipe.call) is not zygote:
            return
        del self.known[zygote.recipe.call]
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

    def _begin(self, recipe: Recipe, env: Mapping[str, str], *, reads: bool) -> None:
        """Start one: a trial where it is not known whether it may import what the tool does."""
        self._make_room()
        modules, trial = recipe.modules, False
        if recipe.likely:
            known = self.trials.of(recipe, env)
            trial = known is None
            modules = recipe.likely if known is None or not known.doubt else ()
        limit = self.limit if trial else None
        zygote = begin(recipe, env, reads=reads, modules=modules, limit=limit)
        self.known[recipe.call] = zygote

    def _judge(self, zygote: Zygote, said: Mapping[str, Any]) -> str:
        """Keep what is known of imports now, and start what may wait; return it in words."""
        trial = self.trials.keep(zygote.recipe, zygote.env, said)
        self.end(zygote)
        self._begin(zygote.recipe, zygote.env, reads=zygote.reads)
        return trial.doubt or f"its imports take {trial.seconds:.2f} s and can be done beforehand"

    def _worth(self, recipe: Recipe) -> bool:
        """Say whether a tool is run so often that a process may wait for it."""
        if recipe.always:
            return True
        now, before = time.monotonic(), self.seen.get(recipe.call)
        self.seen[recipe.call] = now
        if before is None or now - before > OFTEN:
            return False
        return len(self.known) < MOST or any(
            now - each.used > OFTEN for each in self.known.values()
        )

    def _make_room(self) -> None:
        """End those that were used the longest ago, where there are too many or too large ones."""
        while self.known and (
            len(self.known) >= MOST or sum(memory(z.pid) for z in self.known.values()) > MOST_BYTES
        ):
            self.end(min(self.known.values(), key=lambda each: each.used))


def begin(
    recipe: Recipe,
    env: Mapping[str, str],
    *,
    reads: bool,
    modules: tuple[str, ...] = (),
    limit: float | None = None,
) -> Zygote:
    """Start one; it says by its socket when it is ready, or why it is not.

    limit   seconds that a trial may take, None for no trial
    """
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
            _take_files(prints, (its.fileno(), life, printed), reads=reads)
            _end_with_launcher() if limit is None else _step_back(recipe)
            _become(recipe, env, asked)
        finally:
            os._exit(1)
    its.close()
    for handle in (life, printed, prints):
        os.close(handle)
    return Zygote(recipe, env, reads, pid, ours, end, modules, limit is not None)


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
