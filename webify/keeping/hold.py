"""One server for each data folder: a lock that the system takes back when the process ends."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from webify.errors import DataFolderHeld

LOG = logging.getLogger(__name__)
NAME = "server.lock"
PATIENCE = 0.5  # seconds for somebody who only looks, or who is just letting go
PAUSE = 0.02
FAR = 1 << 30  # where Windows locks a byte: one past the text, which others may read
TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", -1))
LONGEST = 4_096  # bytes of the file that are looked at


@dataclass(frozen=True)
class Holder:
    """Who serves a data folder, as far as it could be written down.

    address   where it is reached; "" before it listens
    """

    pid: int = 0
    computer: str = ""
    since: str = ""
    address: str = ""

    def __str__(self) -> str:
        """Return it as part of a sentence."""
        if not self.pid:
            return "another process"
        where = f" on {self.computer}" if self.computer != socket.gethostname() else ""
        reached = f", at {self.address}" if self.address else ""
        return f"process {self.pid}{where}, since {self.since}{reached}"


class Hold:
    """The lock of one data folder; it is there until close(), or until the process ends.

    A file that cannot be made (a full disk, a folder that cannot be written) holds nothing:
    `held` is False then, and nobody can write there anyway.
    """

    def __init__(self, data: Path) -> None:
        """Take it at once; raises DataFolderHeld where another server has it."""
        self._path = data / NAME
        self._file = _opened(self._path)
        self._holder = Holder(os.getpid(), socket.gethostname(), f"{datetime.now(UTC):%F %R} UTC")
        if self._file is None:
            return
        if not _locked(self._file, PATIENCE):
            self._file.close()
            raise DataFolderHeld(
                f"The data folder {data} is in use by another webify: {_read(self._path)}. "
                "Stop that one, or name another folder with --data."
            )
        self.tell("")

    @property
    def held(self) -> bool:
        """Say whether the folder is ours."""
        return self._file is not None

    def tell(self, address: str) -> None:
        """Write down for others who holds it and where it is reached, where there is room."""
        if self._file is None:
            return
        text = json.dumps(asdict(self._holder) | {"address": address}).encode()
        with contextlib.suppress(OSError):
            self._file.seek(0)
            self._file.write(text)
            self._file.truncate()
            self._file.flush()

    def close(self) -> None:
        """Let go; the file stays, as deleting it would let two others in."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Hold it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go."""
        self.close()


def holder(data: Path) -> Holder | None:
    """Return who serves a data folder just now, or None; nothing is changed."""
    path = data / NAME
    try:
        file = path.open("rb+")
    except OSError:
        return None
    with file:
        return None if _locked(file) else _read(path)


def _opened(path: Path) -> BinaryIO | None:
    """Open a file without emptying it; a new one is for this account only."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        return os.fdopen(os.open(path, flags, 0o600), "rb+")
    except OSError:
        return None


def _read(path: Path) -> Holder:
    try:
        with path.open("rb") as file:
            return Holder(**json.loads(file.read(LONGEST)))
    except (OSError, ValueError, TypeError):
        return Holder()


def _locked(file: BinaryIO, patience: float = 0.0) -> bool:
    """Lock an open file and say whether it is ours; True too where the disk knows no locks."""
    limit = time.monotonic() + patience
    while True:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in TAKEN:
                LOG.warning("%s cannot be locked: %s", file.name, error.strerror)
                return True
            if time.monotonic() >= limit:
                return False
            time.sleep(PAUSE)
        else:
            return True


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
