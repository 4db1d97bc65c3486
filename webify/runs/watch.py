"""From the start of a tool to its end.json."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from webify.faces.usage_error import MOST, usage_errors
from webify.faces.values import without_secrets
from webify.model.run import State
from webify.runs import verdict
from webify.runs.asking import Asking
from webify.runs.birth import birth
from webify.runs.breach import Breach
from webify.runs.claim import claim, finish
from webify.runs.confinement import Confinement, confined
from webify.runs.draining import drain
from webify.runs.ending import GRACE, end_tree
from webify.runs.folder import End, Process, RunFolder, made_since, write_json
from webify.runs.follower import Follower
from webify.runs.keep import Keep
from webify.runs.leftover import Leftover
from webify.runs.lookout import Lookout
from webify.runs.masking import Secrets
from webify.runs.order import Order
from webify.runs.outcome import Outcome, outcome_of, over, said_of
from webify.runs.pumps import Budget, Disk, Pump, Timeline
from webify.runs.starting import cannot_start
from webify.runs.tool import Tool, start
from webify.runs.tree import seen
from webify.runs.watched import Halt, Logs, Reason, Watched

FIRST = 0.02  # seconds within which a tool that was started ahead is likely to print
LOOK = 0.05  # seconds between two looks whether it shall stop; who asks also wakes us (POSIX)
LOOK_LATER, YOUNG = 0.1, 10.0  # the same, once a run is this many seconds old
AT_ONCE = 10.0  # seconds within which a parser sends answers back, if it does
READ_ON = 60.0  # seconds that the readers have after the tool's end
READ_ON_STOPPED = 5.0  # the same, when somebody stopped the run


def supervise(
    order: Order,
    folder: RunFolder,
    keep: Keep | None = None,
    printed: Callable[[], None] | None = None,
) -> bool:
    """Run a tool to its end; return False where another supervisor has the run.

    keep      what earlier supervisors of this run left, where a keeper stands above
    printed   is called when the first of its output is kept
    """
    keep = keep or Keep()
    if not claim(folder, keep):
        return False
    _carry_out(order, folder, keep, printed)
    return True


def _carry_out(
    order: Order, folder: RunFolder, keep: Keep, printed: Callable[[], None] | None
) -> None:
    """Run the tool of a claimed run to its end, or go on where another supervisor was killed."""
    keep.begin()
    if keep.deaths:
        _forget_readings(folder)
    confinement = confined(order.id, order.plan.allowance)
    try:
        tool = start(order, keep, confinement.enter)
    except (OSError, ValueError) as error:
        confinement.close()
        why = cannot_start(error, order.plan.argv, order.plan.cwd)
        finish(folder, _failed(keep, why, "start"))
        return
    confinement.began(tool.pid)
    try:
        logs = _open_logs(order, folder, keep)
        logs.pumps[0].begins = printed
    except OSError as error:
        end_tree((tool.pid,), order.id, grace=0.0)
        tool.wait()
        confinement.close()
        finish(folder, _failed(keep, verdict.no_start(error)))
        return
    watched = _watch(order, folder, logs, tool, keep, confinement)
    halt = _attend(watched)
    watched.asking.close()
    ended = keep.started + timedelta(seconds=watched.age)  # whatever is done to the clock
    drain(watched, halt)
    _read_on(watched, halt)
    end = _end(watched, halt, ended)
    confinement.close()
    finish(folder, end)


def _forget_readings(folder: RunFolder) -> None:
    """Take away what readers left half done; all of the output is read again."""
    for half_read in (folder.rows_path, folder.blocks_path):
        with contextlib.suppress(OSError):
            half_read.unlink()


def _open_logs(order: Order, folder: RunFolder, keep: Keep) -> Logs:
    most = order.plan.allowance.output_bytes or order.run_bytes
    whole = not keep.logged or folder.out_path.exists()
    disk, budget = Disk(folder.full_path), Budget(most, sum(folder.sizes()), keep)
    timeline = Timeline(folder.timeline_path, keep.began)
    secrets = Secrets((*order.plan.secrets, *keep.typed))
    out = Pump("out", folder.out_path, disk, budget, timeline, secrets, keep.ledgers[0])
    err = Pump("err", folder.err_path, disk, budget, timeline, secrets, keep.ledgers[1])
    keep.logged = 1
    return Logs(disk, budget, (out, err), secrets, whole)


def _failed(keep: Keep, reason: str, cause: str = "") -> End:
    now = datetime.now(UTC)
    return End(State.FAILED, started=keep.started, ended=now, reason=reason, cause=cause)


def _watch(
    order: Order,
    folder: RunFolder,
    logs: Logs,
    tool: Tool,
    keep: Keep,
    confinement: Confinement,
) -> Watched:
    out, err = logs.pumps
    out.carry(tool.out, keep.hands)
    if keep.told:  # it has been loaded: what it prints is on its way, and all else can wait
        out.news.wait(FIRST)
    err.carry(tool.err, keep.hands)
    watched = Watched(
        order,
        folder,
        logs,
        tool,
        keep,
        Follower(folder, logs.pumps[0], order.plan.output, order.plan.adapter, order.plan.columns),
        Asking(
            folder,
            logs.pumps,
            logs.secrets,
            tool.stdin,
            (tool.pid, os.getpid()),
            order.plan.patience,
            keep.remember,
        ),
        confinement,
    )
    if keep.deaths:
        watched.asking.go_on()
    keep.hands.begin("exit", partial(_wait_for_exit, watched))
    _note_process(watched)
    keep.hands.begin("readers", watched.follower.run)
    return watched


def _note_process(watched: Watched) -> None:
    me, tool, keeper = os.getpid(), watched.tool.pid, watched.keep.keeper
    process = Process(
        *(me, birth(me), tool, birth(tool), watched.keep.started),
        *((keeper, birth(keeper)) if keeper else (0, "")),
        watched.keep.began,
    )
    with contextlib.suppress(OSError):
        write_json(watched.folder.process_path, process)


def _wait_for_exit(watched: Watched) -> None:
    """Wait for the tool, and bury orphans of it that became ours, before and after (Linux)."""
    watched.tool.wait()
    watched.exited.set()
    watched.wake.put(None)
    if sys.platform == "linux":
        with contextlib.suppress(ChildProcessError):  # there are no more
            while True:
                os.waitpid(-1, 0)


def _attend(watched: Watched) -> Halt | None:
    """Wait until the tool ends, or end it when somebody asks or its time is over."""
    _await_nudges(watched)
    lookout = Lookout(watched.folder, watched.order.given, watched.exited)
    while True:
        try:
            watched.wake.get(timeout=LOOK if watched.age < YOUNG else LOOK_LATER)
        except queue.Empty:
            if lookout.ident is None:  # most tools end before
                lookout.start()
        if watched.exited.is_set():
            watched.confinement.ended(watched.tool.code)
            return None
        why = _reason(watched)
        if why is not None and seen(watched.tool.pid):  # or it has ended by itself just before
            return _halt(watched, why)


def _reason(watched: Watched) -> Reason | None:
    """Return why the tool has to be ended now, None where it may go on."""
    plan = watched.order.plan
    if watched.folder.stop_path.exists():
        return Reason(Outcome(State.STOPPED, verdict.stopped(watched.folder.stop_by())))
    if watched.overdue:
        return Reason(Outcome(State.TIMED_OUT, verdict.timed_out(plan.seconds), "time"))
    watched.asking.look()
    if watched.asking.unanswered:
        said = verdict.unanswered(plan.patience)
        return Reason(Outcome(State.TIMED_OUT, said, "question"))
    breach = watched.confinement.over((watched.tool.pid, os.getpid()))
    if breach is not None:
        return Reason(over(breach, plan), GRACE if breach is Breach.CPU else 0)
    return None


def _await_nudges(watched: Watched) -> None:
    """Let a signal wake this thread; a queue is the one thing that a handler may fill."""
    if sys.platform != "win32":
        with contextlib.suppress(ValueError):  # not in the first thread of a process
            signal.signal(signal.SIGURG, lambda *_: watched.wake.put(None))


def _halt(watched: Watched, why: Reason) -> Halt:
    if watched.tool.stdin is not None and why.grace:
        watched.tool.stdin.interrupt()
    heirs = watched.heirs
    survivors = end_tree(
        (watched.tool.pid, *heirs),
        watched.order.id,
        grace=why.grace,
        kill=watched.confinement.kill,
        aside=heirs,
        alone=lambda: not watched.tool.leaves,
    )
    watched.logs.disk.leave.set()
    return Halt(why.outcome, survivors)


def _read_on(watched: Watched, halt: Halt | None) -> None:
    """Let the readers see the rest; a stop that comes now ends the reading only."""
    if halt is not None and halt.outcome.state is State.STOPPED:
        watched.follower.finish(READ_ON_STOPPED, lambda: False)
    else:
        watched.follower.finish(READ_ON, watched.folder.stop_path.exists)


def _end(watched: Watched, halt: Halt | None, ended: datetime) -> End:
    code = watched.tool.code
    refused = () if halt or code is None else _refused(watched, code, ended)
    outcome = halt.outcome if halt else _outcome(watched, code, refused)
    state = outcome.state
    dropped, lost = watched.logs.budget.dropped, watched.logs.disk.lost
    whole = watched.logs.whole and watched.folder.out_path.exists()
    notes = _notes(watched, whole=whole)
    if any(notes) and state is State.SUCCEEDED:
        state = State.WARNED
    made = made_since(watched.folder.files, watched.order.given)
    out, err = watched.folder.sizes()
    return End(
        state,
        exit_code=code if code is not None and code >= 0 else None,
        signal=-code if code is not None and code < 0 else None,
        started=watched.keep.started,
        ended=ended,
        reason=without_secrets(verdict.joined(outcome.reason, *notes), watched.order.plan.secrets),
        cause=outcome.cause,
        changed=outcome.changed,
        rows=watched.follower.rows,
        deleted=not whole,
        survivors=tuple(map(str, halt.survivors)) if halt else (),
        left=_left(watched, halt),
        out_bytes=out,
        err_bytes=err,
        dropped=dropped + lost,
        fault=watched.follower.fault if whole else "",
        files=tuple(file.name for file in made),
        file_sizes=tuple(file.size for file in made),
        refused=refused,
        asked=watched.asking.unanswered,
    )


def _notes(watched: Watched, *, whole: bool) -> tuple[str, ...]:
    """Return what else people have to know of an end; "" for what was not so."""
    logs = watched.logs
    return (
        verdict.cut(logs.budget.kept) if logs.budget.dropped else "",
        verdict.disk_full(logs.disk.lost) if logs.disk.lost else "",
        verdict.goes_on() if watched.goes_on else "",
        verdict.ended_late(watched.folder.stop_by()) if watched.stopped_late else "",
        "" if whole else verdict.deleted(),
    )


def _left(watched: Watched, halt: Halt | None) -> tuple[Leftover, ...]:
    """Return what the tool left running, what of that was ended too."""
    if halt is None and watched.order.plan.end_left:
        watched.end_left()
    there = watched.left() if halt is None else halt.survivors
    return tuple(dict.fromkeys((*watched.ended_left, *there)))


def _outcome(watched: Watched, code: int | None, refused: Sequence[str]) -> Outcome:
    """Return how a tool that ended by itself is seen."""
    if code is None:
        return Outcome(State.LOST, verdict.UNKNOWN)
    if refused:
        return Outcome(State.REFUSED, verdict.refused())
    tail = _tail(watched.folder.err_path)
    breach = watched.confinement.told(code, tail.decode("utf-8", "replace"))
    said = b"" if code == 0 and _only_asked(watched) else tail
    return outcome_of(watched.order.plan, code, said, breach)


def _only_asked(watched: Watched) -> bool:
    """Say whether all that a tool wrote to standard error were questions, which got answers."""
    asked, (_, size) = watched.asking.only_asked, watched.folder.sizes()
    if not asked or size - asked > verdict.TAIL:
        return False
    return not _tail(watched.folder.err_path, size - asked).strip() if size > asked else True


def _refused(watched: Watched, code: int, ended: datetime) -> tuple[str, ...]:
    """Return with which sentences the tool's parser sent the answers back, () where it did not."""
    folder, order = watched.folder, watched.order
    told = said_of(order.plan, code)
    if told is not None and told.well:
        return ()
    if (ended - watched.keep.started).total_seconds() > AT_ONCE or max(folder.sizes()) > MOST:
        return ()
    if made_since(folder.files, order.given):
        return ()
    out, err = (
        _tail(path, MOST).decode("utf-8", "replace") for path in (folder.out_path, folder.err_path)
    )
    said = usage_errors(code, err, out, order.plan.argv)
    return tuple(without_secrets(each, order.plan.secrets) for each in said)


def _tail(path: Path, most: int = verdict.TAIL) -> bytes:
    try:
        with path.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - most))
            return log.read()
    except OSError:  # the tool laid hands on it
        return b""
