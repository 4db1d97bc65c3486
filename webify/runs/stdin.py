"""The standard input of a tool, as its supervisor writes to it."""

from __future__ import annotations

import array
import contextlib
import os
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue

from webify.runs.keep import Keep
from webify.runs.writing import write_all

if sys.platform != "win32":
    import fcntl
    import termios


class Stdin:
    """A pipe to a tool; what is given waits in a thread until the tool takes it."""

    echoes = False  # what is given stands in the output by itself

    def __init__(self, fd: int) -> None:
        """Keep the end to which is written."""
        self.number = fd
        self.closing: Callable[[], object] = int  # called when its end comes
        self._due: SimpleQueue[bytes] = SimpleQueue()
        self._under_way = 0
        self._thread: threading.Thread | None = None
        self.ended = False

    @property
    def names(self) -> frozenset[str]:
        """Return what Linux calls the files that the tool's processes read it from."""
        return frozenset({f"pipe:[{os.fstat(self.number).st_ino}]"})

    @property
    def taken(self) -> bool:
        """Say whether the tool has read all that it was given."""
        return not self._under_way and unread(self.number) == 0

    @property
    def hides(self) -> bool | None:
        """Say whether it hides what is typed now; None where that cannot be known."""
        return None

    def give(self, data: bytes) -> None:
        """Hand over some bytes."""
        self._put(data)

    def end(self) -> None:
        """Say that no more comes."""
        if not self.ended:
            self.ended = True
            self._put(b"")

    def interrupt(self) -> None:
        """Ask the tool to end, where that is a key and no signal."""

    def _put(self, data: bytes) -> None:
        self._under_way += 1
        self._due.put(data)
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="input", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        while True:
            data = self._due.get()
            try:
                if not self._hand_over(data):
                    return
            except OSError:  # the tool has closed it
                self.ended = True
            finally:
                self._under_way -= 1

    def _hand_over(self, data: bytes) -> bool:
        """Write some bytes, b"" for the end; return whether more can come."""
        if not data:
            self.closing()
            os.close(self.number)
            return False
        write_all(self.number, data)
        return True


def hold(stdin: Stdin, keep: Keep, given: str) -> None:
    """Let whoever comes next write to a tool too, until its input ends.

    given   what its input consists of, where that was known beforehand
    """
    if not given:
        keep.inputs.put(stdin=stdin.number)
        stdin.closing = keep.inputs.empty


def inherited(keep: Keep) -> Stdin | None:
    """Return what an earlier supervisor wrote to; None where it has ended."""
    number = keep.inputs.look().get("stdin")
    if number is None:
        return None
    stdin = Stdin(number)
    stdin.closing = keep.inputs.empty
    return stdin


def unread(fd: int) -> int:
    """Return how many bytes lie in a pipe or terminal; 0 where that cannot be known."""
    count = array.array("i", [0])
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.ioctl(fd, termios.FIONREAD, count)
    return count[0]
