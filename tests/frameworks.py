"""Other versions of parser frameworks, each in a folder of its own for PYTHONPATH."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACE = Path(__file__).resolve().parents[1] / ".venv" / "frameworks"
SECONDS = 300  # that one installation may take


def framework(*requirements: str) -> Path:
    """Return a folder that holds these packages and what they need, installed once and kept.

    Several test processes may ask at the same time: one installs, the others wait.
    """
    python = f"{sys.version_info[0]}{sys.version_info[1]}"
    name = re.sub(r"[^A-Za-z0-9.]+", "-", "-".join((*requirements, python)))
    folder = PLACE / name
    if folder.is_dir():
        return folder
    PLACE.mkdir(parents=True, exist_ok=True)
    with _alone(PLACE / f"{name}.lock"):
        if not folder.is_dir():
            _install(requirements, folder)
    return folder


def _install(requirements: tuple[str, ...], folder: Path) -> None:
    """Install beside the folder, and move it there when it is whole."""
    made = folder.with_name(f"{folder.name}.{os.getpid()}")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-warn-conflicts", "--target", str(made), *requirements],
        capture_output=True,
        timeout=SECONDS,
    )
    if done.returncode:
        shutil.rmtree(made, ignore_errors=True)
        raise OSError(done.stderr.decode("utf-8", "replace")[-2000:])
    made.rename(folder)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process holds the lock; the system drops that of one that was ended."""
    with lock.open("a+b") as file:
        _lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        while True:
            try:
                return msvcrt.locking(number, msvcrt.LK_LOCK, 1)  # waits for ten seconds
            except OSError:
                continue

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)
