"""An output with secrets is whole and masked, whenever its supervisor is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs.bench import Bench, Done, until
from tests.runs.test_questions import answer, asked
from webify.model.run import Run, State
from webify.runs.answering import TAKEN
from webify.runs.keep import Keep
from webify.runs.ledger import Entry
from webify.runs.masking import DOTS, Held
from webify.runs.order import Plan

SECRET = "hunter22"
HELD = Held(b"hunte", 2, dotted=True, encoding="utf-16-be", begun=True)
HALVES = """
import os, sys, time
os.write(1, b'first\\nkey hunte')
while not os.path.exists('go'): time.sleep(0.002)
os.write(1, b'r22 ok\\nlast\\n')
"""


@pytest.mark.parametrize("source", ["pipe", "terminal"])
def test_death_before_any_line_loses_nothing_and_shows_no_secret(
    tmp_path: Path, source: str
) -> None:
    words = [sys.executable, "-m", "tests.runs.dying", str(tmp_path), source]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    deaths, *logs = done.stdout.splitlines()
    assert int(deaths) > 100
    assert logs == [repr(b"abc" + DOTS + b" hunter\n")]


def test_entry_says_all_that_the_next_supervisor_needs() -> None:
    keep = Keep()
    ledger = keep.ledgers[1]
    assert ledger.last is None
    for entry in (Entry(Held(), b"", 0), Entry(HELD, b"four", 7)):
        ledger.enter(entry)
        assert (ledger.last, ledger.taken) == (entry, b"")
    keep.close()


@pytest.mark.parametrize(
    ("size", "missing"), [(7, b"four"), (9, b"ur"), (11, b""), (900, b""), (0, b"")]
)
def test_size_of_a_log_tells_what_is_missing(size: int, missing: bytes) -> None:
    assert Entry(HELD, b"four", 7).missing(size) == missing


def killed_between(bench: Bench, run: Run, before: bytes) -> Done:
    """Kill the supervisor when the first half has come, and let the second one come."""
    folder, killed = bench.folder(run), bench.process(run).pid
    until(lambda: folder.out_path.exists() and folder.out_path.read_bytes() == before)
    os.kill(killed, signal.SIGKILL)
    until(lambda: bench.process(run).pid != killed)
    (folder.files / "go").touch()
    return bench.done(run)


@pytest.mark.parametrize("terminal", [False, True])
def test_secret_in_two_halves_is_hidden_though_its_supervisor_is_killed_between(
    bench: Bench, terminal: bool
) -> None:
    run = bench.add()
    cwd, argv = str(bench.folder(run).files), (sys.executable, "-c", HALVES)
    bench.engine.start(run, Plan(argv, cwd=cwd, secrets=(SECRET,), terminal=terminal))
    done = killed_between(bench, run, b"first\nkey ")
    assert done.out.splitlines() == [b"first", b"key " + DOTS + b" ok", b"last"]
    assert done.run.state is State.SUCCEEDED


def test_typed_password_in_two_halves_is_hidden_though_its_supervisor_is_killed_between(
    bench: Bench,
) -> None:
    run = bench.python("print('begun', flush=True); import getpass; getpass.getpass()" + HALVES)
    asked(bench, run)
    assert answer(bench, run, SECRET) == TAKEN
    until(lambda: bench.folder(run).out_path.read_bytes().endswith(b"key "))
    done = killed_between(bench, run, bench.folder(run).out_path.read_bytes())
    assert done.out.splitlines() == [b"begun", b"first", b"key " + DOTS + b" ok", b"last"]
