"""The history, one suite for all databases."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import Postgres
from webify.errors import RunUnknown, SettingsWrong, StoreUnusable
from webify.model.run import Run, State
from webify.store.store import RunFilter, Store

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
FULL = Run(
    id="abc",
    tool="stock",
    title="Stock levels",
    path=("levels", "all of them"),
    values={"site": "Nörd", "limit": "5", "on": True, "rows": [["a", "b"]], "n": 3},
    argv=("stock", "levels", "--site=Nörd", "--note=50%_off"),
    user="Ænna",
    state=State.FAILED,
    created=NOON,
    started=NOON + timedelta(seconds=1),
    ended=NOON + timedelta(seconds=2),
    exit_code=3221225477,
    rows=5_000_000_000,
    reason="It broke",
)


def run(name: str, **fields: Any) -> Run:
    return replace(Run(name, "stock", "Stock", created=NOON), **fields)


def names(runs: list[Run]) -> list[str]:
    return [each.id for each in runs]


def test_run_is_read_as_it_was_kept(store: Store) -> None:
    kept = store.add(FULL)
    assert kept == replace(FULL, number=kept.number)
    assert store.run("abc") == kept
    assert store.by_number(kept.number) == kept


def test_times_of_any_zone_are_the_same_moment_in_utc(store: Store) -> None:
    store.add(run("a", created=NOON.astimezone(timezone(timedelta(hours=-7)))))
    created = store.run("a").created
    assert created == NOON
    assert created.tzinfo is UTC


def test_numbers_rise_and_are_never_used_again(store: Store) -> None:
    numbers = [store.add(run(f"r{i}")).number for i in range(5)]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 0


def test_unknown_run_is_told(store: Store) -> None:
    with pytest.raises(RunUnknown, match="There is no run 9999"):
        store.by_number(9999)
    with pytest.raises(RunUnknown):
        store.run("nobody")
    with pytest.raises(RunUnknown):
        store.change("nobody", rows=1)


def test_change_touches_only_what_it_names(store: Store) -> None:
    kept = store.add(FULL)
    changed = store.change("abc", state=State.SUCCEEDED, reason="Fine now", exit_code=None)
    assert changed == replace(kept, state=State.SUCCEEDED, reason="Fine now", exit_code=None)
    assert store.run("abc") == changed
    assert store.count(RunFilter(text="fine now")) == 1
    assert store.count(RunFilter(text="broke")) == 0


def test_runs_come_newest_first_and_in_pages(store: Store) -> None:
    for number in range(7):
        store.add(run(f"r{number}"))
    assert names(store.runs(RunFilter(), limit=3)) == ["r6", "r5", "r4"]
    assert names(store.runs(RunFilter(), limit=3, offset=6)) == ["r0"]
    assert store.count(RunFilter()) == 7


@pytest.fixture
def history(store: Store) -> Store:
    day = timedelta(days=1)
    store.add(run("a", path=("levels",), created=NOON - 2 * day, state=State.FAILED))
    store.add(run("b", path=("levels", "all"), created=NOON - day, argv=("stock", "--site=NÖRD")))
    store.add(run("c", tool="share", title="Shared 100%", user="Anna", state=State.RUNNING))
    store.add(run("d", reason="no_such table", state=State.LOST))
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RunFilter(tool="stock"), "dba"),
        (RunFilter(state=State.FAILED), "a"),
        (RunFilter(since=NOON - timedelta(days=1)), "dcb"),
        (RunFilter(until=NOON - timedelta(days=1)), "a"),
        (RunFilter(text="nörd"), "b"),
        (RunFilter(text="ANNA shared"), "c"),
        (RunFilter(text="0%"), "c"),
        (RunFilter(text="o_s"), "d"),
        (RunFilter(text="'; drop table runs; --"), ""),
        (RunFilter(text="stock", state=State.LOST), "d"),
    ],
)
def test_filter_lets_through_what_it_names(history: Store, wanted: RunFilter, found: str) -> None:
    assert names(history.runs(wanted)) == list(found)
    assert history.count(wanted) == len(found)


def test_counts_and_last_and_unfinished(history: Store) -> None:
    assert history.counts() == {"stock": 3, "share": 1}
    assert names(history.last("stock", 2)) == ["d", "b"]
    assert names(history.unfinished()) == ["b", "c"]


def test_threads_may_write_at_the_same_time(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda number: store.add(run(f"r{number}")), range(80)))
        list(pool.map(lambda each: store.change(each.id, rows=each.number), added))
    assert sorted(each.number for each in added) == [
        each.rows for each in reversed(store.runs(RunFilter(), 80))
    ]


def test_history_outlives_the_store_object(lasting_url: str) -> None:
    first = Store(lasting_url)
    kept = first.add(FULL)
    second = Store(lasting_url)
    assert second.run("abc") == kept
    first.close()
    second.close()


def test_store_of_a_later_webify_is_refused(lasting_url: str) -> None:
    store = Store(lasting_url)
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE webify_schema SET version = 99")
    with pytest.raises(SettingsWrong, match="a later webify"):
        Store(lasting_url)
    store.close()


def test_address_that_cannot_be_used_is_told(tmp_path: Path, postgres: Postgres) -> None:
    for wrong, said in {
        "nonsense": "cannot be used",
        "oracle9://x": "cannot be used",
        f"sqlite:///{(tmp_path / 'no' / 'x.db').as_posix()}": "cannot be opened",
        f"postgresql+psycopg://me:s3cret@127.0.0.1:{postgres.port}/nobase": "cannot be opened",
    }.items():
        with pytest.raises(SettingsWrong, match=said) as refused:
            Store(wrong)
        assert "s3cret" not in str(refused.value)


def test_database_in_which_nobody_may_write_is_told_at_the_start(tmp_path: Path) -> None:
    path = (tmp_path / "webify.db").as_posix()
    Store(f"sqlite:///{path}").close()
    with pytest.raises(SettingsWrong, match="cannot be opened: attempt to write a readonly"):
        Store(f"sqlite:///file:{path}?mode=ro&uri=true")


def test_database_that_another_program_holds_is_told_in_words_and_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webify.store.opening.BUSY", 0.05)
    store = Store(f"sqlite:///{(tmp_path / 'webify.db').as_posix()}")
    store.add(FULL)
    other = sqlite3.connect(tmp_path / "webify.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnusable, match="Nothing was kept or started"):
        store.add(run("later"))
    with pytest.raises(StoreUnusable, match="cannot be written just now"):
        store.change("abc", rows=1)
    assert names(store.runs(RunFilter())) == ["abc"]
    other.close()
    assert store.add(run("later")).number
    store.close()


@pytest.mark.clock
def test_add_takes_about_a_millisecond(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{(tmp_path / 'webify.db').as_posix()}")
    began = time.monotonic()
    for number in range(200):
        store.add(run(f"r{number}"))
    assert (time.monotonic() - began) / 200 < 0.01
    store.close()
