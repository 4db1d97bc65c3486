"""The processes of a tool: which ones live, and the end of all of them."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import psutil

from webify.runs.order import MARK

GRACE = 5.0  # seconds between asking and forcing
FORCE = 3.0  # seconds that force is tried
LOOK = 0.05  # seconds between two looks


def birth(pid: int) -> str:
    """Return a word that tells this process from any other with its number; "" if it is gone."""
    return _linux_birth(pid) if sys.platform == "linux" else _other_birth(pid)


def alive(pid: int, born: str) -> bool:
    """Say whether the process still runs, and is no later one with the same number."""
    return bool(born) and birth(pid) == born


def boot_of(born: str) -> str:
    """Return the part of a birth that changes when the computer starts anew; "" if unknown."""
    return born.partition("@")[2]


def end_tree(roots: Collection[int], run_id: str, *, grace: float = GRACE) -> tuple[str, ...]:
    """End a tool and all that it started; return "name (number)" of what could not be ended.

    First politely, after `grace` seconds by force.  roots: the tool, and whoever its orphans
    become the children of; the caller itself stays.
    """
    found: dict[int, psutil.Process] = {}
    _look(found, roots, run_id)
    _ask(roots, found.values())
    limit = time.monotonic() + grace
    while _running(found) and time.monotonic() < limit:
        time.sleep(LOOK)
    limit = time.monotonic() + FORCE
    _look(found, roots, run_id)
    while _running(found) and time.monotonic() < limit:
        for process in _running(found):
            with contextlib.suppress(psutil.Error):
                process.kill()
        time.sleep(LOOK)
        _look(found, roots, run_id)
    return tuple(f"{_name(process)} ({process.pid})" for process in _running(found))


def _ask(roots: Collection[int], processes: Iterable[psutil.Process]) -> None:
    if sys.platform == "win32":
        for pid in roots:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.CTRL_BREAK_EVENT)
    else:
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.terminate()


def _look(found: dict[int, psutil.Process], roots: Collection[int], run_id: str) -> None:
    """Add the processes of the run: a root, below one, in its session, or marked."""
    everything = {process.pid: process for process in psutil.process_iter()}
    parents = dict(_parents(everything.values()))
    for pid, process in everything.items():
        if pid in found or pid == os.getpid():
            continue
        if _below(pid, parents, roots) or _session(pid) in roots or _marked(process, run_id):
            found[pid] = process


def _parents(processes: Iterable[psutil.Process]) -> Iterator[tuple[int, int]]:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            yield process.pid, process.ppid()


def _below(pid: int, parents: dict[int, int], roots: Collection[int]) -> bool:
    seen: set[int] = set()
    while pid not in roots:
        if pid in seen or pid not in parents:
            return False
        seen.add(pid)
        pid = parents[pid]
    return True


def _session(pid: int) -> int:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            return os.getsid(pid)
    return -1


def _marked(process: psutil.Process, run_id: str) -> bool:
    try:
        return process.environ().get(MARK) == run_id
    except (psutil.Error, OSError):
        return False


def _running(found: dict[int, psutil.Process]) -> list[psutil.Process]:
    return [process for process in found.values() if _runs(process)]


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return "process"


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
