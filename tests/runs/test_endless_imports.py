"""Imports that never end: what tries them, or gets a tool ready, gives up and leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, named, until, with_zygotes
from tests.runs.test_ahead import said
from tests.runs.test_trials import Tool, guarded

LATE = "a trial of its imports was not through after 0.5 s"
NOT_READY = "its modules are not imported after 1 s"
WAITS = "import sys\nwhile not hasattr(sys.modules['__main__'], '__file__'): pass"  # in no run
ENDLESS = {
    "computes": "while True: pass",
    "waits": "import threading; threading.Event().wait()",
    "blocks": "import signal; signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())\n"
    "while True: signal.alarm(0)",
    "leaves": "import os; os.setsid()\nwhile True: pass",
    "computes long": "import sys, time\nwhile time.process_time() < 0.15: pass\n"
    "while sys.getprofile(): pass",
}


@pytest.fixture(params=["limit=0.5"])
def soon(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Have a launcher that gives up early."""
    with_zygotes(monkeypatch, request.param)
    made = Bench(tmp_path)
    yield made
    made.close()


def there(folder: Path) -> list[int]:
    """Return the processes that are in a folder."""
    found = psutil.process_iter(["cwd"])
    return [each.pid for each in found if each.info["cwd"] == str(folder)]


@pytest.mark.parametrize("deed", ENDLESS)
def test_trial_that_never_ends_is_given_up_and_leaves_nothing(
    soon: Bench, tmp_path: Path, deed: str
) -> None:
    tool = Tool(soon, tmp_path, guarded(tmp_path, ENDLESS[deed]))
    assert tool.tried().doubt == LATE
    until(lambda: not there(tmp_path / "trials" / "empty"))
    until(lambda: "tool.py starts ahead" in said(soon))
    until(lambda: tool.run() == b"1\n")


def end_server(bench: Bench) -> None:
    bench.engine.close()


def kill_launcher(bench: Bench) -> None:
    psutil.Process(bench.engine._launcher._waiting.pid).kill()


def test_trial_that_was_given_up_is_made_again_by_a_later_launcher(
    soon: Bench, tmp_path: Path
) -> None:
    tool = Tool(soon, tmp_path, guarded(tmp_path, ENDLESS["computes"]))
    assert tool.tried().late
    until(lambda: "tool.py starts ahead" in said(soon))
    tool.bench = Bench(tmp_path)
    assert [tool.run(), tool.run()] == [b"0\n", b"0\n"]
    until(lambda: said(soon).count("tool.py was tried") == 2)
    tool.bench.close()


@pytest.mark.parametrize("end", [end_server, kill_launcher])
@pytest.mark.parametrize("tried", [True, False])
def test_imports_end_with_those_who_want_to_know(
    bench: Bench, tmp_path: Path, tried: bool, end: Callable[[Bench], None]
) -> None:
    tool = Tool(bench, tmp_path, guarded(tmp_path, ENDLESS["blocks"]) if tried else WAITS)
    if not tried:
        tool.recipe = replace(tool.recipe, modules=("library",), likely=(), always=True)
    assert [tool.run(), tool.run()] == [b"0\n", b"0\n"]
    until(lambda: len(named(tool.script)) == 1 + tried)
    end(bench)
    until(lambda: not named(tool.script))


@pytest.mark.parametrize("soon", ["got_ready=1.0"], indirect=True)
def test_warm_tool_whose_imports_never_end_starts_anew(soon: Bench, tmp_path: Path) -> None:
    tool = Tool(soon, tmp_path, WAITS)
    tool.recipe = replace(tool.recipe, modules=("library",), likely=(), always=True)
    assert tool.run() == b"0\n"
    until(lambda: f"starts anew for each run: {NOT_READY}" in said(soon))
    assert tool.run() == b"0\n"
    until(lambda: not named(tool.script))
