"""A spare: a Python that waits beside a supervisor for its one order, where nothing can fork.

It is started in the tool's own interpreter with the pipes of a run, has imported the tool's modules
and waits where Python is about to begin the program (ahead/webify_spare.py).  What only the run
brings comes by an anonymous pipe that no other process has an end of: it needs no name that could
be guessed, no key, and tells each side when the other one has gone.  Whatever speaks against it,
the run starts as always.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from webify.runs.fitting import Imported, Wish, clear
from webify.runs.order import Order
from webify.runs.readying import asks_first, call_of, run_of, surroundings, words
from webify.runs.writing import write_all

PATIENCE = 1.0  # seconds until a spare must answer; the run starts in another way then
SPARE, DOUBT, GONE = "spare", "doubt", "gone"

Told = Callable[[str, str], None]  # "spare", "doubt" or "gone", and the sentence for people


@dataclass(frozen=True)
class Waiting:
    """A process that waits, with our ends of its pipes.

    words   where it is told its run
    says    from where it is heard
    """

    process: subprocess.Popen[bytes]
    out: int
    err: int
    words: int
    says: IO[bytes]

    def end(self) -> None:
        """End it; it has not begun to be a tool."""
        with contextlib.suppress(OSError):
            self.process.kill()
        for handle in (self.out, self.err, self.words):
            os.close(handle)
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


class Spare:
    """A spare that is got ready in a thread, while its supervisor waits for an order."""

    def __init__(self, wish: Wish, told: Told) -> None:
        """Begin to get one ready; `told` hears that it is, or why there is none."""
        self._wish = wish
        self._name = Path(wish.recipe.program[-1]).name
        self._told = told
        self._lock = threading.Lock()
        self._waiting: Waiting | None = None
        self._imported: Imported | None = None
        self._over = False
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._prepare, name="spare", daemon=True).start()

    def lend(self, order: Order) -> Waiting | None:
        """Return the process that is the tool of an order from now on, None where it starts anew.

        It is asked first whether it listens, as one that is told its run cannot be taken back.
        """
        waiting, imported = self._given_up()
        if waiting is None:
            return None
        try:
            if imported is not None and self._fits(order, imported) and self._listens(waiting):
                write_all(waiting.words, self._run(order))
                os.close(waiting.words)
                return waiting
        except OSError:
            pass
        waiting.end()
        return None

    def end(self) -> None:
        """Let go of it: there is no order for it."""
        waiting, _ = self._given_up()
        if waiting is not None:
            waiting.end()

    def _given_up(self) -> tuple[Waiting | None, Imported | None]:
        with self._lock:
            waiting, self._waiting, self._over = self._waiting, None, True
            return waiting, self._imported

    def _fits(self, order: Order, imported: Imported) -> bool:
        return (
            Wish.of(order) == self._wish
            and clear(order)
            and imported.holds(self._wish.recipe.folder)
        )

    def _listens(self, waiting: Waiting) -> bool:
        if waiting.process.poll() is not None:
            return False
        write_all(waiting.words, b"\n")
        with contextlib.suppress(queue.Empty):
            return bool(self._answers.get(timeout=PATIENCE))
        return False

    def _run(self, order: Order) -> bytes:
        recipe = self._wish.recipe
        call = {"call": subprocess.list2cmdline(call_of(order, recipe))}
        return json.dumps(run_of(order, recipe) | call).encode("ascii") + b"\n"

    def _prepare(self) -> None:
        try:
            doubt = self._begin()
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            doubt = f"nothing can wait for it ({type(error).__name__})"
        if doubt:
            self.end()
            self._told(DOUBT, f"{self._name} starts anew for each run: {doubt}")

    def _begin(self) -> str:
        """Start it and hear it until it ends; return what speaks against it, if anything does."""
        if not asks_first(self._wish.recipe, self._wish.env):
            return "its Python does not ask before it begins"
        with self._lock:
            if self._over:
                return ""
            self._waiting = waiting = begin(self._wish)
        with waiting.says as says:
            said = json.loads(says.readline() or b'{"doubt": "it ended"}')
            if said["doubt"]:
                return str(said["doubt"])
            with self._lock:
                self._imported = Imported(said["files"], frozenset(said["names"]))
            self._told(SPARE, self._sentence(said["seconds"]))
            for line in says:
                self._answers.put(line)
        self._answers.put(b"")  # it has ended, or is the tool now
        with self._lock:
            died = not self._over
        if died:
            self.end()
            self._told(GONE, f"{self._name} is got ready again: what waited for it has ended")
        return ""

    def _sentence(self, seconds: float) -> str:
        if not self._wish.recipe.modules:
            return f"{self._name} starts ahead: Python waits for it"
        return f"{self._name} starts warm: {seconds:.2f} s of imports are done beforehand"


def begin(wish: Wish) -> Waiting:
    """Start a process that waits; it says by a pipe when it is ready, or why it is not."""
    (hears, words_end), (says, says_end) = os.pipe(), os.pipe()
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    try:
        process = _popen(wish, (hears, says_end), out_end, err_end)
    except BaseException:
        for handle in (words_end, says, out, err):
            os.close(handle)
        raise
    finally:
        for handle in (hears, says_end, out_end, err_end):
            os.close(handle)
    return Waiting(process, out, err, words_end, os.fdopen(says, "rb"))


def _popen(wish: Wish, ends: tuple[int, int], out: int, err: int) -> subprocess.Popen[bytes]:
    """Start it; both ends of the way between us are handed down, and nothing else of ours."""
    recipe = wish.recipe
    (hears, says), way = _handed_down(ends)
    asked = {
        "modules": recipe.modules,
        "folder": recipe.folder,
        "path": wish.env.get("PYTHONPATH"),
        "hears": hears,
        "says": says,
    }
    return subprocess.Popen(
        words(recipe),
        stdin=subprocess.PIPE if wish.reads else subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        bufsize=0,
        env=surroundings(wish.env, asked),
        **way,
    )


def _handed_down(ends: tuple[int, int]) -> tuple[tuple[int, int], dict[str, Any]]:
    """Return what a new process knows two of our files by, and how it is started to have them."""
    numbers, way = ends, {"pass_fds": ends, "start_new_session": True}
    if sys.platform == "win32":
        import msvcrt

        numbers = (msvcrt.get_osfhandle(ends[0]), msvcrt.get_osfhandle(ends[1]))
        for handle in numbers:
            os.set_handle_inheritable(handle, True)  # noqa: FBT003 - its only way
        info = subprocess.STARTUPINFO(lpAttributeList={"handle_list": list(numbers)})
        way = {"startupinfo": info, "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return numbers, way
