"""A zygote: a process that has imported what a tool imports, and forks for its runs.

It is started by exec in the tool's own interpreter (ahead/sitecustomize.py), has a session of its
own and ends with the launcher.  Whatever speaks against it, the run starts as always.
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webify.model.recipe import Recipe
from webify.runs.fitting import Imported, Wish
from webify.runs.readying import asks_first, surroundings, words
from webify.runs.trials import NICE, enter_empty

if sys.platform != "win32":
    from webify.runs.ahead.webify_memory import COPIED

assert sys.platform != "win32"  # nothing forks there

PR_SET_PDEATHSIG = 1
NEWS = 1 << 20  # bytes of what a zygote says at most


@dataclass
class Zygote:
    """One, as the launcher sees it.

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


def taken(zygote: Zygote) -> int:
    """Return how many bytes of memory one takes: its own, and what its waiting child copies.

    0 where that is not told.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = Path(f"/proc/{zygote.pid}/statm").read_text(encoding="ascii").split()[1]
        own = int(pages) * os.sysconf("SC_PAGE_SIZE")
        return own + min(own, COPIED)
    return 0
