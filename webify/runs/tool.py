"""The process of a tool: how it is started, and the pipes that hold what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from webify.runs.borrowing import Borrowed, borrow
from webify.runs.order import Order
from webify.runs.stdin import Stdin

CREATE_NEW_PROCESS_GROUP = 0x200  # Windows: what CTRL+BREAK is sent to


@dataclass(frozen=True)
class Tool:
    """A tool that was started.

    out, err   file descriptors from which its output is read
    stdin      what it can be given, None where it reads nothing
    """

    process: subprocess.Popen[bytes]
    out: int
    err: int
    stdin: Stdin | None = None

    @property
    def pid(self) -> int:
        """Return the number of its process."""
        return self.process.pid

    def wait(self) -> None:
        """Wait for its end; called by one thread only."""
        self.process.wait()

    @property
    def code(self) -> int | None:
        """Return its exit code, below 0 the number of a signal; None while it goes on."""
        return self.process.returncode


def own(pipe: IO[bytes]) -> int:
    """Return a file descriptor of a pipe that nobody else closes."""
    with pipe:
        return os.dup(pipe.fileno())


def begun(order: Order, tool: Tool | Borrowed) -> Tool | Borrowed:
    """Return a tool that is given what its input begins with."""
    if tool.stdin is not None and order.plan.stdin:
        tool.stdin.give(order.plan.stdin.encode("utf-8"))
        tool.stdin.end()
    return tool


def start(order: Order, enter: Callable[[], None] | None = None) -> Tool | Borrowed:
    """Start a tool in a session of its own; `enter` is called in its process beforehand.

    Raises OSError or ValueError where the operating system does not start it.
    """
    if order.plan.terminal:
        return _start_at_terminal(order)
    borrowed = borrow(order) if enter is None else None  # limits are set from inside
    if borrowed is not None:
        return begun(order, borrowed)
    process = subprocess.Popen(
        list(order.plan.argv),
        stdin=subprocess.PIPE if order.reads else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=order.plan.cwd,
        env=order.env,
        start_new_session=True,
        preexec_fn=enter,  # noqa: PLW1509 - a supervisor has a single thread at this time
        creationflags=CREATE_NEW_PROCESS_GROUP if sys.platform == "win32" else 0,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    stdin = None if process.stdin is None else Stdin(own(process.stdin))
    return begun(order, Tool(process, process.stdout.fileno(), process.stderr.fileno(), stdin))


if sys.platform == "win32":

    def _start_at_terminal(order: Order) -> Tool:
        raise OSError(0, f"no terminal can be had for {order.plan.argv[0]} on Windows")

else:

    def _start_at_terminal(order: Order) -> Tool:
        """Start a tool at a terminal of its own: both its outputs come out of it as one."""
        from webify.runs.terminal import Terminal, open_terminal, take  # rare

        person, side = open_terminal()
        name = os.ttyname(side)
        try:
            process = subprocess.Popen(
                list(order.plan.argv),
                stdin=side,
                stdout=side,
                stderr=side,
                bufsize=0,
                cwd=order.plan.cwd,
                env=order.env,
                start_new_session=True,
                preexec_fn=take,  # noqa: PLW1509 # this process has no other thread yet
            )
        except BaseException:
            os.close(person)
            raise
        finally:
            os.close(side)
        nothing, end = os.pipe()
        os.close(end)
        return Tool(process, person, nothing, Terminal(os.dup(person), name))
