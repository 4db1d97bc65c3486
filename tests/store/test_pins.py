"""Pins: marks that people put on runs, one suite for all databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from webify.errors import RunUnknown, SettingsWrong
from webify.model.run import Run, State
from webify.store.store import RunFilter, Store
from webify.store.tables import VERSION


def kept(store: Store, name: str, **fields: str | State) -> Run:
    return store.add(Run(name, "stock", "Stock", created=datetime.now(UTC), **fields))


def test_pin_says_who_and_when_and_stays_as_it_was(store: Store) -> None:
    before = datetime.now(UTC)
    run = kept(store, "a")
    pin = store.pin("a", "Ænna")
    assert (pin.run, pin.user) == ("a", "Ænna")
    assert before <= pin.created <= datetime.now(UTC)
    assert store.pin("a", "somebody else") == pin
    assert store.pins([run]) == {"a": pin}


def test_unpinned_run_has_no_pin_and_is_still_there(store: Store) -> None:
    run = kept(store, "a")
    store.pin("a")
    store.unpin("a")
    store.unpin("a")
    assert store.pins([run]) == {}
    assert store.run("a") == run


def test_run_that_is_not_there_cannot_be_pinned(store: Store) -> None:
    with pytest.raises(RunUnknown):
        store.pin("nobody")
    with pytest.raises(RunUnknown):
        store.unpin("nobody")


def test_filter_finds_the_pinned_runs_among_the_others(store: Store) -> None:
    runs = [kept(store, name) for name in "abc"]
    for name in "ca":
        store.pin(name)
    assert [run.id for run in store.runs(RunFilter(pinned=True))] == ["c", "a"]
    assert store.count(RunFilter(pinned=True)) == 2
    assert store.count(RunFilter(pinned=True, tool="other")) == 0
    assert set(store.pins(runs)) == {"a", "c"}
    assert store.pins([]) == {}


def test_pin_changes_nothing_of_the_run(store: Store) -> None:
    run = kept(store, "a", reason="Fine")
    store.pin("a")
    store.change("a", state=State.SUCCEEDED)
    assert store.run("a").reason == run.reason
    assert "a" in store.pins([run])


def test_threads_may_pin_the_same_run_at_the_same_time(store: Store) -> None:
    kept(store, "a")
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: store.pin("a"), range(24)))
    assert len(made) == 1
    assert store.count(RunFilter(pinned=True)) == 1


def test_pin_outlives_the_store_object_and_goes_with_its_run(lasting_url: str) -> None:
    first = Store(lasting_url)
    run = kept(first, "a")
    pin = first.pin("a")
    first.close()
    second = Store(lasting_url)
    assert second.pins([run]) == {"a": pin}
    with second._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM runs")
    assert second.pins([run]) == {}
    second.close()


def test_data_folder_of_a_later_version_is_refused(lasting_url: str) -> None:
    store = Store(lasting_url)
    with store._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE webify_schema SET version = {VERSION + 1}")
    store.close()
    with pytest.raises(SettingsWrong, match="a later webify"):
        Store(lasting_url)
