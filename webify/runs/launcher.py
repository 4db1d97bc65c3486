"""The launcher: a process that waits for orders, so that a run costs no interpreter's start.

It is started by exec and never forked from the web server, has a single thread and a session of
its own, and forks a supervisor ahead of each order (launched.py).  Where a process cannot fork
(Windows) it is the supervisor of one order itself, and the next one is started at once.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from webify.places import PACKAGE
from webify.runs.fitting import Wish
from webify.runs.order import Answer, Order
from webify.runs.pairs import Pairs
from webify.runs.writing import write_all

LOG = logging.getLogger(__name__)
LIBRARIES = ("wcwidth", "psutil", "winpty")  # what a supervisor needs besides the standard library
BOOT = (
    "import sys; sys.path += sys.argv[2:]; from webify.runs.launched import main; main(sys.argv[1])"
)
TRIES = 2  # launchers that are given an order, should they die before they answer
ONE_EACH = os.name != "posix"  # a supervisor takes one order, and does not fork for each


@dataclass(frozen=True)
class Handed:
    """An order that was handed over and is not answered yet."""

    order: Order
    process: subprocess.Popen[bytes]
    tries: int


class Launcher:
    """The launcher's process as the web server sees it, and the orders not answered yet."""

    def __init__(
        self, notes: Path, heard: Callable[[Answer], None], *, one_each: bool = ONE_EACH
    ) -> None:
        """Start it; `notes` is where its own faults go, `heard` gets each answer."""
        self._one_each = one_each
        self._notes = notes
        self._heard = heard
        self._lock = threading.Lock()
        self._open: dict[str, Handed] = {}
        self._pairs = Pairs(self._new)
        self._waiting = self._new()

    def start(self, order: Order) -> None:
        """Hand over an order; raises OSError where no launcher can be had.

        An order that a new launcher did not take either, because it ended at once, is answered
        with "failed".
        """
        with self._lock:
            pair = self._pairs.take(order) if self._one_each else None
            taken = pair is not None and self._try(order, pair)
            if pair is not None:
                _let_go(pair)
            taken = taken or self._hand_over(order)
            if not taken:
                del self._open[order.id]
            if self._one_each:
                self._pairs.wish(order)
        if not taken:
            self._heard(Answer("failed", order.id))

    def expect(self, wish: Wish) -> None:
        """Tell it of a run that may come; harmless where it has gone."""
        with self._lock, contextlib.suppress(OSError):
            if self._one_each:
                self._pairs.expect(wish)
            else:
                _write(self._waiting, wish.line())

    def _hand_over(self, order: Order) -> bool:
        """Give an order to the launcher, or to the next one; say whether one of them lives."""
        taken = self._try(order, self._waiting)
        if not taken:
            self._replace()
            taken = self._try(order, self._waiting)
        if self._one_each:
            self._replace()
        return taken

    def _try(self, order: Order, process: subprocess.Popen[bytes]) -> bool:
        """Say whether a launcher lives to be told."""
        try:
            self._send(order, 1, process)
        except OSError:
            return False
        return True

    def look(self) -> None:
        """Replace a launcher that has gone, and give its unanswered orders to the next.

        An order that several could not take is answered with "failed".
        """
        with self._lock:
            self._pairs.look()
            if self._waiting.poll() is not None:
                self._replace()
            failed = []
            for handed in [each for each in self._open.values() if each.process.poll() is not None]:
                if handed.tries < TRIES:
                    self._send(handed.order, handed.tries + 1, self._waiting)
                else:
                    failed.append(self._open.pop(handed.order.id).order.id)
        for run_id in failed:
            self._heard(Answer("failed", run_id))

    def close(self) -> None:
        """Let go of it; what it has been told it still starts."""
        with self._lock:
            _let_go(self._waiting)
            ended = self._pairs.close()
        for process in (self._waiting, *ended):
            process.wait()

    def _send(self, order: Order, tries: int, process: subprocess.Popen[bytes]) -> None:
        self._open[order.id] = Handed(order, process, tries)
        _write(process, order.line())

    def _replace(self) -> None:
        _let_go(self._waiting)
        self._waiting = self._new()

    def _new(self) -> subprocess.Popen[bytes]:
        process = start_process(self._notes, "one" if self._one_each else "many")
        threading.Thread(target=self._listen, args=(process,), name="launcher", daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Pass on the answers of one launcher and of the supervisors that it forked."""
        assert process.stdout is not None
        for line in process.stdout:
            try:
                answer = Answer.read(line)
                with self._lock:
                    self._open.pop(answer.id, None)
                    told = self._pairs.hear(process, answer)
                    if told:
                        _write(process, told)
                self._heard(answer)
            except Exception:
                LOG.exception("a supervisor's answer could not be used: %r", line)
        process.stdout.close()
        process.wait()


def start_process(notes: Path, each: str) -> subprocess.Popen[bytes]:
    """Start a launcher that takes "one" order or "many" from its standard input."""
    call = [
        sys.executable,
        "-I",
        "-S",
        "-X",
        "frozen_modules=on",
        "-c",
        BOOT,
        each,
        *import_folders(),
    ]
    with opened(notes) as faults:
        if sys.platform == "win32":  # CTRL+C in the server's window does not reach it
            flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            try:  # it is not ended with the server's job
                return _popen(call, faults.fileno(), flags | subprocess.CREATE_BREAKAWAY_FROM_JOB)
            except OSError:  # which lets nobody go
                return _popen(call, faults.fileno(), flags)
        else:
            return _popen(call, faults.fileno(), 0)


def opened(notes: Path) -> IO[bytes]:
    """Open a file of notes; where it cannot be written they go nowhere."""
    try:
        return notes.open("ab")
    except OSError:
        return Path(os.devnull).open("ab")


def import_folders() -> list[str]:
    """Return the folders from which a supervisor imports: ours, and those of its libraries."""
    found = [str(PACKAGE.parent)]
    for name in LIBRARIES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.append(str(Path(spec.origin).parent.parent))
    return list(dict.fromkeys(found))


def _write(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    write_all(process.stdin.fileno(), line)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def _popen(call: list[str], faults: int, flags: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        call,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=faults,
        start_new_session=True,
        creationflags=flags,
    )
