"""For how long a run goes on is told by the clock that nobody sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from tests.runs.bench import LIMIT, Bench, until
from webify.model.run import Run

LASTS = "import time; print('begun', flush=True); time.sleep(60)"


@pytest.fixture(params=[1999, 2199])
def then(request: pytest.FixtureRequest) -> datetime:
    """Return what the clock says at a moment that was, or will be, now."""
    return datetime(request.param, 1, 1, tzinfo=UTC)


def passes(bench: Bench, run: Run) -> None:
    """Hold that the age of a run grows, and is no more than the test has lasted."""
    until(lambda: bench.engine.age(run) > 0.05)
    assert bench.engine.age(run) < LIMIT


def test_clock_that_is_set_while_a_run_goes_on_is_not_asked_how_long(
    bench: Bench, then: datetime
) -> None:
    run = bench.python(LASTS)
    passes(bench, replace(run, started=then))
    bench.engine.stop(run.id)
    bench.done(run)


def test_clock_that_is_set_while_a_run_waits_is_not_asked_how_long(
    tmp_path: Path, then: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Jumped(datetime):
        @classmethod
        def now(cls, _tz: tzinfo | None = None) -> datetime:
            return then

    bench = Bench(tmp_path, runs=1)
    first, second = bench.python(LASTS), bench.python("print('well')")
    with monkeypatch.context() as jump:
        jump.setattr("webify.runs.active.datetime", Jumped)
        passes(bench, second)
    bench.engine.stop(second.id)
    bench.engine.stop(first.id)
    bench.done(first)
    bench.close()


def test_next_server_hears_from_the_supervisor_how_long_a_run_goes_on(
    tmp_path: Path, then: datetime
) -> None:
    earlier = Bench(tmp_path)
    run = earlier.python(LASTS)
    began = earlier.process(run).began
    earlier.close()
    later = Bench(tmp_path)
    later.store.update(replace(later.store.run(run.id), started=then), "started")
    later.engine.reattach()
    passes(later, later.store.run(run.id))
    assert earlier.process(run).began == began > 0
    later.engine.stop(run.id)
    later.done(run)
    later.close()
