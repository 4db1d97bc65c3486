"""Secrets of the runs that wait for their turn, in a process that outlives the web server (Linux).

Whoever begins at once has none here: the supervisor has them.  Where the process cannot be had they
are in the memory of the server only, and a run that waits is lost with it.
"""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from webify.model.command import Values
from webify.places import PACKAGE
from webify.runs.answering import short
from webify.runs.folder import NOTES
from webify.runs.launcher import opened
from webify.runs.vault import PLACE

if sys.platform == "linux":
    from webify.runs.vault import ours

LOG = logging.getLogger(__name__)
PATIENCE = 15.0  # seconds until the process must have answered
BOOT = "import sys; sys.path += sys.argv[2:]; from webify.runs.vault import main; main(sys.argv[1])"
UNSAFE = "what waits with a secret would be lost if this server were killed: %s"


class Sealed:
    """The answers of waiting runs that are written down nowhere; any thread may use it."""

    def __init__(self, data: Path) -> None:
        """Hold nothing."""
        self._data = data.resolve()
        self._lock = threading.Lock()
        self._held: dict[str, Values] = {}
        self._line: Line | None = None

    def keep(self, run_id: str, secrets: Values) -> None:
        """Hold the secrets of a run that waits; when this returns they outlive this process."""
        if sys.platform == "linux":
            with self._lock:
                self._held[run_id] = secrets
                self._tell({run_id: secrets}, ())

    def of(self, run_id: str) -> Values:
        """Return the secrets of a run that waits, as far as they are held."""
        return self._held.get(run_id, {})

    def drop(self, run_id: str) -> None:
        """Forget those of a run that has begun, or will not."""
        if run_id in self._held:
            with self._lock:
                self._held.pop(run_id, None)
                self._tell({}, (run_id,))

    def take_up(self, waiting: Collection[str]) -> None:
        """Hold what an earlier server left, as far as its runs still wait."""
        with self._lock:
            self._hang_up()
            found = self._found()
            if found is not None:
                self._held = {each: found.held[each] for each in waiting if each in found.held}
                self._agree(found)

    def look(self) -> None:
        """Start another process where one was killed."""
        with self._lock:
            if self._line is not None and self._line.broken:
                self._agree(None)

    def close(self) -> None:
        """Leave what is held to the next server, though the process was killed just before."""
        with self._lock:
            if self._held:
                self._tell({}, ())
            self._hang_up()

    def _tell(self, keep: dict[str, Values], drop: Collection[str]) -> None:
        """Let the process know of a change, or another one of all."""
        try:
            if self._line is None:
                raise ConnectionError
            self._line.tell(keep, drop)
        except OSError:
            self._agree(None)
        if not self._held:
            self._hang_up()

    def _agree(self, line: Line | None) -> None:
        """Have a process hold what we hold, and no more; where nothing is, start none."""
        self._hang_up()
        try:
            line = line or self._found() or (self._started() if self._held else None)
            if line is not None:
                self._line = line
                line.tell(self._held, line.held.keys() - self._held.keys())
        except OSError as error:
            LOG.warning(UNSAFE, error)
            self._hang_up()
        if not self._held:
            self._hang_up()

    def _found(self) -> Line | None:
        """Return the way to a process that is there already."""
        if (self._data / PLACE).exists():
            with suppress(OSError):
                return Line(self._data)
        return None

    def _started(self) -> Line:
        """Start a process and return the way to it; raises OSError."""
        call = [sys.executable, "-I", "-S", "-X", "frozen_modules=on", "-c", BOOT]
        with opened(self._data / "runs" / NOTES) as faults:
            process = subprocess.Popen(
                [*call, str(self._data), str(PACKAGE.parent)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=faults.fileno(),
                start_new_session=True,
            )
        threading.Thread(target=process.wait, name="vault", daemon=True).start()
        assert process.stdout is not None
        with process.stdout as silence:
            silence.read()  # until it listens, or has failed
        return Line(self._data)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class Line:
    """The way to the process; whatever it is asked raises OSError where that has gone.

    held   what it held when it was asked first
    """

    def __init__(self, data: Path) -> None:
        """Be connected, and hear what is held."""
        self._end = _connected(data)
        self._file = self._end.makefile("rwb")
        try:
            self.held: dict[str, Values] = self._heard()
        except OSError:
            self.close()
            raise

    def tell(self, keep: Mapping[str, Values], drop: Collection[str]) -> None:
        """Let it hold these too, and those no more."""
        said = json.dumps({"keep": keep, "drop": list(drop)})
        self._file.write(said.encode("ascii") + b"\n")
        self._file.flush()
        self._heard()

    @property
    def broken(self) -> bool:
        """Say whether nobody is there any more: nothing is said unasked."""
        self._end.settimeout(0)
        try:
            return not self._end.recv(1)
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self._end.settimeout(PATIENCE)

    def close(self) -> None:
        """Let go of it; it waits for the next server where it holds something."""
        with suppress(OSError):  # of a line that broke while something was said
            self._file.close()
        self._end.close()

    def _heard(self) -> Any:
        said = self._file.readline()
        if not said.endswith(b"\n"):
            raise ConnectionResetError("it has gone")
        return json.loads(said)


def _connected(data: Path) -> socket.socket:
    """Return a socket at whose other end the process is; raises OSError."""
    if sys.platform == "linux":
        end = socket.socket(socket.AF_UNIX)
        end.settimeout(PATIENCE)
        try:
            with short(data / PLACE) as name:
                end.connect(name)
            if not ours(end):
                raise PermissionError(f"{data / PLACE} is somebody else's")
        except OSError:
            end.close()
            raise
        return end
    raise OSError
