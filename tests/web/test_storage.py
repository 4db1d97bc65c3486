"""How the room for runs is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.runs.bench import until
from webify.checks.check import Verdict
from webify.model.run import Run, State
from webify.services import Services, open_services
from webify.settings import load_settings
from webify.web.app import create_app
from webify.web.storage import Storage, about, storage, storage_check

WEEK = timedelta(days=7)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Open a site without tools that may keep 1,000 bytes for ever."""
    (tmp_path / "webify.toml").write_text(
        "[limits]\ndisk_bytes = 1000\nkeep_days = 0\n", encoding="utf-8"
    )
    made = open_services(load_settings(tmp_path, {"data": tmp_path / "data"}, {}))
    yield made
    made.close()


def keep(services: Services, name: str, weeks: float, size: int) -> None:
    made = datetime.now(UTC) - weeks * WEEK
    run = Run(name, "stock", "Stock", created=made, ended=made, state=State.SUCCEEDED)
    services.store.add(run)
    services.store.measure(name, size)


def test_day_on_which_the_quota_is_used_up_is_on_the_page(services: Services) -> None:
    for week in range(4):
        keep(services, str(week), week + 0.9, 140)
    assert storage(services) == Storage(560, 1000, 22, quota=True)
    page = create_app(services).test_client()
    until(
        lambda: (
            "One thing to plan for: run storage is full in about 3 weeks."
            in page.get("/server").text
        )
    )
    assert "56% used, full in about 3 weeks. Then the oldest runs go" in page.get("/server").text


def test_no_day_is_guessed_from_a_short_history(services: Services) -> None:
    keep(services, "a", 0.1, 900)
    assert storage(services) == Storage(900, 1000, None, quota=True)


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (13, "13 days"), (36, "5 weeks"), (69, "10 weeks"), (91, "3 months")],
)
def test_time_is_told_as_roughly_as_it_is_known(days: int, said: str) -> None:
    assert about(days) == said


@pytest.mark.parametrize(
    ("found", "state", "said"),
    [
        (Storage(71, 100, 36), Verdict.WARNING, "71% used, full in about 5 weeks."),
        (Storage(71, 100, 91), Verdict.OK, "71% used, full in about 3 months."),
        (Storage(71, 100), Verdict.OK, "71% used."),
        (Storage(5, 0), Verdict.OK, "No room is left."),
    ],
)
def test_check_says_how_much_is_used_and_warns_in_time(
    found: Storage, state: Verdict, said: str
) -> None:
    [check] = storage_check(found)
    assert (check.state, check.sentence) == (state, said)
    assert bool(check.remedy) == (state is Verdict.WARNING)


def test_nothing_is_told_while_it_is_measured() -> None:
    assert storage_check(None) == ()
