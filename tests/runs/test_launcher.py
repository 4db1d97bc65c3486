"""Supervisors that take one order each, as where a process cannot fork."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, until
from webify.model.run import State
from webify.runs.launcher import Launcher


def one_each(bench: Bench) -> Bench:
    """Let each supervisor take one order."""
    bench.engine._launcher.close()
    notes = bench.settings.data / "runs" / "supervisor.log"
    bench.engine._launcher = Launcher(notes, bench.engine._hear, one_each=True)
    return bench


@pytest.fixture
def single(tmp_path: Path) -> Iterator[Bench]:
    bench = one_each(Bench(tmp_path))
    yield bench
    bench.close()


def test_each_run_has_a_supervisor_of_its_own(single: Bench) -> None:
    runs = [single.start([sys.executable, "-c", f"print({n})"]) for n in range(4)]
    for number, run in enumerate(runs):
        assert single.done(run).out.split() == [b"%d" % number]
    supervisors = {process.pid for run in runs if (process := single.folder(run).process())}
    assert len(supervisors) == 4


def test_stop_ends_the_family_and_the_next_run_starts(single: Bench) -> None:
    code = "import os, subprocess, time\nsubprocess.Popen(['sleep', '60'])\nprint('on', flush=True)"
    run = single.python(code + "\ntime.sleep(60)")
    until(lambda: single.folder(run).sizes()[0])
    process = single.process(run)
    family = psutil.Process(process.tool_pid).children()
    single.engine.stop(run.id)
    assert single.done(run).run.state is State.STOPPED
    until(lambda: not any(member.is_running() for member in family))
    assert single.done(single.python("print(1)")).run.state is State.SUCCEEDED


def test_supervisor_that_cannot_start_fails_the_run_in_words(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webify.runs.launcher.BOOT", "raise SystemExit('broken on purpose')")
    waiting = bench.engine._launcher._waiting
    waiting.kill()
    waiting.wait()
    done = bench.done(bench.start(["/bin/echo"]))
    assert done.run.state is State.FAILED
    assert done.run.reason.startswith("The run could not start: why stands at the end of ")
    notes = bench.settings.data / "runs" / "supervisor.log"
    assert "broken on purpose" in notes.read_text(encoding="utf-8")


def ready_one(bench: Bench) -> psutil.Process:
    """Return the supervisor that was forked before its order."""
    launcher = psutil.Process(bench.engine._launcher._waiting.pid)
    until(launcher.children)
    return launcher.children()[0]


def test_launcher_has_one_thread_and_a_session_of_its_own(bench: Bench) -> None:
    ready_one(bench)
    launcher = psutil.Process(bench.engine._launcher._waiting.pid)
    assert launcher.num_threads() == 1
    assert os.getsid(launcher.pid) == launcher.pid


def test_supervisor_that_died_while_it_waited_costs_no_run(bench: Bench) -> None:
    ready_one(bench).kill()
    assert bench.done(bench.python("print(1)")).run.state is State.SUCCEEDED


def test_many_orders_at_once_are_all_carried_out(bench: Bench) -> None:
    runs = [bench.start(["/bin/echo", str(number)]) for number in range(20)]
    assert [bench.done(run).out for run in runs] == [b"%d\n" % number for number in range(20)]


def test_launcher_that_is_killed_leaves_no_process_and_loses_no_order(bench: Bench) -> None:
    ready = ready_one(bench)
    bench.engine._launcher._waiting.kill()
    assert bench.done(bench.python("print(1)")).run.state is State.SUCCEEDED
    until(lambda: not ready.is_running() or ready.status() == psutil.STATUS_ZOMBIE)
