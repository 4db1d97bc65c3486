"""A table as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest

from tests.rows.stock import written
from webify.rows.export import csv_lines
from webify.rows.page import View


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


def cells(path, table, **view):
    text = "".join(csv_lines(path, table, View(**view)))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_file_has_a_byte_order_mark_and_the_line_breaks_of_spreadsheets(path):
    table = written(path, ["a", "b"], [["x", "1"], ['q"', "2"]])
    assert "".join(csv_lines(path, table, View())) == '\ufeffa,b\r\nx,1\r\n"q""",2\r\n'


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-rm", "@a", "\tx", "=cmd|' /C calc'!A0", "-"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_guarded(path, cell):
    table = written(path, [cell, "b"], [[cell, "y"], ["z", ""]])
    found = cells(path, table)
    assert found[0][0] == found[1][0] == "'" + cell


@pytest.mark.parametrize("cell", ["-3", "+4.5", "-1,200", "-5%", "-$3"])
def test_numbers_are_not_guarded(path, cell):
    table = written(path, ["a"], [[cell], ["text"], ["more"]])
    assert cells(path, table)[1] == [cell]


def test_number_columns_are_plain_figures(path):
    rows = [["1,234.50", "5%", "€1,200", "x"], ["-2,000", "7.5%", "€-3", "1,000"]]
    table = written(path, ["n", "p", "c", "t"], rows)
    assert cells(path, table)[1:] == [
        ["1234.50", "5%", "1200", "x"],
        ["-2000", "7.5%", "-3", "1,000"],
    ]


def test_file_holds_all_pages_with_the_search_and_the_order(path):
    table = written(path, ["n", "a"], [[str(at), f"k{at % 7}"] for at in range(3000)])
    found = cells(path, table, q="k3", sort="-0", page=2, size=25)
    assert len(found) == 1 + len([at for at in range(3000) if at % 7 == 3])
    assert [row[0] for row in found[1:3]] == ["2999", "2992"]


def test_a_large_file_is_never_in_memory_as_a_whole(path):
    table = written(path, ["a"], [["x" * 500] for _ in range(20_000)])
    tracemalloc.start()
    try:
        size = sum(map(len, csv_lines(path, table, View())))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 10_000_000
    assert most < 4_000_000
