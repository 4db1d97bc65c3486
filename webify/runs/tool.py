"""The process of a tool: how it is started, and the pipes that hold what it prints."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO

from webify.runs.order import Order

CREATE_NEW_PROCESS_GROUP = 0x200  # Windows: what CTRL+BREAK is sent to


@dataclass(frozen=True)
class Tool:
    """A tool that was started.

    out, err   file descriptors from which its output is read
    """

    process: subprocess.Popen[bytes]
    out: int
    err: int

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


def start(order: Order) -> Tool:
    """Start a tool in a session of its own.

    Raises OSError or ValueError where the operating system does not start it.
    """
    process = subprocess.Popen(
        list(order.plan.argv),
        stdin=subprocess.PIPE if order.plan.stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=order.plan.cwd,
        env=order.env,
        start_new_session=True,
        creationflags=CREATE_NEW_PROCESS_GROUP if sys.platform == "win32" else 0,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    if process.stdin is not None:
        giving = (process.stdin, order.plan.stdin.encode("utf-8"))
        threading.Thread(target=_give, args=giving, name="input", daemon=True).start()
    return Tool(process, process.stdout.fileno(), process.stderr.fileno())


def _give(pipe: IO[bytes], data: bytes) -> None:
    """Hand over all that a tool gets; it may not want to read it."""
    with contextlib.suppress(OSError), pipe:
        pipe.write(data)
