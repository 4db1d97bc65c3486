"""How much memory runs take: each tool with all that it started."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

import psutil

from webify.runs.folder import Process


def memory_of(processes: Mapping[str, Process]) -> dict[str, int]:
    """Return the resident bytes of the tool of each run and of all below it, by the runs' ids.

    The processes of the computer are looked through once for all runs.  What a tool let go of
    stands below its supervisor; the supervisor itself is not counted.
    """
    everything = {each.pid: each for each in psutil.process_iter(["ppid"])}
    below: defaultdict[int, list[int]] = defaultdict(list)
    for pid, process in everything.items():
        below[process.info["ppid"]].append(pid)
    found = {}
    for run_id, watched in processes.items():
        tree = _tree((watched.pid, watched.tool_pid), below) - {watched.pid}
        found[run_id] = sum(_resident(everything[pid]) for pid in tree if pid in everything)
    return found


def resident(pids: Iterable[int]) -> int:
    """Return the resident bytes of some processes, without a look at the others."""
    found = 0
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            found += _resident(psutil.Process(pid))
    return found


def _tree(roots: Iterable[int], below: Mapping[int, list[int]]) -> set[int]:
    """Return the processes of these numbers and all below them."""
    found, rest = set(), list(roots)
    while rest:
        pid = rest.pop()
        if pid not in found:
            found.add(pid)
            rest += below.get(pid, ())
    return found


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
