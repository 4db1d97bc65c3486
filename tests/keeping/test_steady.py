"""Clocks that jump throw nothing away."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from webify.keeping.steady import DAY, NAME, SteadyClock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clocks:
    """A wall clock that can be set, and time that passes."""

    def __init__(self, data: Path) -> None:
        self.data, self.wall, self.ticks = data, NOON, 1000.0
        self.start()

    def start(self) -> None:
        self.clock = SteadyClock(self.data, self.wall, self.ticks)

    def passes(self, seconds: float, *, looks: int = 1) -> datetime | None:
        found = None
        for _ in itertools.repeat(None, looks):
            self.wall += timedelta(seconds=seconds / looks)
            self.ticks += seconds / looks
            found = self.clock.look(self.wall, self.ticks)
        return found

    def is_set(self, **later: float) -> None:
        self.wall += timedelta(**later)

    def restarts(self, **later: float) -> None:
        self.is_set(**later)
        self.ticks = 5.0
        self.start()


@pytest.fixture
def clocks(tmp_path: Path) -> Clocks:
    made = Clocks(tmp_path)
    assert made.passes(DAY - 1) is None
    assert made.passes(1) == made.wall
    return made


def test_new_site_waits_a_day_before_it_trusts_its_clock(tmp_path: Path) -> None:
    assert Clocks(tmp_path).passes(DAY - 60, looks=100) is None
    assert Clocks(tmp_path).passes(DAY, looks=100)


def test_restart_soon_after_goes_on_trusting(clocks: Clocks) -> None:
    clocks.restarts(hours=30)
    assert clocks.passes(60)


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-3650), timedelta(days=2)])
def test_clock_that_jumped_is_not_trusted_for_a_day(clocks: Clocks, jump: timedelta) -> None:
    clocks.is_set(days=jump.days)
    assert clocks.passes(60) is None
    assert clocks.passes(DAY - 60, looks=50) is None
    assert clocks.passes(120)


def test_clock_that_jumped_while_the_site_was_off_is_not_trusted(clocks: Clocks) -> None:
    clocks.restarts(days=400)
    assert clocks.passes(60) is None
    clocks.restarts(days=-400)  # it was mended meanwhile
    assert clocks.passes(60)


def test_clock_that_is_mended_is_trusted_after_a_day_only(clocks: Clocks) -> None:
    clocks.is_set(days=100)
    assert clocks.passes(60) is None
    clocks.is_set(days=-100)
    assert clocks.passes(60) is None


def test_small_steps_and_a_sleep_of_some_hours_do_no_harm(clocks: Clocks) -> None:
    clocks.is_set(hours=8)
    assert clocks.passes(60)
    clocks.is_set(seconds=-90)
    assert clocks.passes(60)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"trusted": "yesterday"}', '{"trusted": 5}'])
def test_note_that_cannot_be_read_is_no_trust(clocks: Clocks, text: str) -> None:
    (clocks.data / NAME).write_text(text, "utf-8")
    clocks.restarts(minutes=1)
    assert clocks.passes(60) is None


def test_real_clocks_go_at_the_same_pace(tmp_path: Path) -> None:
    clock = SteadyClock(tmp_path)
    first = clock._ticks
    assert clock.look() is None
    assert clock._since == first  # nothing jumped
    assert clock._ticks >= first
