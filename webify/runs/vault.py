"""The process that holds secrets of waiting runs beyond the death of a web server (Linux).

They are in its memory and nowhere else.  The web server starts it when the first such run has to
wait, and it ends with the last.  It listens at a socket in the data folder and hears one process at
a time, of its own account only: the next server finds there what the one before it left.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webify.model.command import Value

    Held = dict[str, dict[str, Value]]  # by the ids of runs: their answers that are secrets

PLACE = Path("vault")  # the socket, in the data folder
ALONE = 3600.0  # seconds for which it waits for the next server
LOOK = 1.0  # seconds between two looks at the data folder while no server speaks to it
MANY = 16  # processes that may wait to be heard
PEER = struct.Struct("3i")  # process, account and group of who is at the other end


if sys.platform == "linux":

    def main(data: str) -> None:
        """Hold what servers of a data folder say; standard output closes once it listens."""
        os.chdir(data)  # the name of a socket may have a hundred bytes only
        listener = _listen()
        os.close(1)
        os.open(os.devnull, os.O_WRONLY)
        serve(listener)

    def ours(end: socket.socket) -> bool:
        """Say whether a process of this account is at the other end."""
        said = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
        return bool(PEER.unpack(said)[1] == os.geteuid())

    def serve(listener: socket.socket) -> None:
        """Hear one server after the other until nothing is held any more, or none comes."""
        held: Held = {}
        place, since = _place(), time.monotonic()
        listener.settimeout(LOOK)
        while True:
            try:
                server = listener.accept()[0]
            except TimeoutError:
                late = not held or time.monotonic() - since > ALONE
                if place == _place() and not late:
                    continue
                break
            server.settimeout(None)
            with server, suppress(OSError):
                if ours(server) and not _hear(server, held):
                    return
            since = time.monotonic()
        if place == _place():
            PLACE.unlink()

    def _hear(server: socket.socket, held: Held) -> bool:
        """Tell a server what is held and do what it says; False once nothing is held any more."""
        _say(server, held)
        with server.makefile("rb") as lines:
            for said in lines:
                if not said.endswith(b"\n"):
                    break  # it was killed while it spoke
                told = json.loads(said)
                held.update(told["keep"])
                for run_id in told["drop"]:
                    held.pop(run_id, None)
                if not held:
                    PLACE.unlink()  # before the answer: after it another one may be there
                _say(server, len(held))
                if not held:
                    return False
        return True

    def _say(server: socket.socket, said: object) -> None:
        server.sendall(json.dumps(said).encode("ascii") + b"\n")

    def _listen() -> socket.socket:
        """Open the socket, for this account only, in place of one that a killed process left."""
        PLACE.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        os.umask(0o177)
        listener.bind(str(PLACE))
        listener.listen(MANY)
        return listener

    def _place() -> tuple[int, int] | None:
        """Return which socket a server would find now."""
        try:
            found = PLACE.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
