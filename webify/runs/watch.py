"""From the start of a tool to its end.json."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from webify.faces.usage_error import MOST, usage_errors
from webify.faces.values import without_secrets
from webify.model.run import State
from webify.runs import verdict
from webify.runs.asking import Asking
from webify.runs.birth import birth
from webify.runs.borrowing import Borrowed
from webify.runs.breach import Breach
from webify.runs.confinement import Confinement, confined
from webify.runs.ending import GRACE, end_tree
from webify.runs.folder import End, Process, RunFolder, made_since, write_json
from webify.runs.follower import Follower
from webify.runs.lookout import Lookout
from webify.runs.masking import Secrets
from webify.runs.order import Order
from webify.runs.outcome import Outcome, outcome_of, over, said_of
from webify.runs.pumps import AGAIN, Budget, Disk, Pump, Timeline
from webify.runs.starting import cannot_start
from webify.runs.tool import Tool, start

LOOK = 0.05  # seconds between two looks whether it shall stop; who asks also wakes us (POSIX)
LOOK_LATER, YOUNG = 0.1, 10.0  # the same, once a run is this many seconds old
SILENCE = 0.5  # seconds that pipes held open by others may be silent after the tool's end
PATIENCE = 3.0  # seconds for which they may go on talking
AT_ONCE = 10.0  # seconds within which a parser sends answers back, if it does
READ_ON = 60.0  # seconds that the readers have after the tool's end
READ_ON_STOPPED = 5.0  # the same, when somebody stopped the run
GIVE_UP = 30.0  # seconds after which an end that cannot be written is left to the engine
ROOM = 16_384  # bytes kept free on disk for end.json


@dataclass(frozen=True)
class Logs:
    """Where a tool's output goes, opened before the tool begins.

    secrets   what is hidden in it; a password that is typed as an answer is added
    """

    disk: Disk
    budget: Budget
    pumps: tuple[Pump, Pump]
    secrets: Secrets


@dataclass
class Watched:
    """A tool that runs, and all that carries its output."""

    order: Order
    folder: RunFolder
    logs: Logs
    tool: Tool | Borrowed
    started: datetime
    follower: Follower
    asking: Asking
    confinement: Confinement
    exited: threading.Event = field(default_factory=threading.Event)
    wake: queue.SimpleQueue[None] = field(default_factory=queue.SimpleQueue)
    began: float = field(default_factory=time.monotonic)

    @property
    def overdue(self) -> bool:
        """Say whether its time is over; what it waited for people does not count."""
        seconds = self.order.plan.seconds
        return bool(seconds) and time.monotonic() - self.began - self.asking.waited > seconds


@dataclass(frozen=True)
class Halt:
    """Why a tool was ended from outside."""

    outcome: Outcome
    survivors: tuple[str, ...]


def supervise(order: Order, folder: RunFolder) -> bool:
    """Run a tool to its end; return False where another supervisor has the run."""
    if not _claim(folder):
        return False
    started = datetime.now(UTC)
    confinement = confined(order.id, order.plan.allowance)
    try:
        tool = start(order, confinement.enter)
    except (OSError, ValueError) as error:
        confinement.close()
        why = cannot_start(error, order.plan.argv, order.plan.cwd)
        _finish(folder, _failed(started, why, "start"))
        return True
    confinement.began(tool.pid)
    try:
        logs = _open_logs(order, folder)
    except OSError as error:
        end_tree((tool.pid,), order.id, grace=0.0)
        tool.wait()
        confinement.close()
        _finish(folder, _failed(started, verdict.no_start(error)))
        return True
    watched = _watch(order, folder, logs, tool, started, confinement)
    halt = _attend(watched)
    watched.asking.close()
    ended = datetime.now(UTC)
    _drain(watched, halt)
    _read_on(watched, halt)
    end = _end(watched, halt, ended)
    confinement.close()
    _finish(folder, end)
    return True


def _claim(folder: RunFolder) -> bool:
    """Take the run, and some room on the disk for its end."""
    try:
        fd = os.open(folder.claim_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    with contextlib.suppress(OSError):
        os.write(fd, bytes(ROOM))
    os.close(fd)
    if folder.end_path.exists():
        folder.claim_path.unlink()
        return False
    return True


def _open_logs(order: Order, folder: RunFolder) -> Logs:
    most = order.plan.allowance.output_bytes or order.run_bytes
    disk, budget = Disk(folder.full_path), Budget(most)
    timeline, secrets = Timeline(folder.timeline_path), Secrets(order.plan.secrets)
    out = Pump("out", folder.out_path, disk, budget, timeline, secrets)
    err = Pump("err", folder.err_path, disk, budget, timeline, secrets)
    return Logs(disk, budget, (out, err), secrets)


def _failed(started: datetime, reason: str, cause: str = "") -> End:
    now = datetime.now(UTC)
    return End(State.FAILED, started=started, ended=now, reason=reason, cause=cause)


def _watch(
    order: Order,
    folder: RunFolder,
    logs: Logs,
    tool: Tool | Borrowed,
    started: datetime,
    confinement: Confinement,
) -> Watched:
    for pump, pipe in zip(logs.pumps, (tool.out, tool.err), strict=True):
        pump.carry(pipe)
    watched = Watched(
        order,
        folder,
        logs,
        tool,
        started,
        Follower(folder, logs.pumps[0], order.plan.output, order.plan.adapter, order.plan.columns),
        Asking(
            folder,
            logs.pumps,
            logs.secrets,
            tool.stdin,
            (tool.pid, os.getpid()),
            order.plan.patience,
        ),
        confinement,
    )
    threading.Thread(target=_wait_for_exit, args=(watched,), name="exit", daemon=True).start()
    _note_process(watched)
    watched.follower.start()
    Lookout(folder, order.given, watched.exited).start()
    return watched


def _note_process(watched: Watched) -> None:
    me, tool = os.getpid(), watched.tool.pid
    process = Process(me, birth(me), tool, birth(tool), watched.started)
    with contextlib.suppress(OSError):
        write_json(watched.folder.process_path, process)


def _wait_for_exit(watched: Watched) -> None:
    """Wait for the tool, and bury orphans of it that became ours, before and after (Linux)."""
    if sys.platform == "linux" and not isinstance(watched.tool, Borrowed):
        while found := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT):
            if found.si_pid == watched.tool.pid:
                break
            os.waitpid(found.si_pid, 0)
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
    while True:
        age = time.monotonic() - watched.began
        with contextlib.suppress(queue.Empty):
            watched.wake.get(timeout=LOOK if age < YOUNG else LOOK_LATER)
        if watched.exited.is_set():
            return None
        if watched.folder.stop_path.exists():
            reason = verdict.stopped(watched.folder.stop_by())
            return _halt(watched, Outcome(State.STOPPED, reason))
        if watched.overdue:
            reason = verdict.timed_out(watched.order.plan.seconds)
            return _halt(watched, Outcome(State.TIMED_OUT, reason, "time"))
        watched.asking.look()
        if watched.asking.unanswered:
            reason = verdict.unanswered(watched.order.plan.patience)
            return _halt(watched, Outcome(State.TIMED_OUT, reason, "question"))
        breach = watched.confinement.over((watched.tool.pid, os.getpid()))
        if breach is not None:
            outcome = over(breach, watched.order.plan)
            return _halt(watched, outcome, grace=GRACE if breach is Breach.CPU else 0)


def _await_nudges(watched: Watched) -> None:
    """Let a signal wake this thread; a queue is the one thing that a handler may fill."""
    if sys.platform != "win32":
        with contextlib.suppress(ValueError):  # not in the first thread of a process
            signal.signal(signal.SIGURG, lambda *_: watched.wake.put(None))


def _halt(watched: Watched, outcome: Outcome, grace: float = GRACE) -> Halt:
    roots, kill = (watched.tool.pid, os.getpid()), watched.confinement.kill
    survivors = end_tree(roots, watched.order.id, grace=grace, kill=kill)
    watched.logs.disk.leave.set()
    return Halt(outcome, survivors)


def _drain(watched: Watched, halt: Halt | None) -> None:
    """Take what is still in the pipes; processes that outlive the tool may hold them open."""
    limit = time.monotonic() + PATIENCE
    for pump in watched.logs.pumps:
        while not pump.done.wait(LOOK / 2):
            now = time.monotonic()
            if watched.logs.disk.full and halt is None:
                limit = now + PATIENCE
                if watched.folder.stop_path.exists() or watched.overdue:
                    watched.logs.disk.leave.set()
            elif now > limit or now - max(pump.heard, limit - PATIENCE) > SILENCE:
                pump.closed = True
                pump.finish()
                break


def _read_on(watched: Watched, halt: Halt | None) -> None:
    """Let the readers see the rest; a stop that comes now ends the reading only."""
    if halt is not None and halt.outcome.state is State.STOPPED:
        watched.follower.finish(READ_ON_STOPPED, lambda: False)
    else:
        watched.follower.finish(READ_ON, watched.folder.stop_path.exists)


def _end(watched: Watched, halt: Halt | None, ended: datetime) -> End:
    code = watched.tool.code
    refused = () if halt else _refused(watched, code or 0, ended)
    outcome = halt.outcome if halt else _outcome(watched, code or 0, refused)
    state = outcome.state
    dropped, lost = watched.logs.budget.dropped, watched.logs.disk.lost
    whole = watched.folder.out_path.exists()
    notes = (
        verdict.cut(watched.logs.budget.kept) if dropped else "",
        verdict.disk_full(lost) if lost else "",
        "" if whole else verdict.deleted(),
    )
    if any(notes) and state is State.SUCCEEDED:
        state = State.WARNED
    made = made_since(watched.folder.files, watched.order.given)
    out, err = watched.folder.sizes()
    return End(
        state,
        exit_code=code if code is not None and code >= 0 else None,
        signal=-code if code is not None and code < 0 else None,
        started=watched.started,
        ended=ended,
        reason=without_secrets(verdict.joined(outcome.reason, *notes), watched.order.plan.secrets),
        cause=outcome.cause,
        changed=outcome.changed,
        rows=watched.follower.rows,
        survivors=halt.survivors if halt else (),
        out_bytes=out,
        err_bytes=err,
        dropped=dropped + lost,
        fault=watched.follower.fault if whole else "",
        files=tuple(file.name for file in made),
        file_sizes=tuple(file.size for file in made),
        refused=refused,
        asked=watched.asking.unanswered,
    )


def _outcome(watched: Watched, code: int, refused: Sequence[str]) -> Outcome:
    """Return how a tool that ended by itself is seen."""
    if refused:
        return Outcome(State.REFUSED, verdict.refused())
    tail = _tail(watched.folder.err_path)
    breach = watched.confinement.told(code, tail.decode("utf-8", "replace"))
    return outcome_of(watched.order.plan, code, tail, breach)


def _refused(watched: Watched, code: int, ended: datetime) -> tuple[str, ...]:
    """Return with which sentences the tool's parser sent the answers back, () where it did not."""
    folder, order = watched.folder, watched.order
    told = said_of(order.plan, code)
    if told is not None and told.well:
        return ()
    if (ended - watched.started).total_seconds() > AT_ONCE or max(folder.sizes()) > MOST:
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


def _finish(folder: RunFolder, end: End) -> None:
    """Write end.json, in the room that was kept for it; try again while there is none.

    The folder may have been deleted, and is made anew.  What hinders for other reasons than a
    full disk is not waited for without end: the engine then says that the run is lost.
    """
    limit = time.monotonic() + GIVE_UP
    while not _written(folder, end, limit):
        time.sleep(AGAIN)


def _written(folder: RunFolder, end: End, limit: float) -> bool:
    """Write end.json; False where it is to be tried again."""
    try:
        folder.make()
        folder.full_path.unlink(missing_ok=True)
        write_json(folder.end_path, end, folder.claim_path)
    except OSError as error:
        if verdict.no_room(error) or time.monotonic() <= limit:
            return False
        folder.claim_path.unlink(missing_ok=True)
    return True
