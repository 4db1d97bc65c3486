"""Nothing that a tool prints breaks its tables, and no broken file breaks a page."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rows.stock import written
from webify.errors import TableUnknown
from webify.rows.export import BYTE_ORDER_MARK, csv_lines, guarded, json_lines
from webify.rows.facets import facet
from webify.rows.page import LONGEST, View, read_page, walk
from webify.rows.writer import Writer

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)

PRINTED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=30))
def test_cells_come_back_as_they_were(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("few") / "rows.db"
    table = written(path, ["a", "b"], rows)
    assert list(walk(path, table, View())) == rows


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PRINTED, PRINTED), max_size=30))
def test_csv_that_is_read_back_is_the_cells(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("few") / "rows.db"
    rows = [*rows, *[("some words", "more words")] * (20 * len(rows))]
    text = "".join(csv_lines(path, written(path, ["a", "b"], rows), View()))
    found = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert found[1:] == [[*map(guarded, row)] for row in rows]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(TEXT, max_size=4), max_size=20), st.integers(1, 7))
def test_rows_of_any_width_and_in_any_batches_are_all_there(tmp_path_factory, rows, step):
    path = tmp_path_factory.mktemp("few") / "rows.db"
    writer = Writer(path)
    number = writer.create(["a", "b"])
    for at in range(0, len(rows), step):
        writer.add(number, rows[at : at + step])
        writer.flush()
    table = writer.table(number)
    writer.close()
    filled = [[*row, *[""] * (2 - len(row))] for row in rows]
    wanted = [(row[0], " ".join(row[1:])) for row in filled]
    assert list(walk(path, table, View())) == wanted


def test_five_thousand_columns_are_kept(path):
    names = [f"c{at}" for at in range(5_000)]
    table = written(path, names, [names, ["7"] * 5_000])
    page = read_page(path, table, View(q="C4999 c7", sort="-4999"))
    assert (page.matched, page.rows[0][4999]) == (1, "c4999")
    assert read_page(path, table, View(sort="4999")).rows[0][0] == "7"


def test_a_cell_of_fifty_megabytes_is_kept_and_found(path):
    long = "x" * 50_000_000
    table = written(path, ["a", "b"], [["1", long], ["2", "y"], ["3", long + "needle"]])
    assert read_page(path, table, View(q="needle", sort="1")).rows[0][0] == "3"
    assert read_page(path, table, View(sort="-1")).rows[0] == ("2", "y")
    assert read_page(path, table, View()).rows[0] == ("1", "x" * LONGEST + "…")
    assert next(walk(path, table, View())) == ("1", long)


def test_parts_of_long_cells_do_not_grow_without_bound(path):
    table = written(path, ["a"], [["x" * 300_000] for _ in range(40)])
    with sqlite3.connect(path) as database:
        most = database.execute("SELECT max(length(cells)) FROM t1").fetchone()[0]
    database.close()
    assert most < 2_000_000
    assert len(list(walk(path, table, View()))) == 40


@pytest.mark.parametrize(
    "cell", ["\ud800", "a\udfffb", "x\x00y", "\x1f", "\x1e", "\x1e[1]", "\x1b[1m"]
)
def test_any_character_can_be_in_a_cell(path, cell):
    table = written(path, ["a", "b"], [[cell, "1"], ["plain", "2"]])
    page = read_page(path, table, View(sort="-1"))
    assert page.rows[1] == (cell.encode(errors="replace").decode(), "1")
    assert "".join(csv_lines(path, table, View()))
    assert json.loads("".join(json_lines(path, table, View())))[0]["b"] == 1


@pytest.mark.parametrize("cell", ["NaN", "Infinity", "-Infinity", "1e-999", "9" * 400, "-0"])
def test_json_is_json_whatever_the_figures(path, cell):
    table = written(path, ["n"], [[cell], *[["1.5"]] * 30])
    found = json.loads(
        "".join(json_lines(path, table, View())), parse_constant=lambda name: pytest.fail(name)
    )
    assert found[1] == {"n": 1.5}
    assert read_page(path, table, View(sort="-0")).matched == 31
    assert facet(path, table, View(), 0).kind == "range"


def test_json_has_types_and_a_name_for_each_column(path):
    rows = [["1,200", "5%", "22 Nov 2026", "yes", "x", "-"]]
    table = written(path, ["n", "n", "d", "y", "", "e"], rows)
    found = json.loads("".join(json_lines(path, table, View())))
    assert found == [{"n": 1200, "n 2": 5, "d": "2026-11-22", "y": True, "column 5": "x", "e": "-"}]


def test_json_of_no_rows_is_an_empty_list(path):
    assert json.loads("".join(json_lines(path, written(path, ["a"], []), View()))) == []


def test_csv_has_iso_dates_and_plain_decimals(path):
    table = written(path, ["d", "n"], [["22/11/2026", "1.234,50"], ["-", "12,5"]])
    text = "".join(csv_lines(path, table, View()))
    assert text.splitlines()[1:] == ["2026-11-22,1234.50", "'-,12.5"]


def test_a_heading_of_any_words_is_kept(path):
    table = written(path, ["<script>alert(1)</script>", "=1"], [["1", "2"]])
    assert table.columns[0].name == "<script>alert(1)</script>"
    assert "".join(csv_lines(path, table, View())).splitlines()[0].endswith(",'=1")


def test_a_missing_or_broken_file_is_told(path):
    table = written(path, ["a"], [["x"]] * 2_000)
    whole = path.read_bytes()
    for wreck in (b"", b"no database", whole[:5000], whole[:9000] + b"\x00" * (len(whole) - 9000)):
        path.write_bytes(wreck)
        for ask in (
            lambda: read_page(path, table, View("x", "-0")).rows,
            lambda: list(walk(path, table, View())),
            lambda: facet(path, table, View(), 0),
        ):
            with pytest.raises(TableUnknown):
                ask()
    path.unlink()
    with pytest.raises(TableUnknown):
        read_page(path, table, View())
    assert not path.exists()


def test_where_the_disk_is_full_the_table_ends_and_says_so(path, monkeypatch):
    writer = Writer(path)
    number = writer.create(["a"])
    writer.add(number, [["x"]] * 60)
    full = sqlite3.OperationalError("database or disk is full")
    database = writer._database()
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 2}")
    writer.add(number, [["y" * 1_000]] * 20_000)
    writer.add(number, [["z"]])
    table = writer.table(number)
    writer.close()
    assert str(full) in table.cut
    assert table.cut.startswith("The rows after the first 60 could not be kept")
    assert len(list(walk(path, table, View()))) == 60


def test_a_file_that_cannot_be_made_is_told_to_who_writes(tmp_path):
    writer = Writer(tmp_path / "missing" / "rows.db")
    with pytest.raises(sqlite3.OperationalError):
        writer.create(["a"])


def test_a_page_may_be_read_where_nothing_can_be_written(path, tmp_path):
    table = written(path, ["n"], [[str(at)] for at in range(100)])
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(path, other / "rows.db")
    assert read_page(other / "rows.db", table, View("1", "-0")).rows[0] == ("91",)
    assert [each.name for each in other.iterdir()] == ["rows.db"]
