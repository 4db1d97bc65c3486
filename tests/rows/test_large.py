"""Large tables: an order is made once by a process of its own, and what was found is kept."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rows.stock import written
from webify.model.block import Column, Table
from webify.rows import orders, totals
from webify.rows.export import csv_lines, json_lines
from webify.rows.filters import Filter
from webify.rows.kept import TRIES, Kept
from webify.rows.page import Progress, View, read_page, walk
from webify.rows.selection import SMALL
from webify.rows.writer import Writer

COUNT = SMALL + 3_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "rows.db"
    chance = random.Random(7)
    rows = [
        [str(at), str(chance.randrange(900)), f"part {chance.randrange(10**6)}", "ab"[at % 2]]
        for at in range(COUNT)
    ]
    rows[5][1] = rows[9][1] = ""
    return path, written(path, ["id", "n", "name", "s"], rows), rows


def ordered(rows, column, key, *, falling):
    filled = [row for row in rows if row[column]]
    return sorted(filled, key=key, reverse=falling) + [row for row in rows if not row[column]]


def test_the_first_who_asks_for_an_order_hears_how_far_it_is(large):
    path, table, _ = large
    page = read_page(path, table, View(sort="0"), patience=0)
    assert isinstance(page.sorting, Progress)
    assert page.sorting.words == f"Sorting {COUNT:,} rows …"
    assert page.rows[0][0] == "0"
    page = read_page(path, table, View(sort="-0"), patience=60)
    assert (page.sorting, page.rows[0][0]) == (None, str(COUNT - 1))


@pytest.mark.parametrize("sort", ["1", "-1"])
def test_pages_of_a_large_table_are_in_order_and_stable(large, sort):
    path, table, rows = large
    wanted = ordered(rows, 1, lambda row: int(row[1]), falling=sort == "-1")
    for number in (1, 17, 9999):
        page = read_page(path, table, View(sort=sort, page=number, size=500), patience=60)
        first = page.first - 1
        assert page.rows == tuple(map(tuple, wanted[first : first + len(page.rows)]))


def test_search_order_and_pages_of_a_large_table_go_together(large):
    path, table, rows = large
    view = View("part 77", "-2", 1, 25, (Filter(3, values=("a",)),))
    found = [row for row in rows if "77" in "\x1f".join(row) and row[3] == "a"]
    wanted = sorted(found, key=lambda row: int(row[2][5:]), reverse=True)
    for _ in range(2):
        page = read_page(path, table, view, patience=60)
        assert page.rows == tuple(map(tuple, wanted[:25]))
        assert page.matched == len(wanted)


@pytest.mark.parametrize("view", [View(), View(sort="-1"), View("77"), View("77", "2")])
def test_all_rows_of_a_large_table_come_out(large, view):
    path, table, rows = large
    found = list(walk(path, table, view))
    wanted = {tuple(row) for row in rows if view.q in "\x1f".join(row)}
    assert len(found) == len(wanted)
    assert set(found) == wanted
    first = read_page(path, table, view, patience=60).rows
    assert tuple(found[: len(first)]) == first


def test_a_second_search_is_known_and_says_the_same(large, monkeypatch):
    path, table, _ = large
    once = read_page(path, table, View("part 5"))
    monkeypatch.delattr("webify.rows.selection.matches")
    assert read_page(path, table, View("part 5")) == once
    assert len(read_page(path, table, View("part 5", page=3)).rows) == 50


def test_sums_of_a_large_table_are_right_and_known_the_second_time(large):
    path, table, rows = large
    wanted = sum(int(row[1] or 0) for row in rows if "77" in "\x1f".join(row))
    for _ in range(2):
        assert read_page(path, table, View("77")).totals == ("", f"{wanted:,}", "", "")


def test_a_table_that_grows_is_sorted_as_far_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr("webify.rows.orders.AGE", 3600.0)
    path = tmp_path / "rows.db"
    writer = Writer(path)
    number = writer.create(["n"])
    writer.add(number, [[str(at)] for at in range(COUNT)])
    read_page(path, writer.table(number), View(sort="-0"), patience=60)
    writer.add(number, [[str(10**6 + at)] for at in range(10_000)])
    page = read_page(path, writer.table(number), View(sort="-0"), patience=60)
    assert (page.rows[0][0], page.total, page.fresh) == (str(COUNT - 1), COUNT, 10_000)
    writer.close()


def test_an_order_is_made_again_for_more_rows_once_it_is_old(tmp_path, monkeypatch):
    path = tmp_path / "rows.db"
    writer = Writer(path)
    number = writer.create(["n"])
    writer.add(number, [[str(at)] for at in range(COUNT)])
    read_page(path, writer.table(number), View(sort="-0"), patience=60)
    writer.add(number, [[str(10**6)]] * 10_000)
    monkeypatch.setattr("webify.rows.orders.AGE", 0.0)
    page = read_page(path, writer.table(number), View(sort="-0"), patience=60)
    assert (page.rows[0][0], page.fresh) == (str(10**6), 0)
    writer.close()


def test_where_no_process_can_be_had_the_order_is_made_here(tmp_path, monkeypatch):
    def none(*_, **__):
        raise OSError("too many processes")

    monkeypatch.setattr("webify.rows.orders.subprocess.Popen", none)
    table = written(tmp_path / "rows.db", ["n"], [[str(at)] for at in range(COUNT)])
    assert read_page(tmp_path / "rows.db", table, View(sort="-0")).rows[0] == (str(COUNT - 1),)


def test_what_is_kept_may_be_broken_or_lost(tmp_path):
    path = tmp_path / "rows.db"
    table = written(path, ["n"], [[str(at)] for at in range(COUNT)])
    once = read_page(path, table, View("99", "-0"), patience=60)
    for wreck in (b"no database at all", b""):
        (tmp_path / "rows-found.db").write_bytes(wreck)
        for name in ("rows-found.db-wal", "rows-found.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        assert read_page(path, table, View("99", "-0"), patience=60) == once


def test_work_that_fails_is_not_begun_for_ever(tmp_path, monkeypatch):
    kept = Kept(tmp_path / "rows.db")
    monkeypatch.setattr("webify.rows.kept.BEAT", -1.0)
    assert [kept.begin("x") for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    kept.end("x")
    assert kept.begin("x")


def test_work_is_done_by_one_at_a_time(tmp_path):
    one, other = Kept(tmp_path / "rows.db"), Kept(tmp_path / "rows.db")
    assert (one.begin("x"), other.begin("x")) == (True, False)
    one.beat("x", 0.4)
    assert other.share("x") == 0.4


def test_old_findings_make_room_for_new_ones(tmp_path, monkeypatch):
    from array import array

    monkeypatch.setattr("webify.rows.kept.MOST_ROWS", 100)
    kept = Kept(tmp_path / "rows.db")
    for key in "abc":
        kept.keep(key, 1, array("I", range(60)))
    assert [kept.found(key) is not None for key in "abc"] == [False, False, True]
    assert list(kept.rows("c", 2, 3)) == [2, 3, 4]


def test_the_process_that_sorts_makes_both_orders(tmp_path):
    path = tmp_path / "rows.db"
    written(path, ["a", "n"], [["x", "2"], ["x", ""], ["x", "10"], ["x", "2"]])
    orders.main([str(path), "1", "1", '{"name": "n", "type": "integer"}'])
    up, down = orders.keys(Table(1, (Column("a"), Column("n", "integer"))), 1)
    assert list(Kept(path).rows(up)) == [0, 3, 2, 1]
    assert list(Kept(path).rows(down)) == [2, 0, 3, 1]


def test_files_of_a_large_table_are_in_the_order_that_is_seen(large):
    path, table, rows = large
    text = "".join(csv_lines(path, table, View(sort="-0")))
    assert text.splitlines()[1].startswith(f"{COUNT - 1},")
    assert len(text.splitlines()) == len(rows) + 1


@pytest.mark.parametrize("lines", [csv_lines, json_lines])
@pytest.mark.parametrize("sort", ["", "-0"])
def test_files_are_read_by_one_thread_after_the_other(large, lines, sort):
    path, table, rows = large
    pieces = lines(path, table, View(sort=sort))
    found = []
    while not found or found[-1]:
        with ThreadPoolExecutor(1) as thread:
            found.append(thread.submit(next, pieces, "").result())
    assert len(found) > 2
    assert "".join(found).count("part ") == len(rows)


def test_sums_of_a_table_that_grows_are_added_to(tmp_path, monkeypatch):
    path = tmp_path / "rows.db"
    writer = Writer(path)
    number = writer.create(["n"])
    writer.add(number, [[str(at)] for at in range(COUNT)])
    assert read_page(path, writer.table(number), View()).totals == (f"{sum(range(COUNT)):,}",)
    looked = []
    real = totals.chosen
    monkeypatch.setattr(totals, "chosen", lambda *given: looked.append(given[4]) or real(*given))
    writer.add(number, [[str(at)] for at in range(COUNT, COUNT + 11_111)])
    wanted = f"{sum(range(COUNT + 11_111)):,}"
    assert read_page(path, writer.table(number), View()).totals == (wanted,)
    assert looked == [COUNT]
    writer.close()
