"""Stopping what does not want to end, and how soon all of it is gone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, until
from tests.runs.test_stop import numbers
from webify.model.run import State
from webify.runs import ending
from webify.runs.birth import birth, nudge
from webify.runs.ending import end_tree

HALTED = """
import os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: (print('tidied'), sys.exit(0)))
print('ready')
os.kill(os.getpid(), signal.SIGSTOP)
import time; time.sleep(60)
"""
LAST_WORDS = """
import signal, sys, time
def end(*_):
    sys.stdout.write('last word\\n' * 100_000)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('ready')
time.sleep(60)
"""
HEIRS = """
import os, signal, subprocess, sys, time
def end(*_):
    child = subprocess.Popen(['sleep', '60'], start_new_session=True, env={})
    print(child.pid)
    os._exit(0)
signal.signal(signal.SIGTERM, end)
print(os.getpid())
time.sleep(60)
"""
HOPPERS = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
began = time.monotonic()
for _ in range(8):
    if os.fork() == 0:
        while time.monotonic() < began + 60:  # each lives for a moment, and leaves another one
            os.setsid()
            if os.fork():
                os._exit(0)
            time.sleep(0.002)
        os._exit(0)  # so that no storm outlives a test that failed
os.write(1, b'%d\\n' % os.getpid())
time.sleep(60)
"""
OBEDIENT = """
import os, sys, subprocess, time
children = [subprocess.Popen(['sleep', '60'], start_new_session=n > 1) for n in range(4)]
os.write(1, b'%d\\n' % os.getpid() + b''.join(b'%d\\n' % child.pid for child in children))
time.sleep(60)
"""


def of_run(run_id: str) -> list[int]:
    """Return the processes that carry the mark of a run, by another way than the one tested."""
    mark = f"WEBIFY_RUN={run_id}".encode()
    found = []
    for each in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in each.read_bytes():
                found.append(int(each.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.clock
def test_tool_that_was_halted_hears_that_it_shall_end(bench: Bench) -> None:
    run = bench.python(HALTED)
    until(lambda: bench.folder(run).sizes()[0])
    began = time.monotonic()
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert done.out.split() == [b"ready", b"tidied"]
    assert time.monotonic() - began < 4
    assert (done.run.state, done.run.exit_code) == (State.STOPPED, 0)


def test_what_a_tool_prints_after_it_was_stopped_is_kept(bench: Bench) -> None:
    run = bench.python(LAST_WORDS)
    until(lambda: bench.folder(run).sizes()[0])
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert done.run.state is State.STOPPED
    assert done.out.count(b"last word\n") == 100_000


def test_what_is_started_while_a_tool_ends_is_ended_too(bench: Bench) -> None:
    run = bench.python(HEIRS)
    numbers(bench, run, 1)
    bench.engine.stop(run.id)
    done = bench.done(run)
    _tool, heir = (int(word) for word in done.out.split())
    assert not psutil.pid_exists(heir)
    assert done.end.survivors == ()


@pytest.mark.clock
def test_processes_that_hop_from_one_to_the_next_are_caught(bench: Bench) -> None:
    run = bench.python(HOPPERS)
    numbers(bench, run, 1)
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert (done.run.state, done.end.survivors) == (State.STOPPED, ())
    assert of_run(run.id) == []


@pytest.mark.clock
def test_whole_tree_of_a_tool_that_obeys_is_gone_within_300_ms(bench: Bench) -> None:
    took = []
    for _ in range(5):
        run = bench.python(OBEDIENT)
        family = numbers(bench, run, 5)
        began = time.monotonic()
        bench.engine.stop(run.id)
        until(lambda family=family: not any(psutil.pid_exists(pid) for pid in family))
        took.append(time.monotonic() - began)
        bench.done(run)
    assert statistics.median(took) < 0.3, took


@pytest.mark.clock
def test_whole_tree_of_a_tool_that_does_not_obey_is_gone_within_6_s(bench: Bench) -> None:
    code = OBEDIENT.replace("import os", "import signal, os").replace(
        "children =", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nchildren ="
    )
    run = bench.python(code)
    family = numbers(bench, run, 5)
    began = time.monotonic()
    bench.engine.stop(run.id)
    until(lambda: not any(psutil.pid_exists(pid) for pid in family))
    assert time.monotonic() - began < 6
    assert bench.done(run).end.signal == 9


@pytest.mark.clock
def test_process_that_nobody_here_may_end_is_told_and_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(pid: int, _number: int) -> None:
        raise PermissionError(pid)

    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = time.monotonic()
    with monkeypatch.context() as patch:
        patch.setattr(ending.os, "kill", refuse)  # as for one that runs under sudo
        patch.setattr(ending.os, "killpg", refuse)
        (told,) = end_tree((child.pid,), "no such run")
    assert time.monotonic() - began < 4
    assert str(told) == f"{psutil.Process(child.pid).name()} ({child.pid}, it belongs to {user()})"
    child.kill()
    child.communicate()


def user() -> str:
    return psutil.Process(os.getpid()).username()


def test_nudge_does_nothing_to_a_process_that_awaits_none() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        nudge(child.pid, birth(child.pid))
        out, _ = child.communicate(b"still here")
    assert (out, child.returncode) == (b"still here", 0)
