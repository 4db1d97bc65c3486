"""The end of a run from outside: asked for, or because its time is over."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, until
from webify.model.run import Run, State
from webify.runs.tree import seen

STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) < 4:
    subprocess.Popen([sys.executable, *sys.argv[:1], *sys.argv[1:], 'x'])
os.write(1, b'%d\\n' % os.getpid())  # as one piece
time.sleep(60)
"""

HIDDEN = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execve('/bin/sh', ['sh', '-c', 'echo $$; exec sleep 60'], {})
    os._exit(0)
os.wait()
os.write(1, b'%d\\n' % os.getpid())  # as one piece
time.sleep(60)
"""


def numbers(bench: Bench, run: Run, count: int) -> list[int]:
    path = bench.folder(run).out_path
    until(lambda: path.exists() and path.read_bytes().count(b"\n") >= count)
    return [int(word) for word in path.read_bytes().split()]


@pytest.mark.clock
def test_stopped_tool_ends_politely(bench: Bench) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('tidied'), sys.exit(3)))\n"
        "print('ready')\ntime.sleep(60)"
    )
    run = bench.python(code)
    until(lambda: bench.folder(run).sizes()[0])
    began = time.monotonic()
    bench.engine.stop(run.id, by="Anna")
    done = bench.done(run)
    assert time.monotonic() - began < 4
    assert done.out.split() == [b"ready", b"tidied"]
    assert (done.run.state, done.run.reason) == (State.STOPPED, "Stopped by Anna")
    assert done.run.exit_code == 3


@pytest.mark.clock
def test_stop_ends_grandchildren_that_do_not_listen(bench: Bench, tmp_path: Path) -> None:
    tool = tmp_path / "stubborn.py"
    tool.write_text(STUBBORN, encoding="utf-8")
    run = bench.start([sys.executable, str(tool)])
    family = numbers(bench, run, 4)
    began = time.monotonic()
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert 4.5 < time.monotonic() - began < 15
    until(lambda: not any(psutil.pid_exists(pid) for pid in family))
    assert (done.run.state, done.end.survivors, done.end.signal) == (State.STOPPED, (), 9)


def test_stop_ends_daemons_that_left_session_and_environment(bench: Bench) -> None:
    run = bench.python(HIDDEN)
    family = numbers(bench, run, 2)
    bench.engine.stop(run.id)
    assert bench.done(run).run.state is State.STOPPED
    until(lambda: not any(psutil.pid_exists(pid) for pid in family))


def test_stop_reaches_only_its_own_run(bench: Bench) -> None:
    first, second = (bench.python("import time; print('on'); time.sleep(60)") for _ in "ab")
    until(lambda: bench.folder(second).sizes()[0])
    bench.engine.stop(first.id)
    bench.done(first)
    assert bench.engine.wait(second.id, 0.2).state is State.RUNNING
    bench.engine.stop(second.id)
    bench.done(second)


def test_stop_of_an_ended_run_changes_nothing(bench: Bench) -> None:
    done = bench.done(bench.python(""))
    assert bench.engine.stop(done.run.id) == done.run
    assert not done.folder.stop_path.exists()


@pytest.mark.clock
def test_time_limit_ends_the_run(bench: Bench) -> None:
    done = bench.done(bench.python("import time; print('on'); time.sleep(60)", seconds=1.0))
    assert (done.run.state, done.run.reason) == (
        State.TIMED_OUT,
        "Stopped after 1 second, the limit for this tool",
    )
    assert done.out.strip() == b"on"


def test_tool_that_prints_without_end_can_be_stopped(bench: Bench) -> None:
    run = bench.python("while True: print('y' * 50_000)")
    until(lambda: bench.folder(run).sizes()[0] > 1_000_000)
    bench.engine.stop(run.id)
    assert bench.done(run).run.state is State.STOPPED


def test_a_tool_that_has_ended_is_not_stopped_any_more(bench: Bench, tmp_path: Path) -> None:
    end = tmp_path / "end"
    code = "import pathlib, sys\nwhile not pathlib.Path(sys.argv[1]).exists(): pass"
    run = bench.python(code, str(end))
    process = bench.process(run)
    os.kill(process.pid, signal.SIGSTOP)  # it hears of the end and of the stop at once
    end.touch()
    until(lambda: seen(process.tool_pid) is None)
    bench.engine.stop(run.id)
    os.kill(process.pid, signal.SIGCONT)
    done = bench.done(run)
    assert (done.run.state, done.run.exit_code) == (State.SUCCEEDED, 0)
