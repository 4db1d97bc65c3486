"""When the room for runs is used up, told only where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from webify.keeping.forecast import days_until_full, limited, weeks
from webify.settings import Limits, Settings
from webify.tool_settings import ToolSettings

EVEN = dict.fromkeys(range(60), 70)  # 10 bytes a day, for more than a year


@pytest.mark.parametrize(
    ("room", "sizes", "days", "keep_days", "told"),
    [
        (100, {}, 90.0, 0, None),
        (100, {0: 70}, 2.9, 0, None),  # too little is known
        (100, {0: 70}, 7.0, 0, 10),
        (100, {0: 30}, 3.0, 0, 10),
        (100, EVEN, 420.0, 0, 10),
        (4000, EVEN, 420.0, 0, None),  # far
        (100, EVEN, 420.0, 90, None),  # as much goes as comes
        (100, EVEN, 420.0, 5, None),
        (100, {0: 140, 1: 140, 2: 140, 3: 140} | dict.fromkeys(range(4, 14), 70), 90.0, 90, 10),
        (100, dict.fromkeys(range(4), 70), 28.0, 90, 10),  # nothing goes yet
        (900, dict.fromkeys(range(4), 70), 28.0, 90, None),  # what comes then takes its place
        (1, EVEN, 420.0, 0, 1),
    ],
)
def test_room_is_used_up_at_the_pace_of_the_last_weeks_less_what_goes(
    room: int, sizes: Mapping[int, int], days: float, keep_days: int, told: int | None
) -> None:
    assert days_until_full(room, sizes, days, keep_days) == told


def test_week_of_each_run_that_goes_is_asked_for_and_few_others() -> None:
    assert weeks(0) == [0, 1, 2, 3]
    assert weeks(90) == list(range(13))
    assert weeks(36_500)[:5] == [0, 1, 2, 3, 5162]
    assert len(weeks(36_500)) < 60


def test_tools_that_never_grow_past_a_limit_count_in_no_forecast(tmp_path: Path) -> None:
    tools = {"a": ToolSettings(keep_runs=5), "b": ToolSettings(keep_days=5)}
    assert limited(Settings(tmp_path, tmp_path, tools=tools)) == {"a"}
    assert limited(Settings(tmp_path, tmp_path, limits=Limits(keep_bytes=9))) is None
