"""Runs whose supervisor has gone: what is said of them."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from webify.model.run import Run, State
from webify.runs import cgroup
from webify.runs.birth import alive, birth, boot_of
from webify.runs.ending import end_tree
from webify.runs.folder import End, RunFolder
from webify.runs.leftover import Leftover
from webify.runs.leftovers import left_marked
from webify.runs.question import remove_open

UNSTARTED = "Interrupted: the server stopped before the program began"
UNWATCHED = "Interrupted: the process that watched over it was ended"
RESTARTED = "Interrupted: the computer restarted"


def lost(run: Run, folder: RunFolder) -> End:
    """Return the end of a run whose supervisor died; its tool is ended too, as nobody hears it."""
    remove_open(folder)
    process = folder.process()
    survivors: tuple[Leftover, ...] = ()
    reason = UNSTARTED if run.started is None else UNWATCHED
    if process is None and run.started is not None:
        survivors = end_tree((), run.id)
    elif process is not None:
        reason = UNWATCHED
        if boot_of(process.birth) != boot_of(birth(os.getpid())):
            reason = RESTARTED
        elif alive(process.tool_pid, process.tool_birth):
            survivors = end_tree((process.tool_pid,), run.id)
    cgroup.discard(run.id)
    out, err = folder.sizes()
    return End(
        State.LOST,
        started=process.started if process else run.started,
        ended=datetime.now(UTC),
        reason=reason,
        survivors=tuple(map(str, survivors)),
        left=survivors or (left_marked(run.id) if reason == UNWATCHED else ()),
        out_bytes=out,
        err_bytes=err,
    )
