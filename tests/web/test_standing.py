"""How a run that goes on stands: every page says the same, by a clock that nobody sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.runs.bench import LIMIT, until
from tests.web.conftest import Visitor
from webify.runs.folder import RunFolder

HTMX = {"HX-Request": "true"}


@pytest.fixture
def asking(visitor: Visitor) -> Iterator[str]:
    """Have a run wait for an answer, which has printed nothing but its question."""
    run = visitor.post("/tools/hasty").headers["Location"]
    until(lambda: 'id="ask"' in visitor.get(f"{run}?part=ask", headers=HTMX).text)
    yield run
    run_id = run.rpartition("/")[2]
    visitor.services.engine.stop(run_id)
    assert visitor.services.engine.wait(run_id, LIMIT).state.ended


def row_of(page: str, run: str) -> str:
    """Return the line of a list that leads to a run."""
    return next(line for line in page.splitlines() if f'href="{run}"' in line)


def test_run_that_is_being_cancelled_says_so_everywhere_and_nothing_else(
    visitor: Visitor, asking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cancelled:  # for as long as these pages take
        cancelled.setattr(RunFolder, "stop_path", property(lambda folder: folder.path))
        for page in ("/", "/runs", "/server", "/tools/hasty"):
            row = row_of(visitor.get(page).text, asking)
            assert "Cancelling" in row
            assert f"{asking}/stop" not in row
            assert not re.search("Running|aiting|waits for", row)
        for part in ("", "?part=ask"):
            page = visitor.get(asking + part, headers=HTMX).text
            assert re.search(r'id="state"><span class="chip lg">.*?</svg>Cancelling</span>', page)
            assert 'id="ask"' not in page
        result = visitor.get(f"{asking}?part=result", headers=HTMX).text
        assert "data-stopping" in result
        assert "Nothing yet" not in result


def test_nothing_is_promised_while_the_tool_waits_for_an_answer(
    visitor: Visitor, asking: str
) -> None:
    assert "Nothing yet" not in visitor.get(asking).text
    assert "Nothing yet" not in visitor.get(f"{asking}?part=result", headers=HTMX).text


@pytest.mark.parametrize("year", [1999, 2199])
def test_pages_tell_how_long_a_run_goes_on_whatever_the_clock_was_set_to(
    visitor: Visitor, asking: str, year: int
) -> None:
    active = visitor.services.engine._unfinished.of(asking.rpartition("/")[2])
    assert active
    active.run = replace(active.run, started=datetime(year, 1, 1, tzinfo=UTC))
    until(lambda: active.age > 1)
    for page in (asking, f"{asking}?part=result"):
        told = re.search(r'data-(?:seconds|elapsed)="(\d+)"', visitor.get(page).text)
        assert told
        assert 1 <= int(told[1]) < LIMIT
    row = row_of(visitor.get("/server").text, asking)
    assert re.search(r'data-l="Elapsed">[1-9][0-9.]* s<', row)
