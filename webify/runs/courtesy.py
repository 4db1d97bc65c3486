"""How much a crowd of runs weighs beside the pages: together no more than a few runs do.

Linux gives each session as much of the processors as any other (its autogroups), and a run has
two of them, so of a machine that is full the web server would have one share among a hundred.
A few runs are left as they are, as in a shell; of many each steps back the further the more
there are.  Where nothing else is to be done, each still has all the time that it can use.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from webify.runs.active import Active
from webify.runs.birth import alive
from webify.runs.cgroup import weigh

LOG = logging.getLogger(__name__)
FEW = 1  # runs for each core that weigh as much as any other process
STEP = 1.25  # by so much less weighs a process with each step of niceness
MOST = 19
KEEP = 1  # steps that are not worth a change
AGE = 1.0  # seconds for which a run is left alone: most end before


def step_back(everything: Sequence[Active]) -> None:
    """Let the runs that go on weigh what they should, as far as the system takes it just now."""
    going = [active for active in everything if not active.waits]
    level = level_of(len(going), os.cpu_count() or 1)
    for active in going:
        if abs(level - active.level) > KEEP and _grown(active):
            try:
                if not _lower_run(active, level):
                    continue
            except BlockingIOError:  # the kernel takes ten such wishes in a second
                return
            except OSError as error:
                LOG.warning("run %s weighs as much as before: %s", active.run.id, error)
            active.level = level


def _lower_run(active: Active, level: int) -> bool:
    """Make both processes of a run this nice; False where they are not known yet."""
    process = active.folder.process()
    if process is None:
        return False
    for pid, born in ((process.tool_pid, process.tool_birth), (process.pid, process.birth)):
        if alive(pid, born):
            lower(pid, level)
    return True


def level_of(runs: int, cores: int) -> int:
    """Return how nice each of so many runs is: 0 for a few."""
    crowd = runs / (FEW * cores)
    return min(MOST, round(math.log(crowd, STEP))) if crowd > 1 else 0


def lower(pid: int, level: int) -> None:
    """Make the processes of a session this nice.

    Raises BlockingIOError where the system wants to be asked again later; what it refuses
    altogether is left as it is.
    """
    if sys.platform == "win32":
        below = psutil.BELOW_NORMAL_PRIORITY_CLASS if level else psutil.NORMAL_PRIORITY_CLASS
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).nice(below)
    else:
        weigh(level, Path(f"/proc/{pid}"))
        _lower_session(Path(f"/proc/{pid}/autogroup"), level)
        with contextlib.suppress(PermissionError, ProcessLookupError):
            if level > os.getpriority(os.PRIO_PROCESS, pid):  # only an administrator takes it back
                os.setpriority(os.PRIO_PGRP, os.getpgid(pid), level)


def _lower_session(group: Path, level: int) -> None:
    if group.exists():  # Linux
        try:
            group.write_text(str(level), encoding="ascii")
        except BlockingIOError:
            raise
        except OSError:  # it is in no group of this kind, or has just ended
            return


def _grown(active: Active) -> bool:
    return active.handed is None or time.monotonic() - active.handed > AGE
