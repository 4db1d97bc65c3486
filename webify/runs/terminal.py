"""A terminal of its own for a tool that insists on one (POSIX).

The tool is the leader of a session whose terminal this is, so that /dev/tty is it too.  What it
prints comes out as over a pipe: line breaks stay as they are, and TERM stays "dumb", as a page
is no screen on which a cursor could be moved.
"""

from __future__ import annotations

import array
import contextlib
import os
import struct
import sys

from webify.runs.stdin import Stdin, unread

if sys.platform != "win32":
    import fcntl
    import termios

LINES, COLUMNS = 50, 160
TIOCGPTN = 0x80045430  # Linux
END = b"\x04"  # what a terminal takes for the end of input


if sys.platform != "win32":

    class Terminal(Stdin):
        """The side of a terminal at which a person would sit."""

        echoes = True

        def __init__(self, fd: int, name: str) -> None:
            """Keep the side of the person, and the name of the tool's side."""
            super().__init__(fd)
            self._name = name

        @property
        def names(self) -> frozenset[str]:
            """Return what Linux calls the files that the tool's processes read it from."""
            return frozenset({self._name, "/dev/tty"})

        @property
        def taken(self) -> bool:
            """Say whether the tool has read all that it was given."""
            if self._under_way:
                return False
            with contextlib.suppress(OSError):  # it has gone
                side = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
                try:
                    return unread(side) == 0
                finally:
                    os.close(side)
            return True

        @property
        def hides(self) -> bool | None:
            """Say whether the tool has turned off that what is typed is shown."""
            try:
                local = termios.tcgetattr(self.number)[3]
            except termios.error:
                return None
            return bool(local & termios.ICANON) and not local & termios.ECHO

        def _hand_over(self, data: bytes) -> bool:
            return super()._hand_over(data or END)

    def open_terminal() -> tuple[int, int]:
        """Return both sides of a new terminal: the person's, and the tool's."""
        person, tool = os.openpty()
        fcntl.ioctl(tool, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        modes = termios.tcgetattr(tool)
        modes[1] &= ~termios.ONLCR
        termios.tcsetattr(tool, termios.TCSANOW, modes)
        return person, tool

    def name_of(person: int) -> str:
        """Return what Linux calls the tool's side of a terminal."""
        number = array.array("I", [0])
        fcntl.ioctl(person, TIOCGPTN, number)
        return f"/dev/pts/{number[0]}"

    def take() -> None:
        """Make standard input the terminal of this session; called in the tool's process."""
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
