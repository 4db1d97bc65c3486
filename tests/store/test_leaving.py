"""Which runs are not kept any longer, one suite for all databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from webify.errors import RunUnknown
from webify.model.run import Run, State
from webify.store.leaving import Limit, Limits
from webify.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OFTEN = 1000


def keep(store: Store, name: str, age: float = 0, size: int | None = None, **fields: Any) -> Run:
    fields = {"tool": "stock", "state": State.SUCCEEDED, **fields}
    run = store.add(Run(name, title="T", created=NOW - age * DAY, **fields))
    if size is not None:
        store.measure(name, size)
    return run


def gone(store: Store, now: datetime | None = NOW, **limits: Any) -> str:
    return "".join(run.id for run in store.leaving(Limits(**limits), now, OFTEN))


@pytest.fixture
def aged(store: Store) -> Store:
    for name, age in {"a": 100, "b": 91, "c": 89, "d": 1}.items():
        keep(store, name, age)
    return store


def test_run_goes_when_it_is_older_than_is_kept(aged: Store) -> None:
    assert gone(aged, days=Limit(90)) == "ab"
    assert gone(aged, days=Limit(0)) == ""
    assert gone(aged, now=None, days=Limit(90)) == ""


def test_tool_may_keep_its_runs_longer_or_shorter_than_the_site(aged: Store) -> None:
    keep(aged, "e", 20, tool="share")
    assert gone(aged, days=Limit(90, {"share": 10})) == "abe"
    assert gone(aged, days=Limit(90, {"stock": 0, "share": 30})) == ""
    assert gone(aged, days=Limit(0, {"stock": 95})) == "a"


def test_run_that_took_long_is_kept_from_its_end_on(store: Store) -> None:
    keep(store, "a", 100, ended=NOW - DAY)
    keep(store, "b", 100, ended=NOW - 200 * DAY)  # the clock was set back while it went on
    assert gone(store, days=Limit(90)) == "b"


def test_run_from_the_future_stays(store: Store) -> None:
    keep(store, "a", -4000)
    assert gone(store, days=Limit(1)) == ""


def test_pinned_and_unfinished_runs_stay_whatever_the_limits(aged: Store) -> None:
    keep(aged, "e", 200, state=State.RUNNING)
    keep(aged, "f", 200, state=State.QUEUED)
    aged.pin("a")
    tight = {"days": Limit(1), "runs": Limit(1), "bytes": Limit(1), "all_bytes": 1}
    assert gone(aged, **tight) == "bc"
    assert not any(aged.remove(name) for name in "aef")


def test_newest_runs_of_each_tool_are_kept(aged: Store) -> None:
    for name in "efg":
        keep(aged, name, tool="share")
    assert gone(aged, runs=Limit(2)) == "abe"
    assert gone(aged, runs=Limit(0, {"share": 1})) == "ef"
    assert gone(aged, runs=Limit(2, {"share": 0})) == "ab"
    aged.pin("c")
    assert gone(aged, runs=Limit(2)) == "ae"  # a pinned run takes no place


def test_bytes_of_a_tool_push_out_its_oldest_runs(store: Store) -> None:
    for name, size in {"a": 10, "b": 10, "c": 10, "d": None}.items():
        keep(store, name, size=size)
    keep(store, "e", size=100, tool="share")
    assert gone(store, bytes=Limit(20)) == "a"
    assert gone(store, bytes=Limit(19)) == "ab"
    assert gone(store, bytes=Limit(0, {"stock": 5})) == "abc"
    store.pin("a")
    assert gone(store, bytes=Limit(20)) == "b"  # what is pinned takes room that others have not


def test_newest_run_of_a_tool_stays_however_large_it_is(store: Store) -> None:
    keep(store, "a", size=10)
    keep(store, "b", size=10**13)
    assert gone(store, bytes=Limit(5), all_bytes=5) == "a"


def test_disk_is_shared_by_all_tools_and_the_oldest_go(store: Store) -> None:
    for number, name in enumerate("abcdef"):
        keep(store, name, size=10, tool=("stock", "share")[number % 2])
    assert gone(store, all_bytes=40) == "ab"
    assert gone(store, all_bytes=60) == ""
    assert store.bytes() == 60


def test_answers_that_a_tool_did_not_take_go_after_a_day_and_count_nowhere(store: Store) -> None:
    keep(store, "a", 2, state=State.REFUSED)
    keep(store, "b", 1)
    keep(store, "c", 0.5, state=State.REFUSED)
    assert gone(store, days=Limit(90)) == "a"
    assert gone(store, now=None, runs=Limit(1)) == ""


def test_oldest_go_first_and_so_many_at_a_time(aged: Store) -> None:
    first = aged.leaving(Limits(days=Limit(1)), NOW + DAY, 2)
    assert [run.id for run in first] == ["a", "b"]
    assert aged.remove("a")
    assert not aged.remove("a")
    with pytest.raises(RunUnknown):
        aged.run("a")


def test_ended_runs_are_measured_once_and_again_where_they_grew(store: Store) -> None:
    keep(store, "a")
    keep(store, "b", state=State.RUNNING)
    assert [run.id for run in store.unmeasured(OFTEN)] == ["a"]
    store.measure("a", 5_000_000_000_000)
    assert store.unmeasured(OFTEN) == []
    assert store.bytes() == 5_000_000_000_000
    store.measure("a", None)
    assert [run.id for run in store.unmeasured(OFTEN)] == ["a"]
    assert store.bytes() == 0


def test_known_runs_are_told_among_very_many_names(store: Store) -> None:
    keep(store, "a", state=State.REFUSED)
    keep(store, "b")
    names = [f"x{number}" for number in range(40_000)]
    assert store.known([*names, "a", *names, "b"]) == {"a", "b"}
    assert store.first() == NOW


def test_room_of_each_span_of_time_is_told_without_some_tools(store: Store) -> None:
    for name, age, size in (("a", 8, 100), ("b", 3, 20), ("c", 1, 3)):
        keep(store, name, age, size=size)
    keep(store, "d", 2, size=1000, tool="share")
    keep(store, "e", 2)  # not measured yet
    spans = [(NOW - 7 * DAY, NOW), (NOW - 14 * DAY, NOW - 7 * DAY)]
    assert store.sizes(spans, {"share"}) == [23, 100]
    assert store.sizes(spans, ()) == [1023, 100]
