"""A workbook holds what is shown, with types, and nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import os
import re
import zipfile
from xml.etree import ElementTree

import pytest

from tests.rows.stock import written
from webify.errors import TableUnknown
from webify.model.block import Column, Table
from webify.rows.filters import Filter
from webify.rows.page import View
from webify.rows.workbook import clean, xlsx_pieces

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


def sheet(path, table, view=None):
    """Return the first sheet as XML."""
    data = b"".join(xlsx_pieces(path, table, view or View()))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def cells(root):
    """Return (type, text) of each cell, row by row."""
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{SPACE}c")]
        for row in root.iter(f"{SPACE}row")
    ]


def test_cells_have_types_and_the_head_is_frozen(path):
    rows = [["12", "1,200.50", "5%", "2026-11-22", "yes", "bolt"]]
    root = sheet(path, written(path, ["i", "n", "p", "d", "y", "t"], rows))
    kinds = [("n", "12"), ("n", "1200.5"), ("n", "0.05"), ("n", "46348"), ("b", "1")]
    assert cells(root)[1] == [*kinds, ("inlineStr", "bolt")]
    assert root.find(f".//{SPACE}pane").get("state") == "frozen"
    assert root.find(f"{SPACE}autoFilter").get("ref") == "A1:F2"


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(A1)", "\t=1", "{=1+1}", "http://x/y"]
)
def test_text_stays_text_and_is_never_a_formula_or_a_link(path, cell):
    root = sheet(path, written(path, ["a"], [[cell], ["x y"]]))
    assert cells(root)[1] == [("inlineStr", cell)]
    assert not list(root.iter(f"{SPACE}f"))
    assert not list(root.iter(f"{SPACE}hyperlink"))


@pytest.mark.parametrize("cell", ["a\x00b", "a\x07b", "a\x1bb", "a\x1fb", "a\ufffeb", "a\ud800b"])
def test_characters_that_xml_cannot_hold_are_replaced(path, cell):
    root = sheet(path, written(path, [cell], [[cell], ["x y"]]))
    assert re.fullmatch("a[\ufffd?]b", cells(root)[1][0][1])


def test_figures_with_more_digits_than_a_spreadsheet_keeps_are_text(path):
    rows = [["9" * 400], ["123456789012345678"], ["12"], ["-"]]
    found = cells(sheet(path, written(path, ["n"], rows)))
    assert found[1:4] == [
        [("inlineStr", "9" * 400)],
        [("inlineStr", "123456789012345678")],
        [("n", "12")],
    ]
    assert found[4:] in ([], [[]])


@pytest.mark.parametrize(
    ("cell", "others"),
    [("NaN", "1"), ("Infinity", "1"), ("-inf", "1"), ("1800-01-01", "2026-11-22"), ("x", "yes")],
)
def test_what_a_spreadsheet_has_no_value_for_is_text_or_nothing(path, cell, others):
    found = cells(sheet(path, written(path, ["n"], [[others]] * 30 + [[cell]])))
    assert found[31:] in ([[("inlineStr", cell)]], [], [[]])


def test_a_workbook_follows_the_view_and_leaves_nothing_behind(path):
    table = written(path, ["n", "s"], [[str(at), "ab"[at % 2]] for at in range(900)])
    view = View(sort="-0", filters=(Filter(1, values=("b",)),), page=3, size=25)
    found = cells(sheet(path, table, view))
    assert [row[0][1] for row in found[:3]] == ["n", "899", "897"]
    assert len(found) == 451
    assert [each.name for each in path.parent.iterdir()] == ["rows.db"]


def test_what_a_killed_server_left_behind_goes_with_the_next_workbook(path):
    table = written(path, ["n"], [["1"]])
    old, new = path.parent / "xlsx-old", path.parent / "xlsx-new"
    for each in (old, new):
        each.mkdir()
        (each / "table.xlsx").write_bytes(b"half")
    os.utime(old, (1, 1))
    assert b"".join(xlsx_pieces(path, table, View()))
    assert sorted(each.name for each in path.parent.iterdir()) == ["rows.db", "xlsx-new"]


def test_a_reader_who_leaves_early_leaves_nothing_behind(path):
    table = written(path, ["n"], [[str(at) * 9] for at in range(90_000)])
    pieces = xlsx_pieces(path, table, View())
    assert next(pieces)
    pieces.close()
    assert [each.name for each in path.parent.iterdir()] == ["rows.db"]


def test_long_cells_are_cut_where_a_spreadsheet_ends():
    assert len(clean("x" * 50_000_000)) == 32_767


def test_headings_are_words_whatever_they_look_like(path):
    heads = ["<script>alert(1)</script>", "=1+1", "a", "a", ""]
    found = cells(sheet(path, written(path, heads, [["1", "2", "3", "4", "5"]])))
    assert [text for _, text in found[0]] == [*heads[:3], "a 2", "column 5"]


def test_a_table_that_is_not_there_is_told_before_anything_is_sent(path):
    with pytest.raises(TableUnknown):
        xlsx_pieces(path, Table(1, (Column("a"),), 5), View())
