"""A pseudo console for a tool that insists on a terminal, on Windows (ConPTY, by pywinpty).

A pseudo console draws a screen; a thread turns what it draws into lines again and carries them into
a pipe, so that all behind it reads a pipe as ever.  All but open_pty() runs on every system.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Protocol

from webify.runs.keep import Keep
from webify.runs.order import Order
from webify.runs.stdin import Stdin

LINES, COLUMNS = 50, 160
LOOK = 0.02  # seconds between two looks for output, or for the end
SETTLED = 15  # looks in vain after the tool's end: the console draws a moment later
STILL_ACTIVE = 259  # an exit code that Windows tells of a process that goes on, too
ENTER, END, INTERRUPT = "\r", "\x1a\r", "\x03"  # what the keys send
DRAWN = re.compile(
    r"\x1b\[(?P<words>[<=>?\d;]*)(?P<verb>[@-~])"  # places, colours, modes
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles
    r"|\r*\n"
)
UNENDED = re.compile(r"(?:\x1b(?:\[[<=>?\d;]*|\][^\x07\x1b]*\x1b?)?|\r+)\Z")


class Pty(Protocol):
    """What is used of winpty.PTY."""

    @property
    def pid(self) -> int | None:
        """Return the number of its process."""

    def spawn(
        self,
        appname: str,
        cmdline: str | None = None,
        cwd: str | None = None,
        env: str | None = None,
    ) -> bool:
        """Start its process."""

    def read(self, blocking: bool = False) -> str:
        """Return what it has drawn since; raises when it has gone."""

    def write(self, to_write: str) -> int:
        """Press keys."""

    def isalive(self) -> bool:
        """Say whether its process goes on."""

    def get_exitstatus(self) -> int | None:
        """Return the exit code."""


class Keys(Stdin):
    """The keyboard of a pseudo console."""

    echoes = True

    def __init__(self, pty: Pty) -> None:
        """Write to this one."""
        super().__init__(-1)
        self._pty = pty

    @property
    def names(self) -> frozenset[str]:
        """Return nothing: no file has a name here."""
        return frozenset()

    @property
    def taken(self) -> bool:
        """Say whether it was handed over."""
        return not self._under_way

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._press(INTERRUPT)

    def _hand_over(self, data: bytes) -> bool:
        self._press(data.decode("utf-8", "replace").replace("\n", ENTER) if data else END)
        return bool(data)

    def _press(self, keys: str) -> None:
        with contextlib.suppress(Exception):  # the console has gone
            self._pty.write(keys)


class Seated:
    """A tool that sits at a pseudo console."""

    def __init__(
        self, pty: Pty, pipes: tuple[int, int], keep: Keep, ended: threading.Event
    ) -> None:
        """Note its process; `ended` is set when that has ended."""
        keep.tool = self.pid = pty.pid or 0
        self.out, self.err = pipes
        self.stdin: Stdin | None = Keys(pty)
        self._pty, self._keep, self._ended = pty, keep, ended

    def wait(self) -> None:
        """Wait for its end; called by one thread only."""
        while self._pty.isalive():
            time.sleep(LOOK)
        code = self._pty.get_exitstatus()
        self._keep.code = STILL_ACTIVE if code is None else code
        self._ended.set()

    @property
    def code(self) -> int | None:
        """Return its exit code."""
        return self._keep.code

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return (): here no process becomes the child of another one."""
        return ()

    @property
    def leaves(self) -> bool:
        """Return True: the job of its run knows."""
        return True


class Drawing:
    """What a pseudo console draws, turned into what a program would have printed over a pipe."""

    def __init__(self) -> None:
        """Begin at the top of an empty screen."""
        self._row = 1
        self._rest = ""

    def feed(self, text: str) -> str:
        """Take the next piece, cut anywhere; return what it prints."""
        text = self._rest + text
        unended = UNENDED.search(text)
        self._rest = unended[0] if unended else ""
        return DRAWN.sub(self._printed, text.removesuffix(self._rest))

    def _printed(self, found: re.Match[str]) -> str:
        verb, numbers = found["verb"], re.findall(r"\d+", found["words"] or "")
        if verb is None and found[0].endswith("\n"):
            self._row = min(self._row + 1, LINES)
            return "\n"
        if verb == "H":
            row, column = (*map(int, numbers), 1, 1)[:2]
            return self._moved(row, column)
        if verb == "C":
            return " " * int(numbers[0] if numbers else 1)
        return found[0] if verb in ("m", "K") else ""

    def _moved(self, row: int, column: int) -> str:
        """Go down by line breaks; what is drawn again further up cannot be told from new lines."""
        down, self._row = row - self._row, row
        return "\n" * down + " " * (column - 1) if down > 0 else "\r" if column == 1 < row else ""


def start_at_console(order: Order, keep: Keep, pty: Pty) -> Seated:
    """Start a tool at a pseudo console; both its outputs come out of it as one.

    Raises OSError where the system does not start it.
    """
    argv, env = order.plan.argv, order.env
    program = shutil.which(argv[0], path=env.get("PATH"))
    if program is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), argv[0])
    try:
        pty.spawn(*spelled(program, argv), cwd=order.plan.cwd or None, env=block(env))
    except Exception as error:
        raise OSError(0, f"its pseudo console could not be had ({error})") from error
    (out, drawn), (nothing, end) = os.pipe(), os.pipe()
    os.close(end)
    keep.pipes.put(out=out, err=nothing)
    ended = threading.Event()
    threading.Thread(target=carry, args=(pty, drawn, ended), name="console", daemon=True).start()
    return Seated(pty, (out, nothing), keep, ended)


def spelled(program: str, argv: Sequence[str]) -> tuple[str, str]:
    """Return a program and its words as Windows reads them: one text, what has blanks in quotes.

    The program is the beginning of that text, so one with blanks must have them too.
    """
    return subprocess.list2cmdline([program]), subprocess.list2cmdline(argv[1:])


def block(env: Mapping[str, str]) -> str:
    """Return an environment as Windows takes it."""
    return "".join(f"{name}={value}\0" for name, value in env.items())


def carry(pty: Pty, pipe: int, ended: threading.Event) -> None:
    """Carry what a console draws into a pipe, until its process has ended and all is drawn."""
    drawing, silent = Drawing(), 0
    with contextlib.suppress(OSError), os.fdopen(pipe, "wb", buffering=0) as lines:
        while silent < SETTLED:
            over = ended.is_set()  # before it is read: what comes in between is not lost
            try:
                text = pty.read(blocking=False)
            except Exception:  # noqa: BLE001 - pywinpty tells the end of a console by any error
                return
            silent = silent + 1 if over and not text else 0
            if text:
                lines.write(drawing.feed(text).encode("utf-8", "replace"))
            else:
                time.sleep(LOOK)


if sys.platform == "win32":

    def open_pty() -> Pty:
        """Return a new pseudo console; raises OSError where there is none."""
        import winpty

        try:
            made: Pty = winpty.PTY(COLUMNS, LINES, backend=winpty.Backend.ConPTY)
        except winpty.WinptyError as error:
            raise OSError(0, f"no terminal can be had for it ({error})") from error
        return made
