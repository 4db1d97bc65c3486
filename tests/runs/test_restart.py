"""Runs go on without the server, and the next server takes them up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, Done, older, until
from webify.model.run import Run, State
from webify.runs.order import Plan

TOOL = """
import os, sys, time
number = int(sys.argv[1])
for line in range(200):
    print(number, line, 'x' * 100, flush=True)
    time.sleep(0.01)
while not os.path.exists('GO'):
    time.sleep(0.01)
sys.exit(number % 3)
"""

SERVER = """
import sys
from pathlib import Path
from tests.runs.bench import Bench
bench = Bench(Path(sys.argv[1]))
bench.engine.line.starts = 20
for number in range(20):
    print(bench.python(sys.argv[2], str(number)).id, flush=True)
sys.stdin.read()
"""


def killed_server(folder: Path, tool: str) -> list[str]:
    """Start 20 runs in a server of its own and kill it while they go on; return their ids."""
    root = str(Path(__file__).parents[2])
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder), tool],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert server.stdin
    assert server.stdout
    ids = [server.stdout.readline().decode().strip() for _ in range(20)]
    logs = folder / "data" / "runs"
    until(lambda: len(list(logs.rglob("process.json"))) == 20)
    server.kill()
    server.communicate()
    return ids


def test_killed_server_loses_none_of_20_runs(tmp_path: Path) -> None:
    go = tmp_path / "go"
    ids = killed_server(tmp_path, TOOL.replace("GO", str(go)))
    bench = Bench(tmp_path)
    assert len(bench.store.unfinished()) == 20
    bench.engine.reattach()
    go.touch()
    for number, run_id in enumerate(ids):
        done = bench.done(bench.store.run(run_id), 60)
        lines = [f"{number} {line} {'x' * 100}" for line in range(200)]
        assert done.out.decode().splitlines() == lines
        assert done.run.exit_code == number % 3
    bench.close()


def test_runs_that_ended_while_there_was_no_server_are_found(tmp_path: Path) -> None:
    ids = killed_server(tmp_path, "print('short')")
    until(lambda: len(list(tmp_path.rglob("end.json"))) == 20)
    bench = Bench(tmp_path)
    bench.engine.reattach()
    assert {bench.store.run(run_id).state for run_id in ids} == {State.SUCCEEDED}
    bench.close()


def test_run_of_an_earlier_server_can_be_stopped(tmp_path: Path) -> None:
    first = Bench(tmp_path)
    run = first.python("import time; print('on'); time.sleep(60)")
    until(lambda: first.folder(run).sizes()[0])
    first.close()
    second = Bench(tmp_path)
    second.engine.reattach()
    second.engine.stop(run.id)
    assert second.done(run).run.state is State.STOPPED
    second.close()


def lost(bench: Bench, run: Run) -> Done:
    until(lambda: bench.folder(run).process_path.exists())
    process = bench.process(run)
    for pid in (process.keeper, process.pid):
        os.kill(pid, signal.SIGKILL)
    return bench.done(run)


def test_run_whose_keeper_and_supervisor_were_killed_is_lost_and_its_tool_ended(
    bench: Bench,
) -> None:
    run = bench.python("import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    until(lambda: bench.folder(run).sizes()[0])
    done = lost(bench, run)
    assert done.run.state is State.LOST
    assert done.run.reason == "Interrupted: the process that watched over it was ended"
    assert done.run.ended
    until(lambda: not psutil.pid_exists(int(done.out)))


def test_run_lost_while_there_was_no_server_is_said_at_once(tmp_path: Path) -> None:
    first = Bench(tmp_path)
    run = first.python("import time; time.sleep(60)")
    until(first.folder(run).process_path.exists)
    process = first.process(run)
    first.close()
    for pid in (process.keeper, process.pid):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not psutil.pid_exists(process.pid))
    second = Bench(tmp_path)
    second.engine.reattach()
    assert second.store.run(run.id).state is State.LOST
    second.close()


def test_number_of_a_later_process_does_not_pass_for_the_supervisor(bench: Bench) -> None:
    run = bench.add()
    other = os.getpid()  # alive, but born at another time
    folder = bench.folder(run)
    folder.process_path.write_text(
        f'{{"pid": {other}, "birth": "1@x", "tool_pid": {other}, "tool_birth": "1@x",'
        ' "started": "2026-11-22T10:00:00+00:00"}',
        encoding="utf-8",
    )
    bench.engine.reattach()
    assert bench.store.run(run.id).state is State.LOST
    assert bench.store.run(run.id).reason == "Interrupted: the computer restarted"


def test_run_that_was_kept_and_never_started_is_lost_after_a_while(bench: Bench) -> None:
    fresh, old = bench.add(), bench.add()
    bench.store.change(old.id, created=older(old, 60).created)
    bench.engine.reattach()
    assert bench.store.run(old.id).state is State.LOST
    assert not bench.store.run(fresh.id).state.ended


@pytest.mark.parametrize("written", ["", "{", "[]", '{"state": "dancing"}', '{"later": 1}'])
def test_run_whose_end_cannot_be_read_is_lost(bench: Bench, written: str) -> None:
    run = bench.add()
    bench.folder(run).end_path.write_text(written, encoding="utf-8")
    bench.engine.reattach()
    assert bench.store.run(run.id).state is State.LOST
    assert bench.store.run(run.id).reason.endswith("cannot be read")


@pytest.mark.parametrize("written", ["", "{", "[]", '{"later": 1}'])
def test_run_whose_process_cannot_be_read_is_lost(bench: Bench, written: str) -> None:
    run = bench.add()
    bench.store.change(run.id, created=older(run, 60).created)
    bench.folder(run).process_path.write_text(written, encoding="utf-8")
    bench.engine.reattach()
    assert bench.store.run(run.id).state is State.LOST


def test_runs_of_another_server_are_followed_once_that_has_gone(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for run_id in killed_server(tmp_path, "import time; time.sleep(0.5)"):
        assert bench.done(bench.store.run(run_id)).run.state is State.SUCCEEDED
    bench.close()


def test_runs_of_another_server_end_in_the_history_though_nobody_looks(tmp_path: Path) -> None:
    bench = Bench(tmp_path, others=0.05)
    ids = killed_server(tmp_path, "import time; time.sleep(0.5)")
    until(lambda: all(bench.store.run(run_id).state is State.SUCCEEDED for run_id in ids))
    bench.close()


def test_order_given_twice_leaves_the_run_to_the_first_supervisor(bench: Bench) -> None:
    run = bench.python("import time; print('on', flush=True); time.sleep(3); print('off')")
    until(lambda: bench.folder(run).sizes()[0])
    active = bench.engine._unfinished.of(run.id)
    assert active is not None
    bench.engine._launcher.start(
        bench.engine._order(active, Plan((sys.executable, "-c", "print('twice')")))
    )
    until(lambda: run.id not in bench.engine._launcher._open)
    done = bench.done(run)
    assert done.run.state is State.SUCCEEDED
    assert done.out.split() == [b"on", b"off"]


def test_order_is_carried_out_once(bench: Bench) -> None:
    done = bench.done(bench.python("print('once')"))
    again = bench.engine._order(
        type("Active", (), {"run": done.run, "folder": done.folder})(),
        Plan((sys.executable, "-c", "print('twice')"), cwd=str(done.folder.files)),
    )
    bench.engine._launcher.start(again)
    bench.done(bench.python("print('after')"))
    assert done.folder.out_path.read_bytes() == done.out
