"""A tool that leaves a daemon behind: the run ends as the tool did, and the daemon goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest

from tests.runs.bench import Bench, Done, until
from webify.model.run import Run, State

DAEMON = """
import os, sys, time
if os.fork():
    while not os.path.exists('daemon'):
        time.sleep(0.01)
    print('started')
    while sys.argv[1] == 'stays':
        time.sleep(0.01)
    os._exit(int(sys.argv[1]))
os.setsid()
if os.fork():
    os._exit(0)
if sys.argv[2] == 'closes':
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
with open('new', 'w') as file:
    file.write(str(os.getpid()))
os.rename('new', 'daemon')
time.sleep(100)
"""


@contextmanager
def daemon_of(bench: Bench, run: Run) -> Iterator[psutil.Process]:
    """Wait for the daemon of a run; end it in the end."""
    told = bench.folder(run).files / "daemon"
    until(told.exists)
    process = psutil.Process(int(told.read_text(encoding="utf-8")))
    try:
        yield process
    finally:
        with suppress(psutil.NoSuchProcess):
            process.kill()


if os.name == "posix":

    @pytest.mark.parametrize("outputs", ["closes", "holds"])
    @pytest.mark.parametrize(
        ("code", "state", "reason"),
        [
            (0, State.SUCCEEDED, ""),
            (3, State.FAILED, "The program stopped with code 3"),
        ],
    )
    def test_run_ends_as_the_tool_whose_daemon_goes_on(
        bench: Bench, code: int, state: State, reason: str, outputs: str
    ) -> None:
        run = bench.python(DAEMON, str(code), outputs)
        with daemon_of(bench, run) as daemon:
            done: Done = bench.done(run)
            assert (done.run.state, done.run.exit_code, done.run.reason) == (state, code, reason)
            assert (done.out, done.end.survivors) == (b"started\n", ())
            assert daemon.is_running()  # as after a command in a shell

    @pytest.mark.parametrize("outputs", ["closes", "holds"])
    def test_cancel_ends_the_daemon_of_a_tool_that_goes_on_too(bench: Bench, outputs: str) -> None:
        run = bench.python(DAEMON, "stays", outputs)
        with daemon_of(bench, run) as daemon:
            bench.engine.stop(run.id)
            done = bench.done(run)
            assert (done.run.state, done.end.survivors) == (State.STOPPED, ())
            until(lambda: not daemon.is_running())
