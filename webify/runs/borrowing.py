"""A tool that a zygote forks: asked for, given its pipes, and waited for by its reply."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from webify.runs.order import MARK, Order
from webify.runs.stdin import Stdin

KILLED = 9  # the number of SIGKILL
PATIENCE = 0.5  # seconds until a zygote must answer; the run starts in another way then
NEWS = 64  # bytes of an answer at most
PYTHON_SETS = ("SIGPIPE", "SIGXFSZ", "SIGXFZ", "SIGCHLD")  # by itself, whatever was ignored


class Borrowed:
    """A tool that runs as the child of a holder, which tells how it ends."""

    def __init__(
        self, pid: int, out: int, err: int, stdin: Stdin | None, reply: socket.socket
    ) -> None:
        """Take over one that was begun."""
        self.pid = pid
        self.out = out
        self.err = err
        self.stdin = stdin
        self.code: int | None = None
        self._reply = reply

    def wait(self) -> None:
        """Wait for its end; called by one thread only.

        A holder that was killed ended its child with it, or the child is nobody's.
        """
        self._reply.settimeout(None)
        said = b""
        with contextlib.suppress(OSError):
            while not said.endswith(b"\n") and (piece := self._reply.recv(NEWS)):
                said += piece
        self.code = int(said) if said.strip() else -KILLED


if sys.platform != "win32":

    def borrow(order: Order) -> Borrowed | None:
        """Have the zygote of an order start its tool; None where it does not."""
        if order.zygote < 0 or order.plan.warm is None:
            return None
        try:
            return _begin(order) if _clear(order) else None
        except (OSError, ValueError):
            return None
        finally:
            os.close(order.zygote)

    def _clear(order: Order) -> bool:
        """Say whether the folder it starts in is there, and none of its files would be imported."""
        warm, cwd = order.plan.warm, order.plan.cwd
        if warm is None or not os.access(cwd, os.X_OK):
            return False
        return bool(warm.folder) or not any(Path(cwd).iterdir())

    def _input(order: Order) -> tuple[int, Stdin | None]:
        """Return what the tool reads, and what can be written to it."""
        if not order.reads:
            return os.open(os.devnull, os.O_RDONLY), None
        given, ours = os.pipe()
        return given, Stdin(ours)

    def _begin(order: Order) -> Borrowed | None:
        ours, its = socket.socketpair()
        ours.settimeout(PATIENCE)
        given, stdin = _input(order)
        out, its_out = os.pipe()
        err, its_err = os.pipe()
        handles = (its.fileno(), given, its_out, its_err)
        try:
            with socket.socket(fileno=os.dup(order.zygote)) as calls:
                calls.settimeout(PATIENCE)
                socket.send_fds(calls, [b"r"], handles)
        finally:
            its.close()
            for handle in handles[1:]:
                os.close(handle)
        pid = _go(ours, order)
        if pid:
            return Borrowed(pid, out, err, stdin, ours)
        ours.close()
        if stdin is not None:
            stdin.end()
        os.close(out)
        os.close(err)
        return None

    def _go(reply: socket.socket, order: Order) -> int:
        """Hear of the child that waits and tell it to begin; return its number, 0 for none."""
        try:
            said = reply.recv(NEWS)
        except OSError:
            return 0
        if not said:
            return 0
        reply.sendall(json.dumps(_run(order)).encode() + b"\n")
        return int(said.split()[0])

    def _run(order: Order) -> dict[str, object]:
        warm = order.plan.warm
        assert warm is not None
        return {
            "argv": [*warm.call, *order.plan.argv[warm.start :]],
            "own": len(warm.call),
            "cwd": order.plan.cwd,
            "umask": _umask(),
            "mark": [MARK, order.env[MARK]],
            "ignored": _ignored(),
            "title": warm.title,
        }

    def _umask() -> int:
        now = os.umask(0o077)
        os.umask(now)
        return now

    def _ignored() -> Sequence[int]:
        """Return the signals that a program which is started here would ignore."""
        return [
            number
            for number in signal.valid_signals()
            if signal.getsignal(number) is signal.SIG_IGN
            and signal.Signals(number).name not in PYTHON_SETS
        ]

else:

    def borrow(order: Order) -> Borrowed | None:  # noqa: ARG001 - there are no zygotes
        """Return None: a process cannot fork here."""
        return None
