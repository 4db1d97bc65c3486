"""A run goes on when its supervisor is killed: no word and no exit code is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial

import psutil
import pytest

from tests.runs.bench import Bench, until
from webify.model.run import Run, State
from webify.runs.folder import Process
from webify.runs.keep import Keep

if sys.platform == "linux":
    from webify.runs.keeper import keep_alive

UNTIL_GO = "while not os.path.exists('go'): time.sleep(0.01)"
TOOL = f"""
import os, sys, time
for line in range(300):
    print(line, 'x' * 200)
    print('e', line, file=sys.stderr)
    time.sleep(0.005)
    if line == 250 and sys.argv[2:]:
        {UNTIL_GO}
sys.exit(int(sys.argv[1]))
"""
OUT = [f"{line} {'x' * 200}" for line in range(300)]
TABLE = """
import time
head = ['name,size,place']  # with the first rows: a stop behind it would make it text
for line in range(200):
    head.append(f'n{line},{line},here')
    if line > 9:
        print(*head, sep='\\n', flush=True)
        head.clear()
    time.sleep(0.005)
"""


def supervisor(bench: Bench, run: Run, before: int = 0) -> Process:
    """Return the processes over a run, once its supervisor is another than before."""
    folder = bench.folder(run)
    until(lambda: (process := folder.process()) and process.pid != before)
    process = folder.process()
    assert process
    return process


def kill(bench: Bench, run: Run, before: int = 0) -> int:
    pid = supervisor(bench, run, before).pid
    os.kill(pid, signal.SIGKILL)
    return pid


@pytest.mark.parametrize(("kills", "code"), [(1, 0), (1, 77), (5, 3)])
def test_killed_supervisors_lose_no_line_and_no_exit_code(
    bench: Bench, kills: int, code: int
) -> None:
    run, killed = bench.python(TOOL, str(code), "waits"), 0
    until(lambda: bench.folder(run).sizes()[0])
    for _ in range(kills):
        killed = kill(bench, run, killed)
    (bench.folder(run).files / "go").touch()
    done = bench.done(run)
    assert done.out.decode().splitlines() == OUT
    assert done.err.decode().splitlines() == [f"e {line}" for line in range(300)]
    assert done.run.exit_code == code
    chunks = [line.split() for line in done.folder.timeline_path.read_text().splitlines()]
    assert [int(chunk[0]) for chunk in chunks] == sorted(int(chunk[0]) for chunk in chunks)


def test_killed_supervisor_leaves_tables_whole(bench: Bench) -> None:
    run = bench.python(TABLE)
    until(bench.folder(run).blocks_path.exists)
    kill(bench, run)
    done = bench.done(run)
    assert (done.run.state, done.run.rows, len(done.folder.blocks())) == (State.SUCCEEDED, 200, 1)


def test_end_by_a_signal_is_known_though_the_supervisor_was_killed(bench: Bench) -> None:
    run = bench.python(f"import os, time\n{UNTIL_GO}\nos.kill(os.getpid(), 15)")
    kill(bench, run)
    (bench.folder(run).files / "go").touch()
    done = bench.done(run)
    assert (done.run.state, done.end.signal) == (State.FAILED, 15)


def test_exit_code_is_known_when_the_supervisor_dies_after_its_tool(bench: Bench) -> None:
    run = bench.python("import sys\nfor n in range(30): sys.stdout.write('a,b,c\\n' * 200_000)")
    process = supervisor(bench, run)
    until(lambda: not psutil.pid_exists(process.tool_pid))
    kill(bench, run)
    supervisor(bench, run, process.pid)
    bench.engine.stop(run.id)  # the reading only
    done = bench.done(run)
    assert (done.run.state, done.run.exit_code) == (State.SUCCEEDED, 0)
    assert done.end.out_bytes == 30 * 1_200_000


def test_run_can_be_stopped_after_its_supervisor_was_killed(bench: Bench) -> None:
    run = bench.python("import subprocess; subprocess.run(['sleep', '600'])")
    process = supervisor(bench, run)
    until(lambda: psutil.Process(process.tool_pid).children())
    family = psutil.Process(process.tool_pid).children()
    kill(bench, run)
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert (done.run.state, done.end.survivors) == (State.STOPPED, ())
    until(lambda: not any(member.is_running() for member in family))
    until(lambda: not psutil.pid_exists(process.keeper))


@pytest.mark.clock
def test_time_limit_counts_from_the_start_of_the_tool(bench: Bench) -> None:
    run = bench.python("import time; time.sleep(600)", seconds=2)
    kill(bench, run)
    done = bench.done(run)
    assert done.run.state is State.TIMED_OUT
    assert done.run.seconds
    assert done.run.seconds < 6


def test_killed_keeper_changes_nothing(bench: Bench) -> None:
    run = bench.python(TOOL, "5")
    os.kill(supervisor(bench, run).keeper, signal.SIGKILL)
    done = bench.done(run)
    assert (done.out.decode().splitlines(), done.run.exit_code) == (OUT, 5)


def test_limit_of_the_output_holds_over_two_supervisors(tmp_path) -> None:
    bench = Bench(tmp_path, run_bytes=30_000)
    run = bench.python(TOOL, "0")
    until(lambda: bench.folder(run).sizes()[0])
    kill(bench, run)
    done = bench.done(run)
    bench.close()
    printed = len("\n".join([*OUT, ""])) + sum(len(f"e {line}\n") for line in range(300))
    assert done.end.out_bytes + done.end.err_bytes == 30_000
    assert done.end.dropped == printed - 30_000


def started_and_killed(keep: Keep, code: int) -> None:
    """Be a supervisor: start a tool and die before it is noted; the next one goes on."""
    if keep.deaths == 0:
        subprocess.Popen(["/bin/sh", "-c", f"exit {code}"])
        os.kill(os.getpid(), signal.SIGKILL)
    until(lambda: keep.code is not None)
    os._exit(0)


def test_tool_that_its_supervisor_did_not_live_to_note_is_known_to_the_next() -> None:
    keep = Keep()
    keeper = os.fork()
    if keeper == 0:
        try:
            keep_alive(keep, partial(started_and_killed, keep, 7))
        finally:
            os._exit(0)
    os.waitpid(keeper, 0)
    keep.close()
    assert (keep.deaths, keep.code) == (1, 7)
    assert keep.tool
