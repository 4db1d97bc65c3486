"""What is asked, and what a zygote's child does, goes on when the supervisor is killed."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kept import kept
from tests.runs.bench import Bench, Done, until
from tests.runs.test_questions import answer, asked
from webify.model.recipe import Recipe
from webify.model.run import Run, State
from webify.runs.answering import TAKEN
from webify.runs.order import Plan
from webify.runs.question import read_open
from webify.tools.importing import imports_of

LAST = """
import os, sys, time
print("begun", flush=True)
for line in range(100):
    print(line, flush=True)
    time.sleep(0.01)
while not os.path.exists("go"):
    time.sleep(0.01)
sys.exit(9)
"""


def kill(bench: Bench, run: Run) -> None:
    """Kill the supervisor of a run, and wait for the next one."""
    before = bench.process(run)
    os.kill(before.pid, signal.SIGKILL)
    until(lambda: bench.process(run).pid != before.pid)


def asked_again(bench: Bench, run: Run, number: int) -> None:
    """Kill the supervisor of a run that asks, and wait until the next one asks the same."""
    asked(bench, run, number)
    opened = read_open(bench.folder(run))
    assert opened
    kill(bench, run)
    until(lambda: (now := read_open(bench.folder(run))) and now.key != opened.key)
    asked(bench, run, number)


def test_question_is_asked_again_and_can_be_answered(bench: Bench) -> None:
    run = bench.python("print(input('One? '))\nprint(input('Two? '))")
    asked(bench, run)
    assert answer(bench, run, "first") == TAKEN
    asked_again(bench, run, 2)
    assert answer(bench, run, "second", 2) == TAKEN
    done = bench.done(run)
    assert done.out.decode() == "One? first\nfirst\nTwo? second\nsecond\n"
    assert done.run.state is State.SUCCEEDED


def test_question_at_a_terminal_is_asked_again(bench: Bench) -> None:
    run = bench.add()
    words = (sys.executable, "-c", "import os\nprint(input('One? '), os.isatty(0))")
    plan = Plan(words, {}, str(bench.folder(run).files), 60.0, terminal=True)
    bench.engine.start(run, plan)
    asked_again(bench, run, 1)
    assert answer(bench, run, "first") == TAKEN
    assert bench.done(run).out.decode().splitlines() == ["One? first", "first True"]


def test_input_ends_for_a_tool_whose_supervisor_was_killed(bench: Bench) -> None:
    run = bench.python("import sys; print('read', sys.stdin.read().split())")
    asked_again(bench, run, 1)
    assert answer(bench, run, "a b", end=True) == TAKEN
    assert bench.done(run).out.decode().endswith("read ['a', 'b']\n")


def test_typed_password_stays_hidden_under_the_next_supervisor(bench: Bench) -> None:
    run = bench.python(
        "import getpass\nword = getpass.getpass('Password: ')\ninput('Go on? ')\nprint('got', word)"
    )
    asked(bench, run)
    assert answer(bench, run, "Gr8-secret") == TAKEN
    asked_again(bench, run, 2)
    assert answer(bench, run, "y", 2) == TAKEN
    assert bench.done(run).out.decode().endswith("got ••••••\n")
    for path, data in kept(bench.settings.data):
        assert b"Gr8-secret" not in data, path


@pytest.mark.parametrize("times", [1, 3])
def test_warm_tool_loses_no_line_and_no_exit_code(bench: Bench, tmp_path: Path, times: int) -> None:
    script = tmp_path / "tool.py"
    script.write_text(LAST, encoding="utf-8")
    modules = tuple(imports_of(script))
    recipe = Recipe(
        (sys.executable,), (str(script),), 2, modules, str(tmp_path), "python", {}, True
    )
    let_go(bench, warm(bench, script, recipe))
    notes = bench.settings.data / "runs" / "supervisor.log"
    until(lambda: "tool.py starts warm" in notes.read_text(encoding="utf-8"))
    run = warm(bench, script, recipe)
    while not borrowed(bench, run):  # started anew, as what waits for it was busy
        let_go(bench, run)
        run = warm(bench, script, recipe)
    until(lambda: bench.folder(run).sizes()[0])
    for _ in range(times):
        kill(bench, run)
    done = let_go(bench, run)
    assert done.out.decode().split() == ["begun", *map(str, range(100))]
    assert (done.run.state, done.run.exit_code) == (State.FAILED, 9)


def warm(bench: Bench, script: Path, recipe: Recipe) -> Run:
    run = bench.add()
    plan = Plan((sys.executable, str(script)), {}, str(bench.folder(run).files), 60.0)
    return bench.engine.start(run, replace(plan, warm=recipe))


def let_go(bench: Bench, run: Run) -> Done:
    """Let a run come to its end."""
    (bench.folder(run).files / "go").touch()
    return bench.done(run)


def borrowed(bench: Bench, run: Run) -> bool:
    """Say whether the tool is the child of a holder and not of its supervisor."""
    process = bench.process(run)
    stat = Path(f"/proc/{process.tool_pid}/stat").read_text(encoding="ascii")
    return int(stat.rpartition(")")[2].split()[1]) != process.pid
