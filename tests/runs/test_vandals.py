"""Tools that lay hands on the folder of their own run: it ends, and the page says how."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.runs.bench import Bench, until
from webify.model.run import State

POSIX = os.name == "posix"  # elsewhere a file that is open cannot be deleted
REMOVE = """
import os, shutil, time
run = os.path.dirname(os.getcwd())
def wait_for(path):
    while not os.path.exists(path) or not os.path.getsize(path):
        time.sleep(0.001)
def remove(path):
    while os.path.exists(path):
        shutil.rmtree(path, ignore_errors=True)
"""
DELETED = "The files of this run were deleted while it went on"


@pytest.mark.parametrize(
    "harm",
    [
        "remove(run)",
        "remove(os.path.dirname(run))",
        "os.rename(run, run + '-moved')",
        "[os.unlink(run + '/' + name) for name in ('out.log', 'err.log', 'claim')]",
    ],
)
def test_run_whose_files_were_deleted_ends_with_its_own_code(bench: Bench, harm: str) -> None:
    said = f"{REMOVE}\nprint('said')\nwait_for(run + '/out.log')\n"
    done = bench.done(bench.python(f"{said}{harm if POSIX else ''}"))
    assert done.end.exit_code == 0
    if POSIX:
        assert (done.run.state, done.run.reason) == (State.WARNED, DELETED)
        assert not done.end.fault


def test_run_ends_without_the_claim_that_its_tool_deleted(bench: Bench) -> None:
    done = bench.done(bench.python("import os; os.unlink('../claim'); print('said')"))
    assert done.run.state is State.SUCCEEDED
    assert done.out.split() == [b"said"]


def test_folder_in_the_place_of_the_end_is_a_run_that_is_lost(bench: Bench) -> None:
    run = bench.python("import os, time; os.mkdir('../end.json'); time.sleep(1)")
    assert bench.engine.wait(run.id, 20.0).state is State.LOST


def test_run_without_a_folder_can_be_stopped(bench: Bench) -> None:
    run = bench.python("import time; print(1, flush=True); time.sleep(600)")
    until(lambda: bench.folder(run).out_path.exists() and bench.folder(run).sizes()[0])
    folder = bench.folder(run)
    until(folder.blocks_path.exists)  # nothing more is written for a while
    if POSIX:
        until(lambda: shutil.rmtree(folder.path, ignore_errors=True) or not folder.path.exists())
    bench.engine.stop(run.id)
    assert bench.engine.wait(run.id, 20.0).state is State.STOPPED


def test_tool_that_deletes_its_files_and_its_supervisor_has_a_true_end(bench: Bench) -> None:
    if sys.platform != "linux":
        return
    done = bench.done(bench.python(f"{REMOVE}\nremove(run); os.kill(os.getppid(), 9)"))
    assert (done.run.state, done.run.reason) == (State.WARNED, DELETED)


def test_tool_that_kills_all_that_watches_over_it_is_ended_too(bench: Bench) -> None:
    if sys.platform != "linux":
        return
    code = (
        "me = os.getppid(); it = int(open(f'/proc/{me}/stat').read().rpartition(')')[2].split()[1])"
    )
    kill = "os.kill(it, 9); os.kill(me, 9); time.sleep(600)"
    run = bench.python(f"import os, time\n{code}\n{kill}")
    ended = bench.engine.wait(run.id, 20.0)
    assert (ended.state, ended.reason) == (
        State.LOST,
        "Interrupted: the process that watched over it was ended",
    )
    marked = f"WEBIFY_RUN={run.id}".encode()
    assert not [each for each in Path("/proc").glob("[0-9]*") if marked in environ(each)]


def environ(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""
