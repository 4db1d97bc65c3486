"""The way of an answer: from the web server to the supervisor, and never over the disk.

The supervisor listens while a question is open: at a socket in the run's folder, on Windows at a
named pipe.  question.json says where, and holds a key that both sides prove to know.  So a server
that was started later finds the way too.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import TYPE_CHECKING

from webify.runs.folder import RunFolder
from webify.runs.question import answered, read_open

if TYPE_CHECKING:
    from multiprocessing.connection import _ConnectionBase

    Line = _ConnectionBase[bytes, bytes]

LINUX = sys.platform.startswith("linux")
LOOPBACK = "127.0.0.1"
WAITING = 16  # answers that may come at the same moment
LONGEST_PATH = 100  # bytes that the name of a socket may have everywhere
TAKEN, ANSWERED, GONE = "taken", "answered", "gone"
BROKEN = (OSError, EOFError, AuthenticationError, ValueError, TypeError)


@dataclass(frozen=True)
class Given:
    """An answer.  May be a secret: it is never written to disk.

    number   of the question that it answers
    text     what the person typed or chose
    end      no more input comes after it
    """

    number: int
    text: str = ""
    end: bool = False

    def __repr__(self) -> str:
        """Say nothing of the text."""
        return f"Given({self.number})"


def give(folder: RunFolder, given: Given) -> str:
    """Hand over an answer: "taken", "answered" by somebody else before, or "gone"."""
    opened = read_open(folder)
    if opened is None or opened.question.number != given.number:
        return ANSWERED if given.number <= answered(folder) else GONE
    try:
        with _connect(opened.address, bytes.fromhex(opened.key)) as line:
            line.send_bytes(json.dumps(asdict(given)).encode("ascii"))
            return line.recv_bytes().decode("ascii")
    except BROKEN:
        return GONE


class Desk(threading.Thread):
    """Where a supervisor takes answers, one after the other; `take` says what became of each."""

    def __init__(self, folder: RunFolder, take: Callable[[Given], str]) -> None:
        """Open it; start() begins.  Raises OSError."""
        super().__init__(name="answers", daemon=True)
        self._take = take
        self._closed = False
        self._place = folder.answers_path
        key = secrets.token_bytes(32)
        self.key = key.hex()
        self._listener, self.address = _listen(self._place, key)

    def run(self) -> None:
        """Take answers until it is closed."""
        while not self._closed:
            try:
                line = self._listener.accept()
            except BROKEN:
                continue
            with contextlib.suppress(*BROKEN), line:
                data = json.loads(line.recv_bytes())
                line.send_bytes(self._take(Given(**data)).encode("ascii"))

    def close(self) -> None:
        """Take no more; a socket that is waited at has to be woken.

        No key is shown for that: if nobody waits any more, nobody would ever ask for it.
        """
        self._closed = True
        with contextlib.suppress(*BROKEN):
            _connect(self.address, None).close()
        self.join(1.0)
        with contextlib.suppress(OSError):
            self._listener.close()
        with contextlib.suppress(OSError):
            self._place.unlink(missing_ok=True)


def _listen(place: Path, key: bytes) -> tuple[Listener, str]:
    """Return what listens, and under which address: a socket of this machine's own where it can."""
    if sys.platform == "win32":
        pipe = rf"\\.\pipe\webify-{secrets.token_hex(16)}"
        with contextlib.suppress(OSError):
            return Listener(pipe, "AF_PIPE", authkey=key), pipe
    else:
        with contextlib.suppress(OSError):  # the name is too long, or it cannot hold a socket
            place.unlink(missing_ok=True)
            with short(place) as name:
                return Listener(name, "AF_UNIX", backlog=WAITING, authkey=key), str(place)
    listener = Listener((LOOPBACK, 0), "AF_INET", backlog=WAITING, authkey=key)
    return listener, f"{LOOPBACK}:{listener.address[1]}"


def _connect(address: str, key: bytes | None) -> Line:
    host, _, port = address.rpartition(":")
    if host == LOOPBACK:
        return Client((host, int(port)), "AF_INET", authkey=key)
    if address.startswith("\\\\"):
        return Client(address, "AF_PIPE", authkey=key)
    with short(Path(address)) as name:
        return Client(name, "AF_UNIX", authkey=key)


@contextlib.contextmanager
def short(place: Path) -> Iterator[str]:
    """Give a name by which a socket may be made: some systems take a hundred bytes only."""
    if not LINUX or len(os.fsencode(place)) <= LONGEST_PATH:
        yield str(place)
        return
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        os.close(folder)
