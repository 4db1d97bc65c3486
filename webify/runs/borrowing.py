"""A tool that a zygote forks: asked for, given its pipes, and waited for by its reply."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence

from webify.runs.fitting import clear
from webify.runs.keep import Keep, Lent
from webify.runs.order import Order
from webify.runs.readying import run_of
from webify.runs.stdin import Stdin, hold, inherited
from webify.runs.tree import seen

KILLED = 9  # the number of SIGKILL
PATIENCE = 0.5  # seconds until a zygote must answer; the run starts in another way then
NEWS = 64  # bytes of an answer at most
PYTHON_SETS = ("SIGPIPE", "SIGXFSZ", "SIGXFZ", "SIGCHLD")  # by itself, whatever was ignored


class Borrowed:
    """A tool that runs as the child of a holder, which tells how it ends."""

    def __init__(self, keep: Keep, out: int, err: int, reply: socket.socket) -> None:
        """Take it, from its holder or from an earlier supervisor."""
        self.pid = keep.tool
        self.out = out
        self.err = err
        self.stdin: Stdin | None = None
        self._heir = 0
        self._reply = reply
        self._keep = keep

    def wait(self) -> None:
        """Wait for its end; called by one thread only.

        What the holder says stays where it is, for a supervisor that comes next.
        A holder that was killed ended its child with it, or the child is nobody's.
        """
        self._reply.settimeout(None)
        said = b""
        with contextlib.suppress(OSError):
            while not said.endswith(b"\n"):
                seen = self._reply.recv(NEWS, socket.MSG_PEEK)
                if seen == said:
                    break
                said = seen
        if said.endswith(b"\n"):
            code, self._heir = (int(word) for word in said.split())
            self._keep.code = code
        else:
            self._keep.code = -KILLED

    @property
    def code(self) -> int | None:
        """Return its exit code."""
        return self._keep.code

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return its holder, which buries its orphans; of one that was killed nothing is left."""
        if self._keep.code is not None:
            return tuple(filter(None, [self._heir]))
        process, holder = seen(self.pid), self._keep.holder
        return (holder,) if process is not None and process.parent == holder else ()

    @property
    def leaves(self) -> bool:
        """Say whether something of it may live; after its end, whether it left anything then."""
        return self._keep.code is None or bool(self._heir)


if sys.platform != "win32":

    def ask(zygote: socket.socket, keep: Keep, *, reads: bool) -> None:
        """Ask a zygote for a child, which waits for its run; it may be let go of again.

        reads   its tool has a pipe to read from
        """
        ours, its = socket.socketpair()
        ours.settimeout(PATIENCE)
        given, stdin = _input(reads=reads)
        out, its_out = os.pipe()
        err, its_err = os.pipe()
        keep.pipes.put(out=out, err=err, reply=ours.fileno())
        keep.lent = Lent(ours, out, err, stdin)
        handles = (its.fileno(), given, its_out, its_err)
        try:
            zygote.settimeout(PATIENCE)
            socket.send_fds(zygote, [b"r"], handles)
        except OSError:
            let_go(keep)
        finally:
            its.close()
            for handle in handles[1:]:
                os.close(handle)

    def let_go(keep: Keep) -> None:
        """Let go of a child that was asked for: it ends."""
        lent, keep.lent = keep.lent, None
        if lent is not None:
            keep.pipes.empty()
            lent.close()

    def borrow(order: Order, keep: Keep) -> Borrowed | None:
        """Have the child that was asked for be the tool; None where there is none."""
        lent = keep.lent
        try:
            if lent is not None and clear(order) and _go(lent.reply, order, keep):
                return _borrowed(lent, order, keep)
        except (OSError, ValueError):
            keep.tool = keep.holder = 0
        let_go(keep)
        return None

    def _borrowed(lent: Lent, order: Order, keep: Keep) -> Borrowed:
        tool = Borrowed(keep, lent.out, lent.err, lent.reply)
        if lent.stdin >= 0:
            tool.stdin = Stdin(lent.stdin)
            hold(tool.stdin, keep, order.plan.stdin)
        return tool

    def taken_over(order: Order, keep: Keep) -> Borrowed | None:
        """Return the tool that an earlier supervisor has borrowed; None where it did not."""
        pipes = keep.pipes.look()
        if "reply" not in pipes:
            for pipe in pipes.values():
                os.close(pipe)
            return None
        reply = socket.socket(fileno=pipes["reply"])
        tool = Borrowed(keep, pipes["out"], pipes["err"], reply)
        if not keep.told:  # one that hears it twice takes the first
            _tell(reply, order, keep)
        tool.stdin = inherited(keep)
        return tool

    def _input(*, reads: bool) -> tuple[int, int]:
        """Return what the tool reads, and what can be written to it, -1 for nothing."""
        return os.pipe() if reads else (os.open(os.devnull, os.O_RDONLY), -1)

    def _go(reply: socket.socket, order: Order, keep: Keep) -> bool:
        """Hear of the child that waits and tell it to begin; False where there is none."""
        try:
            said = reply.recv(NEWS)
        except OSError:
            return False
        if not said:
            return False
        keep.tool, keep.holder = (int(word) for word in said.split())
        _tell(reply, order, keep)
        return True

    def _tell(reply: socket.socket, order: Order, keep: Keep) -> None:
        """Tell a child to be the tool."""
        reply.sendall(json.dumps(_run(order)).encode() + b"\n")
        keep.told = 1

    def _run(order: Order) -> dict[str, object]:
        assert order.plan.warm is not None
        return run_of(order, order.plan.warm) | {"ignored": _ignored()}

    def _ignored() -> Sequence[int]:
        """Return the signals that a program which is started here would ignore."""
        return [
            number
            for number in signal.valid_signals()
            if signal.getsignal(number) is signal.SIG_IGN
            and signal.Signals(number).name not in PYTHON_SETS
        ]

else:

    def ask(zygote: socket.socket, keep: Keep, *, reads: bool) -> None:
        """Do nothing: a process cannot fork here."""

    def borrow(order: Order, keep: Keep) -> Borrowed | None:  # noqa: ARG001 - no zygotes
        """Return None: a process cannot fork here."""
        return None

    def let_go(keep: Keep) -> None:
        """Do nothing: nothing was asked for."""

    def taken_over(order: Order, keep: Keep) -> Borrowed | None:  # noqa: ARG001 - no zygotes
        """Return None: nothing is taken over here."""
        return None
