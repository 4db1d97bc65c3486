"""Comparisons in the background: made once, kept, told how far they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.rows.stock import written
from webify.errors import TableUnknown
from webify.rows import comparisons as module
from webify.rows.compare import Result
from webify.rows.comparisons import Comparisons, Progress
from webify.rows.matching import Side

HEADS, ROWS = ["Code", "n"], [["a", "1"], ["b", "2"]]


@pytest.fixture
def made(tmp_path):
    comparisons = Comparisons(tmp_path / "compared")
    yield comparisons
    comparisons.close()


@pytest.fixture
def sides(tmp_path):
    return [
        Side(tmp_path / f"{name}.db", written(tmp_path / f"{name}.db", HEADS, rows))
        for name, rows in (("old", ROWS), ("new", ROWS[1:]))
    ]


def test_comparison_is_made_once_and_then_read(made, sides, monkeypatch):
    first = made.get(*sides, None, None)
    monkeypatch.setattr(module, "compare", None)
    assert isinstance(first, Result)
    assert made.get(*sides, None, None) == first


def test_comparison_that_takes_long_tells_how_far_it_is_and_is_found_later(
    made, sides, monkeypatch
):
    go, real = Event(), module.compare

    def slow(old, new, path, key, tell):
        tell("Halfway", 0.5)
        go.wait(10)
        return real(old, new, path, key, tell)

    monkeypatch.setattr(module, "compare", slow)
    told = made.get(*sides, None, 0.01)
    assert isinstance(told, Progress)
    go.set()
    assert made.get(*sides, None, None).gone == 1


def test_many_who_ask_at_once_get_the_same(made, sides):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: made.get(*sides, (0,), None), range(32)))
    assert len(set(found)) == 1


def test_each_key_has_a_file_of_its_own(made, sides):
    assert made.get(*sides, (0,), None) != made.get(*sides, (), None)
    assert made.path(*sides, (0,)) != made.path(*sides, ())


def test_fault_is_told_each_time_and_does_not_stay(made, sides):
    gone = Side(sides[0].path.with_name("gone.db"), sides[0].table)
    for _ in range(2):
        with pytest.raises(TableUnknown):
            made.get(gone, sides[1], None, None)
    assert not made._making


def test_damaged_file_is_made_anew(made, sides):
    first = made.get(*sides, None, None)
    made.path(*sides, None).write_bytes(b"no database at all")
    assert made.get(*sides, None, None) == first


def test_files_that_nobody_looks_at_go(made, sides, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)
    for key in ((0,), (1,), (0, 1), ()):
        made.get(*sides, key, None)
    assert len(list(made.path(*sides, ()).parent.glob("*.db"))) == 2
    assert made.path(*sides, ()).exists()


def test_closing_ends_what_is_being_made(sides, tmp_path, monkeypatch):
    begun, go, real = Event(), Event(), module.compare

    def slow(old, new, path, key, tell):
        begun.set()
        go.wait(10)
        return real(old, new, path, key, tell)

    monkeypatch.setattr(module, "compare", slow)
    made = Comparisons(tmp_path / "compared")
    made.get(*sides, None, 0.01)
    begun.wait(10)
    made._closed.set()
    go.set()
    made.close()
    assert list((tmp_path / "compared").iterdir()) == []
