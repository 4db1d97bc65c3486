"""Which process is meant by a number: the same one, or a later one that got it anew."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

import psutil


def birth(pid: int) -> str:
    """Return a word that tells this process from any other with its number; "" if it is gone."""
    return _linux_birth(pid) if sys.platform == "linux" else _other_birth(pid)


def alive(pid: int, born: str) -> bool:
    """Say whether the process still runs, and is no later one with the same number."""
    return bool(born) and birth(pid) == born


def boot_of(born: str) -> str:
    """Return the part of a birth that changes when the computer starts anew; "" if unknown."""
    return born.partition("@")[2]


def nudge(pid: int, born: str) -> None:
    """Have a supervisor look at once whether its run shall stop; it looks by itself too.

    The signal is one that does nothing to a process which does not await it.
    """
    if sys.platform != "win32" and alive(pid, born):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGURG)


def _other_birth(pid: int) -> str:
    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else f"{process.create_time():.3f}"
    except psutil.Error:
        return ""


def _linux_birth(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return ""
    return "" if words[0] in (b"Z", b"X") else f"{int(words[19])}@{boot.strip()}"
