"""Disks of a test's own: small, full, or closed to writing (POSIX only)."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.serving import Site

ROOM = 6_000_000


@contextmanager
def own_disk(folder: Path) -> Iterator[Path]:
    """Yield a new folder on a disk of its own; a folder like any other where none can be had."""
    folder.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=700", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full_disk(data: Path) -> Iterator[Callable[[Site], None]]:
    """Leave no room for a server that is started inside; yield what gives it room."""
    if os.path.ismount(data):
        with (data / "fill").open("wb", buffering=0) as fill, suppress(OSError):
            while fill.write(b"x" * 4096):
                pass
        yield lambda _site: (data / "fill").unlink()
        return
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most[1]))
    try:
        yield lambda site: resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, most)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)


@contextmanager
def closed(data: Path) -> Iterator[None]:
    """Let nobody write there inside."""
    if os.path.ismount(data):
        subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
    else:
        data.chmod(0o500)
    try:
        yield
    finally:
        opened(data)


def opened(data: Path) -> None:
    """Let it be written again."""
    if os.path.ismount(data):
        subprocess.run(["mount", "-o", "remount,rw", str(data)], check=True)
    else:
        data.chmod(0o700)
