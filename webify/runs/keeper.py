"""The process above a supervisor: when that is killed, it starts another that goes on.

It is the one the kernel gives the tool to when its supervisor dies, so the exit code is not lost.
It sleeps meanwhile.  Linux only: elsewhere orphans cannot be waited for, and a run whose supervisor
was killed is lost.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

import psutil

from webify.runs.keep import Keep

PR_SET_CHILD_SUBREAPER = 36
MOST_DEATHS = 20  # supervisors of one run that are replaced


if sys.platform == "linux":

    def keep_alive(
        keep: Keep, supervise: Callable[[], None], forked: Callable[[], None] = lambda: None
    ) -> None:
        """Fork a process that supervises, and another one whenever that is killed.

        forked   called here when the first one was forked, which has what is let go of then
        """
        keep.keeper = os.getpid()
        _adopt_orphans()
        while True:
            supervisor = os.fork()
            if supervisor == 0:
                _adopt_orphans()
                supervise()
                return
            if not keep.deaths:
                forked()
            killed = _wait_for(supervisor, keep)
            if not killed or keep.deaths >= MOST_DEATHS:
                return
            keep.deaths += 1
            keep.tool = keep.tool or _unnoted_tool()

    def _adopt_orphans() -> None:
        """Become the parent of all below this process whose own parent dies."""
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def _wait_for(supervisor: int, keep: Keep) -> bool:
        """Wait for the supervisor, and for what became ours; say whether it was killed."""
        while True:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            if found is None:
                continue
            if found.si_pid == supervisor:
                os.waitpid(supervisor, 0)
                return found.si_code != os.CLD_EXITED
            keep.tool = keep.tool or found.si_pid  # its supervisor did not live to note it
            if found.si_pid == keep.tool:
                keep.code = code_of(found)
            os.waitpid(found.si_pid, 0)

    def has_children() -> bool:
        """Say whether a process below this one lives, or is not buried yet; asked in no time."""
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return False
        return True

    def _unnoted_tool() -> int:
        """Return the tool that a supervisor started and did not live to note; 0 for none."""
        children = psutil.Process().children()
        eldest = min(children, key=lambda each: (each.create_time(), each.pid), default=None)
        return eldest.pid if eldest else 0

    def code_of(found: os.waitid_result) -> int:
        """Return how a process ended in the way of subprocess: below 0 for a signal."""
        return found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
