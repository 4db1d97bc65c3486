"""Rows are kept soon, in batches, and with the types that they show."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

from tests.rows.stock import written
from webify.rows.export import csv_lines
from webify.rows.page import View, read_page
from webify.rows.source import opened
from webify.rows.writer import BATCH, CELLS, FIRST, Writer


def kept(path, number=1):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT rows FROM tables WHERE number = ?", (number,)).fetchone()[0]


def test_a_run_without_a_table_has_no_file(tmp_path):
    writer = Writer(tmp_path / "rows.db")
    writer.tick()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_the_first_rows_are_kept_at_once_and_later_ones_in_batches(tmp_path):
    writer = Writer(tmp_path / "rows.db")
    number = writer.create(["a"])
    writer.add(number, [["1"]])
    assert kept(tmp_path / "rows.db") == 1
    writer.add(number, [["x"]] * FIRST)
    assert kept(tmp_path / "rows.db") == 1 + FIRST
    writer.add(number, [["y"]] * 10)
    assert kept(tmp_path / "rows.db") == 1 + FIRST
    writer.add(number, [["z"]] * BATCH)
    assert kept(tmp_path / "rows.db") == 11 + FIRST + BATCH
    assert writer.table(number).rows == 11 + FIRST + BATCH
    writer.close()


def test_rows_that_wait_are_kept_by_a_later_tick(tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("webify.rows.writer.time.monotonic", lambda: now[0])
    writer = Writer(tmp_path / "rows.db")
    number = writer.create(["a"])
    writer.add(number, [["1"]] * FIRST)
    writer.add(number, [["2"]])
    writer.tick()
    assert kept(tmp_path / "rows.db") == FIRST
    now[0] += 0.3
    writer.tick()
    assert kept(tmp_path / "rows.db") == FIRST + 1
    writer.close()


def test_ragged_rows_are_filled_up_or_joined(tmp_path):
    table = written(tmp_path / "rows.db", ["a", "b"], [["1"], ["1", "2", "3"], []])
    page = read_page(tmp_path / "rows.db", table, View())
    assert page.rows == (("1", ""), ("1", "2 3"), ("", ""))


def test_a_column_that_comes_later_is_empty_above(tmp_path):
    writer = Writer(tmp_path / "rows.db")
    number = writer.create(["a"])
    writer.add(number, [["1"]])
    writer.rename(number, ["a", "b"])
    writer.add(number, [["2", "x"]])
    table = writer.table(number)
    writer.close()
    assert [column.name for column in table.columns] == ["a", "b"]
    assert read_page(tmp_path / "rows.db", table, View(sort="1")).rows == (("2", "x"), ("1", ""))


def test_columns_show_their_types(tmp_path):
    rows = [["12", "LV-1", "1,200", "5%", "€3", "007"], ["7", "LV-2", "-", "", "$4", "12"]]
    table = written(tmp_path / "rows.db", "abcdef", rows)
    types = [column.type for column in table.columns]
    assert types == ["integer", "code", "integer", "percent", "text", "code"]
    assert [column.align for column in table.columns][:2] == ["right", "left"]
    assert table.columns[3].unit == "%"


def test_few_odd_cells_do_not_make_a_number_column_text(tmp_path):
    rows = [[str(at)] for at in range(97)] + [["?"], ["-"], [""], ["about 3"]]
    assert written(tmp_path / "rows.db", ["a"], rows).columns[0].type == "integer"
    half = [[str(at)] for at in range(9)] + [["?"]]
    assert written(tmp_path / "more.db", ["a"], half).columns[0].type == "text"


def test_two_thousand_columns_are_kept(tmp_path):
    names = [f"c{at}" for at in range(2000)]
    table = written(tmp_path / "rows.db", names, [names, ["x"] * 1999 + ["1_0%"]])
    page = read_page(tmp_path / "rows.db", table, View(q="C1999 c7", sort="-1999"))
    assert (page.matched, page.rows[0][1999]) == (1, "c1999")


def test_numbers_too_large_for_the_file_are_sorted_still(tmp_path):
    rows = [["9" * 40], ["1"], ["-" + "9" * 30], ["9" * 19]]
    table = written(tmp_path / "rows.db", ["a"], rows)
    page = read_page(tmp_path / "rows.db", table, View(sort="0"))
    assert [row[0][:3] for row in page.rows] == ["-99", "1", "999", "999"]
    assert len(page.rows[2][0]) == 19


def test_odd_text_is_kept_as_it_is(tmp_path):
    cells = ["it's", '"q"', "a\x00b", "\ud800".encode("utf-8", "replace").decode(), "🚀", "'; DROP"]
    table = written(tmp_path / "rows.db", ["a"], [[cell] for cell in cells])
    assert [row[0] for row in read_page(tmp_path / "rows.db", table, View()).rows] == cells


def test_pages_are_whole_while_rows_are_written(tmp_path):
    path = tmp_path / "rows.db"
    writer = Writer(path)
    number = writer.create(["n", "text"])
    writer.add(number, [["0", "row 0"]])
    table = writer.table(number)
    seen: list[int] = []
    stop = threading.Event()

    def look():
        while not stop.is_set():
            page = read_page(path, table, View(sort="-0", q="row"))
            assert [row[1] for row in page.rows] == [f"row {row[0]}" for row in page.rows]
            assert int(page.rows[0][0]) == page.total - 1
            seen.append(page.total)

    reader = threading.Thread(target=look)
    reader.start()
    for at in range(1, 3000, 10):
        writer.add(number, [[str(n), f"row {n}"] for n in range(at, at + 10)])
        writer.flush()
    stop.set()
    reader.join()
    writer.close()
    assert seen == sorted(seen)
    assert seen


def test_letter_that_is_no_text_costs_no_row(tmp_path):
    writer = Writer(tmp_path / "rows.db")
    number = writer.create(["word"])
    writer.add(number, [["a"], ["b \ud800"], ["c"]])
    writer.flush()
    writer.add(number, [["d"], ["\udfff"]])
    writer.close()
    page = read_page(tmp_path / "rows.db", writer.table(number), View())
    assert [row[0] for row in page.rows] == ["a", "b ?", "c", "d", "?"]


def test_few_rows_of_many_columns_lie_together_and_files_have_all(tmp_path):
    path, width = tmp_path / "rows.db", 5_000
    rows = [[f"{at} {column}" for column in range(width)] for at in range(60)]
    table = written(path, [f"c{at}" for at in range(width)], rows)
    with opened(path, table) as source:
        counts = [part.count for part in source.parts([0, 4_999])]
    assert (sum(counts), max(counts)) == (60, CELLS // width)
    lines = "".join(csv_lines(path, table, View(q="59"))).splitlines()
    assert lines[-1].split(",") == rows[59]
