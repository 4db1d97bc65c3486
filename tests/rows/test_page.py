"""A page of a table: sorted, searched, counted."""

from __future__ import annotations

import pytest

from tests.rows.stock import written
from webify.errors import TableUnknown
from webify.model.block import Column, Table
from webify.rows.page import View, read_page
from webify.rows.selection import SMALL


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


def shown(path, table, **view):
    return [row[0] for row in read_page(path, table, View(**view)).rows]


def test_numbers_sort_as_numbers_and_empty_cells_are_last_both_ways(path):
    table = written(path, ["a"], [[cell] for cell in ("10", "", "9", "1,000", "-2", "")])
    assert shown(path, table, sort="0") == ["-2", "9", "10", "1,000", "", ""]
    assert shown(path, table, sort="-0") == ["1,000", "10", "9", "-2", "", ""]


def test_text_sorts_naturally(path):
    table = written(path, ["a"], [[cell] for cell in ("A10", "b", "a9", "A1")])
    assert shown(path, table, sort="0") == ["A1", "a9", "A10", "b"]
    assert shown(path, table, sort="-0") == ["b", "A10", "a9", "A1"]


@pytest.mark.parametrize("count", [6, SMALL + 2])
def test_equal_cells_keep_the_order_of_the_output_both_ways(path, count):
    table = written(path, ["n", "a"], [[str(at), "xy"[at % 2]] for at in range(count)])
    evens = [str(at) for at in range(0, count, 2)][:3]
    odds = [str(at) for at in range(1, count, 2)][:3]
    assert shown(path, table, sort="1")[:3] == evens
    assert shown(path, table, sort="-1")[:3] == odds


def test_pages_tell_where_they_stand(path):
    table = written(path, ["a"], [[str(at)] for at in range(96)])
    page = read_page(path, table, View(page=2, size=25))
    assert (page.first, page.last, page.pages, page.rows[0]) == (26, 50, 4, ("25",))
    assert page.words == "Rows 26–50 of 96"
    assert read_page(path, table, View(page=99, size=25)).words == "Rows 76–96 of 96"
    assert read_page(path, table, View(page=-3, size=7)).words == "Rows 1–50 of 96"


def test_words_tell_how_much_the_search_left_out(path):
    table = written(path, ["a"], [[f"{'even' if at % 2 else 'odd'} k{at}"] for at in range(1402)])
    assert read_page(path, table, View(q="even K", size=25)).words == (
        "Rows 1–25 of 701 (filtered from 1,402)"
    )
    assert read_page(path, table, View(q="nothing")).words == "No row of 1,402 matches"
    assert read_page(path, table, View(q="nothing")).rows == ()


def test_a_table_without_rows_is_an_empty_page(path):
    table = written(path, ["a"], [])
    page = read_page(path, table, View(sort="0", q="x"))
    assert (page.words, page.rows, page.pages, page.first) == ("No rows", (), 1, 0)


def test_every_word_must_be_in_some_cell_in_any_case(path):
    rows = [["Ball valve", "Riga"], ["Gate valve", "Oslo"], ["Bolt", "RIGA"], ["Ñandú", "ÆRØ"]]
    table = written(path, ["name", "site"], rows)
    assert shown(path, table, q="valve riga") == ["Ball valve"]
    assert shown(path, table, q="RIGA") == ["Ball valve", "Bolt"]
    assert shown(path, table, q="ñANDÚ ærø") == ["Ñandú"]
    assert shown(path, table, q="  ") == [row[0] for row in rows]


@pytest.mark.parametrize("word", ["%", "_", "\\", "'", '"', "%%", "a_b", "';", "[a]", "*", "\\%"])
def test_a_search_means_its_characters(path, word):
    table = written(path, ["a"], [[f"x{word}y"], ["xaby"], ["plain"]])
    assert shown(path, table, q=word) == [f"x{word}y"]
    assert shown(path, table, q=word, sort="-0") == [f"x{word}y"]


@pytest.mark.parametrize("sort", ["7", "-7", "x", "0; DROP TABLE t1", "--0", "0 ", "٣", "1e3"])
def test_a_sort_that_names_no_column_is_none(path, sort):
    table = written(path, ["a"], [["b"], ["a"]])
    page = read_page(path, table, View(sort=sort))
    assert (page.sort, page.rows) == ("", (("b",), ("a",)))


def test_search_and_sort_go_together(path):
    table = written(path, ["a", "n"], [[f"item k{at}", str(-at)] for at in range(30)])
    page = read_page(path, table, View(q="item k1", sort="1", size=25))
    assert [row[1] for row in page.rows][:3] == ["-19", "-18", "-17"]
    assert page.matched == 11


def test_a_table_that_is_not_there_is_unknown(path):
    table = Table(1, (Column("a"),), 5)
    with pytest.raises(TableUnknown):
        read_page(path, table, View())
    path.write_bytes(b"no database at all")
    with pytest.raises(TableUnknown):
        read_page(path, table, View(sort="0"))


def test_looking_changes_nothing_in_the_file(path):
    table = written(path, ["a"], [["b"], ["a"]])
    before = path.read_bytes()
    read_page(path, table, View(q="a", sort="0"))
    assert path.read_bytes() == before
