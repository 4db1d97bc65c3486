"""Runs that wait for their turn, with real processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.bench import Bench, until
from webify.errors import NotResumed
from webify.model.command import Values
from webify.model.run import Run, State
from webify.runs.line import Line
from webify.runs.order import Plan
from webify.runs.queue import GROUP, PERSON, SITE, TOOL
from webify.tool_settings import ToolSettings

TOOLS = {
    "alone": ToolSettings(runs=1),
    "put": ToolSettings(concurrency_group=("db",)),
    "purge": ToolSettings(concurrency_group=("db", "disk")),
}
QUICK = "print('done')"


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Bench]:
    """Return a bench with one place."""
    made = Bench(tmp_path, runs=1)
    yield made
    end_all(made)
    made.close()


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Bench]:
    """Return a bench with many places, and tools that have limits of their own."""
    made = Bench(tmp_path, tools=TOOLS, runs=20, runs_per_person=2)
    yield made
    end_all(made)
    made.close()


def end_all(bench: Bench) -> None:
    """Leave no tool behind: those that wait go first, so that none of them begins."""
    going, waiting = bench.engine.line.entries()
    for entry in (*waiting, *going):
        bench.engine.stop(entry.run.id)
    for entry in going:
        bench.done(entry.run)


def going(bench: Bench, tool: str = "tool", user: str = "") -> Run:
    """Start a run that ends when it is stopped."""
    run = bench.python(
        "import time; print('on', flush=True); time.sleep(60)", run=bench.add(("t",), tool, user)
    )
    until(lambda: bench.folder(run).sizes()[0])
    return run


def asked(bench: Bench, tool: str = "tool", user: str = "") -> Run:
    return bench.python(QUICK, run=bench.add(("t",), tool, user))


def test_run_waits_for_a_place_and_begins_when_there_is_one(narrow: Bench) -> None:
    first = going(narrow)
    second = asked(narrow)
    assert second.state is State.QUEUED
    assert not narrow.folder(second).order_path.exists()
    narrow.engine.stop(first.id)
    assert narrow.done(second).run.state is State.SUCCEEDED


def test_runs_begin_in_the_order_in_which_they_were_asked_for(narrow: Bench) -> None:
    first = going(narrow)
    others = [asked(narrow) for _ in range(6)]
    narrow.engine.stop(first.id)
    ended = [narrow.done(run).run for run in others]
    assert sorted(ended, key=lambda run: str(run.started)) == ended


def test_run_that_waits_is_cancelled_at_once(narrow: Bench) -> None:
    first, second = going(narrow), asked(narrow)
    run = narrow.engine.stop(second.id, "Rosa")
    assert (run.state, run.reason) == (State.STOPPED, "Stopped by Rosa before it began")
    assert run.started is None
    assert narrow.done(run).out == b""
    assert narrow.engine.line.standing(second.id) is None
    narrow.engine.stop(first.id)
    assert narrow.done(first).run.state is State.STOPPED


def test_run_that_waited_long_is_not_lost_when_it_begins(narrow: Bench) -> None:
    first = going(narrow)
    run = narrow.add()
    early = narrow.store.change(run.id, created=run.created and run.created.replace(year=2020))
    second = narrow.python("import time; time.sleep(1.5)", run=early)
    narrow.engine.stop(first.id)
    assert narrow.done(second).run.state is State.SUCCEEDED


@pytest.mark.parametrize(
    ("tool", "other", "user", "why"),
    [("alone", "alone", "", TOOL), ("put", "purge", "", GROUP), ("tool", "tool", "tom", PERSON)],
)
def test_what_a_run_waits_for_is_told(
    wide: Bench, tool: str, other: str, user: str, why: str
) -> None:
    first = going(wide, tool, user)
    if user:
        going(wide, tool, user)
    waits = asked(wide, other, user)
    standing = wide.engine.line.standing(waits.id)
    assert standing
    assert (standing.place.why, standing.hinders[0].id) == (why, first.id)
    passes = asked(wide, "other")
    assert wide.done(passes).run.state is State.SUCCEEDED
    wide.engine.stop(first.id)
    assert wide.done(waits).run.state is State.SUCCEEDED


def test_of_many_runs_a_few_begin_in_one_moment_and_all_soon_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path, runs=100)
    monkeypatch.setattr("webify.runs.line.YOUNG", 600.0)  # one moment, however slow the machine is
    code = "import time; time.sleep(60)"
    runs = [bench.python(code) for _ in range(4 * bench.engine.line.starts)]
    at_once, later = bench.engine.line.entries()
    assert len(at_once) == bench.engine.line.starts
    place = bench.engine.line.standing(later[-1].run.id)
    assert place is None or place.place.why == ""
    monkeypatch.undo()
    bench.engine.line.turn.set()
    until(lambda: not bench.engine.line.entries()[1])
    for run in runs:
        bench.engine.stop(run.id)
    for run in runs:
        bench.done(run)
    bench.close()


def held_back(bench: Bench, count: int) -> tuple[Line, list[Run]]:
    """Return a line of its own, and runs for it."""
    line = Line(bench.settings, bench.engine.lengths)
    return line, [bench.add() for _ in range(count)]


def test_runs_that_are_held_back_are_looked_at_again_though_none_ends(tmp_path: Path) -> None:
    bench = Bench(tmp_path, runs=100)
    line, runs = held_back(bench, 3 * Line(bench.settings, bench.engine.lengths).starts)
    for run in runs:
        line.enter(run, None)
    assert len(line.admit()) == line.starts
    assert line.pause is not None
    bench.close()


def test_run_that_begins_at_once_leaves_no_other_behind(tmp_path: Path) -> None:
    bench = Bench(tmp_path, runs=100)
    line, (first, second) = held_back(bench, 2)
    line.enter(first, None)
    line.turn.clear()
    assert line.enter(second, Plan(("true",)))
    assert line.turn.is_set()
    assert [entry.run for entry in line.admit()] == [first]
    bench.close()


def test_runs_of_nobody_known_are_not_counted_as_one_person(wide: Bench) -> None:
    runs = [going(wide) for _ in range(3)]
    assert not any(wide.engine.line.waits(run.id) for run in runs)


def test_place_and_the_time_until_the_turn_come_from_the_history(narrow: Bench) -> None:
    before = [narrow.done(narrow.python("import time; time.sleep(0.3)")).run for _ in range(3)]
    first = going(narrow)
    second, third = asked(narrow), asked(narrow)
    standing = narrow.engine.line.standing(third.id)
    assert standing
    assert (standing.place.number, standing.place.why) == (2, SITE)
    assert standing.before == (second,)
    assert standing.seconds is not None
    assert 0.3 < standing.seconds <= 2 * max(run.seconds or 0.0 for run in before)
    narrow.engine.stop(first.id)


def restarted(tmp_path: Path, plan: Plan | None, count: int = 3) -> tuple[Bench, list[Run]]:
    """Let runs wait when the server ends, and return the next one that has taken them up."""
    before = Bench(tmp_path, runs=1)
    first = going(before)
    waiting = [asked(before) for _ in range(count)]
    before.close()
    after = Bench(tmp_path, runs=1)

    def again(_run: Run, _secrets: Values) -> Plan:
        if plan is None:
            raise NotResumed("Interrupted: why.")
        return plan

    after.engine.reattach(again)
    if plan is not None:
        assert all(after.engine.line.waits(run.id) for run in waiting)
        after.engine.stop(first.id)
    return after, waiting


def test_runs_that_waited_when_the_server_ended_begin_in_their_order(tmp_path: Path) -> None:
    bench, waiting = restarted(tmp_path, Plan((sys.executable, "-c", QUICK), cwd=str(tmp_path)))
    ended = [bench.done(run).run for run in waiting]
    assert {run.state for run in ended} == {State.SUCCEEDED}
    assert sorted(ended, key=lambda run: str(run.started)) == ended
    bench.close()


def test_run_whose_order_was_written_and_not_handed_over_begins_with_the_next_server(
    tmp_path: Path,
) -> None:
    plan = Plan((sys.executable, "-c", QUICK), cwd=str(tmp_path))
    before = Bench(tmp_path)
    run = before.add()
    before.folder(run).make()
    before.folder(run).order_path.write_text("{}", encoding="utf-8")
    before.close()
    after = Bench(tmp_path)
    after.engine.reattach(lambda _run, _secrets: plan)
    assert after.done(run).run.state is State.SUCCEEDED
    after.close()


def test_run_that_cannot_be_taken_up_again_ends_at_once_with_the_reason(tmp_path: Path) -> None:
    bench, waiting = restarted(tmp_path, None)
    for run in waiting:
        ended = bench.done(run).run
        assert (ended.state, ended.reason) == (State.LOST, "Interrupted: why")
    end_all(bench)
    bench.close()


def test_nothing_is_asked_of_the_store_while_runs_wait(
    narrow: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = going(narrow), asked(narrow)
    until(lambda: narrow.store.run(first.id).state is State.RUNNING)
    said: list[str] = []
    monkeypatch.setattr(narrow.store, "_reading", lambda: said.append("read"))
    monkeypatch.setattr(narrow.store, "_writing", lambda: said.append("write"))
    looked = narrow.engine._unfinished.of(second.id)
    assert looked is not None
    assert not looked.ended.wait(0.5)
    assert said == []
    monkeypatch.undo()
    narrow.engine.stop(second.id)
    narrow.engine.stop(first.id)
    narrow.done(first)
