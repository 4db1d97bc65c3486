"""Write all of something to a pipe, which takes as much at a time as it has room for."""

from __future__ import annotations

import os


def write_all(fd: int, data: bytes) -> None:
    """Write to a file descriptor until nothing is left."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]
