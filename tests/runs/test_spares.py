"""A spare beside a supervisor of one order, as where nothing can fork: it is the tool of one run.

A run that must not start anew names a program that is not there as its interpreter.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import LIMIT, Bench, Done, until
from tests.runs.test_ahead import said
from tests.runs.test_both_ways import FROM_PIP, LEGACY, begin, left, site, tool_of
from tests.runs.test_launcher import one_each
from tests.runs.test_warm import ENDS, SAMPLE, alive
from tests.runs.test_warm_facts import TOOL
from webify.model.recipe import Recipe
from webify.model.run import Run
from webify.runs.order import Plan
from webify.runs.pairs import Pair
from webify.runs.regulars import MOST_EARLY
from webify.tools.importing import imports_of

NOWHERE = "/no/python"
TOOLS = ("stock.py", "rename.py", "share.py", "markdown-it")
FACTS = ("of_python", "of_streams", "of_files", "ends_in_order")
ANEW = "tool.py starts anew for each run: "
WHO = "import os, argparse\nprint(os.getpid())\n"

__all__ = ["site"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = one_each(Bench(tmp_path_factory.mktemp("spares")))
    yield made
    made.close()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Bench]:
    made = one_each(Bench(tmp_path))
    yield made
    made.close()


def way(script: Path, *modules: str) -> Recipe:
    """Return how a tool is got ready."""
    folder = str(script.parent)
    return Recipe((sys.executable,), (str(script),), 2, modules, folder, "python", {}, True)


def tool(folder: Path, text: str) -> tuple[Path, Recipe]:
    """Write a tool, and return how it is got ready."""
    script = folder / "tool.py"
    script.write_text(text, encoding="utf-8")
    return script, way(script, *imports_of(script))


def start(
    bench: Bench, argv: Sequence[str], recipe: Recipe | None, **more: str | tuple[str, ...]
) -> Run:
    made = bench.add()
    where = str(bench.folder(made).files)
    plan = Plan(tuple(argv), {}, where, 60.0, stdin="given", warm=recipe)
    return bench.engine.start(made, replace(plan, **more))


def run(bench: Bench, script: Path, recipe: Recipe | None) -> Done:
    return bench.done(start(bench, [sys.executable, str(script)], recipe))


def pair_of(bench: Bench, recipe: Recipe) -> Pair:
    """Wait until a spare of a tool is ready."""
    known = bench.engine._launcher._pairs.known
    until(lambda: (pair := known.get(recipe.key)) is not None and pair.ready)
    return known[recipe.key]


def spare_of(bench: Bench, recipe: Recipe) -> psutil.Process:
    (spare,) = psutil.Process(pair_of(bench, recipe).process.pid).children()
    return spare


def both(bench: Bench, recipe: Recipe, argv: Sequence[str], begin: Callable[..., Run]) -> None:
    """Compare what a tool leaves, started anew and as a spare that was ready."""
    cold = bench.done(begin(bench, argv, None))
    bench.done(begin(bench, argv, recipe))
    _, warm = as_spare(bench, recipe, partial(begin, bench, [NOWHERE, *argv[1:]], recipe))
    assert left(warm) == left(cold), argv


def as_spare(bench: Bench, recipe: Recipe, again: Callable[[], Run]) -> tuple[int, Done]:
    """Run a tool as a spare, and say which process waited.

    One that is slow to answer on a busy machine is followed by another.
    """
    limit = time.monotonic() + LIMIT
    while True:
        spare, done = spare_of(bench, recipe), bench.done(again())
        if done.end.cause != "start":
            return spare.pid, done
        assert time.monotonic() < limit, done.end


@pytest.mark.parametrize("name", TOOLS)
def test_tool_does_the_same_anew_and_as_a_spare(bench: Bench, site: Path, name: str) -> None:
    script = tool_of(name, site)
    words = [each.format(office=site / "office", n="{n}") for each in (LEGACY | FROM_PIP)[name][0]]
    both(bench, way(script, *imports_of(script)), [sys.executable, str(script), *words], begin)


@pytest.mark.parametrize("end", ["well", "text", "error", "hard", "killed"])
def test_tool_of_any_end_cannot_tell(bench: Bench, tmp_path: Path, end: str) -> None:
    script, recipe = tool(tmp_path, SAMPLE.replace("{end}", ENDS[end]))
    both(bench, recipe, [sys.executable, str(script), "one", "two words", "ü\udcff"], start)


@pytest.mark.parametrize("name", FACTS)
def test_tool_that_looks_at_its_process_finds_no_difference(bench: Bench, name: str) -> None:
    both(bench, way(TOOL, *imports_of(TOOL)), [sys.executable, str(TOOL), name], start)


def test_each_spare_is_the_tool_of_one_run(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, WHO)
    run(alone, script, recipe)
    again = partial(start, alone, [NOWHERE, str(script)], recipe)
    found = [as_spare(alone, recipe, again) for _ in range(2)]
    assert [int(done.out) for _, done in found] == [spare for spare, _ in found]
    assert len({spare for spare, _ in found}) == 2


def test_python_waits_for_a_tool_that_is_run_again_and_not_marked(
    alone: Bench, tmp_path: Path
) -> None:
    script, recipe = tool(tmp_path, WHO)
    recipe = replace(recipe, modules=(), always=False)
    run(alone, script, recipe)
    assert not alone.engine._launcher._pairs.known
    run(alone, script, recipe)
    spare, done = as_spare(alone, recipe, partial(start, alone, [NOWHERE, str(script)], recipe))
    assert int(done.out) == spare


def test_changed_source_makes_the_run_start_anew_and_another_spare(
    alone: Bench, tmp_path: Path
) -> None:
    (tmp_path / "lib").mkdir()
    module = tmp_path / "lib" / "levels.py"
    module.write_text("said = 'old'", encoding="utf-8")
    script, recipe = tool(tmp_path, "import levels\nprint(levels.said)")
    plan = partial(start, alone, [sys.executable, str(script)], recipe)
    env = {"PYTHONPATH": str(module.parent)}
    assert alone.done(plan(env=env)).out == b"old\n"
    pair_of(alone, recipe)
    module.write_text("said = 'new one'", encoding="utf-8")
    assert alone.done(plan(env=env)).out == b"new one\n"
    again = partial(start, alone, [NOWHERE, str(script)], recipe, env=env)
    assert as_spare(alone, recipe, again)[1].out == b"new one\n"


def test_spare_that_dies_is_noticed_and_followed_by_another(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, WHO)
    run(alone, script, recipe)
    spare = spare_of(alone, recipe)
    spare.kill()
    until(lambda: "tool.py is got ready again: what waited for it has ended" in said(alone))
    until(lambda: not alone.engine._launcher._pairs.known)
    assert int(run(alone, script, recipe).out) != spare.pid
    following, done = as_spare(alone, recipe, partial(start, alone, [NOWHERE, str(script)], recipe))
    assert int(done.out) == following


def test_spare_that_does_not_listen_costs_no_run(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, WHO)
    run(alone, script, recipe)
    spare = spare_of(alone, recipe)
    spare.send_signal(signal.SIGSTOP)
    done = run(alone, script, recipe)
    assert int(done.out) != spare.pid
    until(lambda: not psutil.pid_exists(spare.pid))


def test_nothing_waits_when_the_site_has_ended(tmp_path: Path) -> None:
    bench = one_each(Bench(tmp_path))
    script, recipe = tool(tmp_path, WHO)
    run(bench, script, recipe)
    pair = psutil.Process(pair_of(bench, recipe).process.pid)
    family = [pair, *pair.children()]
    bench.close()
    until(lambda: not any(alive(each) for each in family))


def test_spare_ends_with_a_supervisor_that_is_killed(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, WHO)
    run(alone, script, recipe)
    spare = spare_of(alone, recipe)
    pair_of(alone, recipe).process.kill()
    until(lambda: not alive(spare))
    assert run(alone, script, recipe).end.exit_code == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import dies", "its modules cannot be imported before it (SystemExit)"),
        ("import hard", "it ended"),
        ("import select", "its folder has something called select too"),
    ],
)
def test_tool_for_which_nothing_can_wait_starts_anew(
    alone: Bench, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "dies.py").write_text("import sys\nsys.exit(4)", encoding="utf-8")
    (tmp_path / "lib" / "hard.py").write_text("import os\nos._exit(4)", encoding="utf-8")
    script, recipe = tool(tmp_path, text)
    (tmp_path / "select.py").write_text("raise SystemExit(4)", encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path / "lib")}
    for _ in range(2):
        again = start(alone, [sys.executable, str(script)], recipe, env=env)
        assert alone.done(again).end.exit_code == 4
        until(lambda: ANEW + why in said(alone))
    assert not alone.engine._launcher._pairs.known


def test_python_that_asks_nobody_never_begins_by_accident(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, "open('begun.txt', 'a').write('once')")
    recipe = replace(recipe, interpreter=(sys.executable, "-I"), start=3)
    done = alone.done(start(alone, [sys.executable, "-I", str(script)], recipe))
    until(lambda: ANEW + "its Python does not ask before it begins" in said(alone))
    assert (done.folder.files / "begun.txt").read_text(encoding="utf-8") == "once"


def test_no_spare_keeps_a_secret(alone: Bench, tmp_path: Path) -> None:
    script, recipe = tool(tmp_path, WHO)
    env = {"PASSWORD": "correct horse"}
    argv = [sys.executable, str(script)]
    alone.done(start(alone, argv, recipe, env=env, secrets=("correct horse",)))
    assert not alone.engine._launcher._pairs.known


def test_first_run_has_a_spare_where_somebody_looked_at_the_form(
    alone: Bench, tmp_path: Path
) -> None:
    script, recipe = tool(tmp_path, WHO)
    alone.engine.expect(Plan((), stdin="given", warm=recipe))
    spare, done = as_spare(alone, recipe, partial(start, alone, [NOWHERE, str(script)], recipe))
    assert int(done.out) == spare


def test_looks_at_many_forms_start_few_spares(alone: Bench, tmp_path: Path) -> None:
    for number in range(2 * MOST_EARLY):
        folder = tmp_path / str(number)
        folder.mkdir()
        alone.engine.expect(Plan((), stdin="given", warm=tool(folder, WHO)[1]))
    assert len(alone.engine._launcher._pairs.known) == MOST_EARLY
