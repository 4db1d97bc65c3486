"""What waits for a tool's run is killed, before the run and while it goes on."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, Done, until
from tests.runs.test_ahead import said
from tests.runs.test_warm import run
from webify.model.recipe import Recipe
from webify.model.run import State
from webify.runs.order import Plan

TOOL = "import os, sys\nprint('hello', flush=True)\nsys.argv[1:] and sys.stdin.read()\n"
WHO = ("zygote", "holder", "child")  # each below the one before


@dataclass(frozen=True)
class Warm:
    """A tool for which something waits."""

    bench: Bench
    script: Path
    recipe: Recipe

    def waiting(self) -> list[psutil.Process]:
        """Return its zygote, the holder and the child, as far as they are there."""
        found, above = [], psutil.Process(self.bench.engine._launcher._waiting.pid)
        try:
            while above:
                below = [each for each in above.children() if str(self.script) in each.cmdline()]
                found += below[:1]
                above = below[0] if below else None
        except psutil.Error:  # one that ends meanwhile
            return []
        return found

    def all_waiting(self) -> list[psutil.Process]:
        found: list[psutil.Process] = []

        def all_there() -> bool:
            found[:] = self.waiting()
            return len(found) == len(WHO)

        until(all_there)
        return found


@pytest.fixture
def warm(bench: Bench, tmp_path: Path) -> Warm:
    script = tmp_path / "tool.py"
    script.write_text(TOOL, encoding="utf-8")
    way = Recipe((sys.executable,), (str(script),), 2, ("json",), str(tmp_path), "python", {}, True)
    run(bench, script, (), way)
    until(lambda: "tool.py starts warm" in said(bench))
    return Warm(bench, script, way)


@pytest.mark.parametrize("who", WHO)
def test_run_comes_to_its_end_where_what_waited_for_it_was_killed(warm: Warm, who: str) -> None:
    warm.all_waiting()[WHO.index(who)].kill()
    for _ in range(2):
        done = run(warm.bench, warm.script, (), warm.recipe)
        assert (done.out, done.end.state) == (b"hello\n", State.SUCCEEDED)


def test_tool_ends_with_its_holder_as_is_said_of_it(warm: Warm) -> None:
    bench, ended = warm.bench, list[Done]()

    def kill_holder() -> bool:
        """Kill that of a run that goes on; False where it was started anew, as all are busy."""
        made = bench.add()
        plan = Plan((*warm.recipe.call, "wait"), {}, str(bench.folder(made).files), 30.0)
        bench.engine.start(made, replace(plan, warm=warm.recipe))
        above = psutil.Process(bench.process(made).tool_pid).parent()
        held = above is not None and str(warm.script) in above.cmdline()
        above.kill() if held and above else bench.engine.stop(made.id)
        ended.append(bench.done(made))
        return held

    until(kill_holder)
    assert (ended[-1].end.state, ended[-1].end.signal) == (State.FAILED, 9)
    until(lambda: not psutil.pid_exists(bench.process(ended[-1].run).tool_pid))
