"""Answers that cost are made behind the back of who asks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import psutil

from tests.runs.bench import until
from webify.runs.costly import Costly
from webify.runs.folder import Process
from webify.runs.usage import memory_of


def test_answer_is_made_once_and_kept() -> None:
    costly, made = Costly(), iter(range(9))
    assert costly.get("one", lambda: next(made), 60).value is None
    costly.first(20)
    assert [costly.get("one", lambda: next(made), 60).value for _ in range(3)] == [0, 0, 0]
    assert costly.get("one", lambda: next(made), 60).age < 20


def test_old_answer_is_given_while_a_new_one_is_made() -> None:
    costly, gate = Costly(), threading.Event()
    costly.get("one", lambda: "old", 60)
    costly.first(20)
    assert costly.get("one", lambda: gate.wait(20) and "new", 0).value == "old"
    assert costly.get("one", lambda: "other", 0).value == "old"
    gate.set()
    until(lambda: costly.get("one", lambda: "later", 60).value == "new")


def test_nobody_waits_long_for_the_first_answer() -> None:
    costly, gate = Costly(), threading.Event()
    assert costly.get("one", lambda: gate.wait(20), 60).value is None
    costly.first(0.01)
    assert costly.get("one", lambda: gate.wait(20), 60).value is None
    gate.set()


def test_what_fails_is_tried_again() -> None:
    costly = Costly()
    costly.get("one", lambda: 1 // 0, 60)
    costly.first(20)
    until(lambda: costly.get("one", lambda: 7, 60).value == 7)


def test_memory_of_a_run_is_that_of_its_tool_and_all_below_it() -> None:
    code = "import sys; held = bytearray(60_000_000); print('on', flush=True); sys.stdin.read()"
    above = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", above], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as tool:
        assert tool.stdout
        assert tool.stdout.readline().strip() == b"on"
        watched = Process(os.getppid(), "", tool.pid, "", datetime.now(UTC))
        alone = psutil.Process(tool.pid).memory_info().rss
        found = memory_of(
            {"run": watched, "gone": Process(0x3FFFFFF, "", 0x3FFFFFF, "", watched.started)}
        )
        tool.communicate()
    assert found["run"] > alone + 60_000_000
    assert found["gone"] == 0
