"""The process of a tool: how it is started, and the pipes that hold what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import IO, Protocol

from webify.runs.birth import birth
from webify.runs.borrowing import borrow, let_go, taken_over
from webify.runs.keep import Keep
from webify.runs.order import Order
from webify.runs.stdin import Stdin, hold, inherited

LOOK = 0.02  # seconds between two looks whether a tool of an earlier supervisor has ended
Enter = Callable[[], None] | None  # what a tool's process calls before it becomes the tool


if sys.platform == "linux":
    from webify.runs.keeper import code_of, has_children


class Tool(Protocol):
    """A tool that was started.

    out, err   file descriptors from which its output is read
    stdin      what it can be given, None where it reads nothing
    """

    pid: int
    out: int
    err: int
    stdin: Stdin | None

    def wait(self) -> None:
        """Wait for its end; called by one thread only."""

    @property
    def code(self) -> int | None:
        """Return its exit code, below 0 the number of a signal; None where it is not known."""

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return the processes but its supervisor whose children its orphans become."""

    @property
    def leaves(self) -> bool:
        """Say whether it, or something that it started, may live."""


class Child:
    """A tool that this process has started."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        pipes: tuple[int, int],
        keep: Keep,
        stdin: Stdin | None = None,
    ) -> None:
        """Note its process, for those who come after this one too."""
        keep.tool = self.pid = process.pid
        self.out, self.err = pipes
        self.stdin = stdin
        self._process, self._keep = process, keep

    def wait(self) -> None:
        """Wait for it, and bury orphans of it that became ours meanwhile (Linux)."""
        if sys.platform == "linux":
            while found := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT):
                if found.si_pid == self.pid:
                    self._keep.code = code_of(found)  # before the system forgets it
                    break
                os.waitpid(found.si_pid, 0)
        self._keep.code = self._process.wait()

    @property
    def code(self) -> int | None:
        """Return its exit code."""
        return self._keep.code

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return the keeper, where there is one."""
        return tuple(filter(None, [self._keep.keeper]))

    @property
    def leaves(self) -> bool:
        """Say whether a child of this process lives; not known where orphans become none of it."""
        if sys.platform == "linux" and self._keep.keeper:
            return has_children()
        return True


class Orphan:
    """A tool that a supervisor before this one has started; the keeper waits for it."""

    def __init__(self, order: Order, keep: Keep) -> None:
        """Take it over."""
        self.pid = keep.tool
        pipes = keep.pipes.look()
        self.out, self.err = pipes["out"], pipes["err"]
        self.stdin = _inherited(order, self.out, keep)
        self._keep = keep
        self._birth = birth(self.pid)

    def wait(self) -> None:
        """Wait until the keeper knows its end, or it has gone without a keeper."""
        while self._keep.code is None:
            if os.getppid() != self._keep.keeper and birth(self.pid) != self._birth:
                return
            time.sleep(LOOK)

    @property
    def code(self) -> int | None:
        """Return its exit code; None where its keeper was killed too."""
        return self._keep.code

    @property
    def heirs(self) -> tuple[int, ...]:
        """Return the keeper."""
        return (self._keep.keeper,)

    @property
    def leaves(self) -> bool:
        """Return True: what it left to a supervisor that was killed is the keeper's now."""
        return True


def own(pipe: IO[bytes]) -> int:
    """Return a file descriptor of a pipe that nobody else closes."""
    with pipe:
        return os.dup(pipe.fileno())


def begun(order: Order, stdin: Stdin | None) -> Stdin | None:
    """Return a tool's input when it was given what it begins with."""
    if stdin is not None and order.plan.stdin:
        stdin.give(order.plan.stdin.encode("utf-8"))
        stdin.end()
    return stdin


def start(order: Order, keep: Keep, enter: Enter = None) -> Tool:
    """Start a tool in a session of its own, or take over what an earlier supervisor started.

    `enter` is called in its process beforehand.  Raises OSError or ValueError where the operating
    system does not start it.
    """
    if keep.tool:
        return taken_over(order, keep) or Orphan(order, keep)
    if order.plan.terminal:
        return _start_at_terminal(order, keep, enter)
    if order.plan.warm is None or enter is not None:  # limits are set from inside
        let_go(keep)
    borrowed = borrow(order, keep)
    if borrowed is not None:
        begun(order, borrowed.stdin)
        return borrowed
    lent = keep.spare.lend(order) if keep.spare is not None and enter is None else None
    if lent is not None:
        return _started(order, keep, lent.process, (lent.out, lent.err))
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    keep.pipes.put(out=out, err=err)  # before anything can be in them
    try:
        given = subprocess.PIPE if order.reads else subprocess.DEVNULL
        process = _popen(order, given, out_end, err_end, enter)
    finally:
        os.close(out_end)
        os.close(err_end)
    return _started(order, keep, process, (out, err))


def _popen(order: Order, stdin: int, out: int, err: int, enter: Enter) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        list(order.plan.argv),
        stdin=stdin,
        stdout=out,
        stderr=err,
        bufsize=0,
        cwd=order.plan.cwd,
        env=order.env,
        start_new_session=True,
        preexec_fn=enter,  # noqa: PLW1509 - a supervisor has a single thread at this time
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # gets CTRL+BREAK
    )


def _started(
    order: Order, keep: Keep, process: subprocess.Popen[bytes], pipes: tuple[int, int]
) -> Child:
    """Return a tool that is a process of ours, with its input."""
    stdin = None
    if process.stdin is not None:
        stdin = Stdin(own(process.stdin))
        hold(stdin, keep, order.plan.stdin)
    return Child(process, pipes, keep, begun(order, stdin))


if sys.platform == "win32":

    def _start_at_terminal(order: Order, keep: Keep, _enter: Enter) -> Tool:
        """Start a tool at a pseudo console of its own."""
        from webify.runs.conpty import open_pty, start_at_console  # rare

        tool = start_at_console(order, keep, open_pty())
        tool.stdin = begun(order, tool.stdin)
        return tool

    def _inherited(_order: Order, _out: int, _keep: Keep) -> Stdin | None:
        return None

else:

    def _start_at_terminal(order: Order, keep: Keep, enter: Enter) -> Tool:
        """Start a tool at a terminal of its own: both its outputs come out of it as one."""
        from webify.runs.terminal import Terminal, open_terminal, take  # rare

        def begin() -> None:
            take()
            if enter is not None:
                enter()

        person, side = open_terminal()
        name = os.ttyname(side)
        nothing, end = os.pipe()
        os.close(end)
        keep.pipes.put(out=person, err=nothing)
        try:
            process = _popen(order, side, side, side, begin)
        except BaseException:
            os.close(person)
            raise
        finally:
            os.close(side)
        stdin = begun(order, Terminal(os.dup(person), name))
        return Child(process, (person, nothing), keep, stdin)

    def _inherited(order: Order, out: int, keep: Keep) -> Stdin | None:
        """Return the input of a tool that an earlier supervisor has started."""
        if order.plan.terminal:
            from webify.runs.terminal import Terminal, name_of

            return Terminal(os.dup(out), name_of(out))
        return inherited(keep)
