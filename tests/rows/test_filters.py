"""A filter finds what a person means by it, and says what it cannot read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rows.stock import written
from webify.rows.facets import facet
from webify.rows.filters import Filter
from webify.rows.page import View, read_page
from webify.rows.selection import SMALL


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


def shown(path, table, *filters, **view):
    page = read_page(path, table, View(filters=filters, **view))
    return [row[0] for row in page.rows]


BOUNDS = [
    (["1,200", "7", "-3", "", "-"], "0", "1200", ["1,200", "7"]),
    (["€5", "€7.50"], "6", "", ["€7.50"]),
    (["5%", "40 %"], "", "10%", ["5%"]),
    (["1,5", "12,25", "3"], "2", "12,25", ["12,25", "3"]),
    (["4.0K", "1.1G", "512", "3M"], "1 MB", "1 GiB", ["3M"]),
    (["3 min 12 s", "1h2m", "350ms"], "1 s", "5 min", ["3 min 12 s"]),
    (["2026-11-22", "2026-11-22T23:59:59", "2026-11-23"], "2026-11-22", "2026-11-22", [0, 1]),
    (["22/11/2026", "03/04/2026"], "2026-04", "22 Nov 2026", [0, 1]),
    (["22/11/2026", "03/04/2026"], "", "03/04/2026", ["03/04/2026"]),
    (["2026-11-22", "2025-01-01"], "2026", "", ["2026-11-22"]),
    (["09:42", "17:30"], "12:00", "", ["17:30"]),
]


@pytest.mark.parametrize(("cells", "least", "most", "found"), BOUNDS)
def test_bounds_are_read_as_they_are_typed(path, cells, least, most, found):
    table = written(path, ["n"], [[cell] for cell in cells])
    wanted = [cells[each] if isinstance(each, int) else each for each in found]
    assert shown(path, table, Filter(0, least, most)) == wanted


def test_bounds_are_in_the_unit_of_the_heading(path):
    table = written(path, ["Size (MB)"], [["4"], ["12.5"], ["900"]])
    assert shown(path, table, Filter(0, "10", "1 GB")) == ["12.5", "900"]


FAULTS = [
    ("12", "abc", "Enter a number, like 20. You entered “abc”."),
    ("1.5", "1.2.3", "Enter a number, like 20 or 2.5. You entered “1.2.3”."),
    ("5%", "half", "Enter a percentage, like 20. You entered “half”."),
    ("4.0K", "big", "Enter a size, like 20 MB or 1.5 GiB. You entered “big”."),
    ("1h2m", "long", "Enter a duration, like 90 s or 1 h 30 min. You entered “long”."),
    ("2026-11-22", "31 February 2026", "Enter a date, like 2026-11-22. You entered “31 Februa"),
    ("09:42", "25:00", "Enter a time, like 09:30. You entered “25:00”."),
]


@pytest.mark.parametrize(("cell", "typed", "sentence"), FAULTS)
def test_a_bound_that_cannot_be_read_is_told_and_left_out(path, cell, typed, sentence):
    table = written(path, ["n"], [[cell]])
    page = read_page(path, table, View(filters=(Filter(0, most=typed),)))
    assert page.faults[0].sentence.startswith(sentence)
    assert (page.faults[0].column, page.faults[0].field) == (0, "most")
    assert page.rows == ((cell,),)


def test_values_are_chosen_as_they_are_shown(path):
    cells = ["ok", "failed", "", "ok", "-", "open"]
    table = written(path, ["n"], [[cell] for cell in cells])
    assert shown(path, table, Filter(0, values=("ok",))) == ["ok", "ok"]
    assert shown(path, table, Filter(0, values=("ok", "failed"))) == ["ok", "failed", "ok"]
    assert shown(path, table, Filter(0, values=("",))) == ["", "-"]


def test_a_range_and_empty_find_cells_of_the_range_and_empty_ones(path):
    table = written(path, ["n", "s"], [["5", "a"], ["", "a"], ["15", "a"], ["-", "b"], ["99", "a"]])
    assert shown(path, table, Filter(0, "10", "20", values=("",))) == ["", "15", "-"]
    both = (Filter(0, "10", "20", values=("",)), Filter(1, values=("a",)))
    assert shown(path, table, *both) == ["", "15"]


def test_words_can_be_looked_for_in_one_column(path):
    table = written(path, ["a", "b"], [["Ball valve", "x"], ["x", "ball"], ["Ball", "y"]])
    assert shown(path, table, Filter(0, words="VALVE ball")) == ["Ball valve"]


def test_all_filters_and_the_search_go_together(path):
    rows = [[f"k{at % 7}", str(at), "ab"[at % 2]] for at in range(100)]
    table = written(path, ["k", "n", "s"], rows)
    filters = (Filter(1, "10", "50"), Filter(2, values=("a",)))
    page = read_page(path, table, View(q="k3", filters=filters, sort="-1"))
    assert [row[1] for row in page.rows] == ["38", "24", "10"]
    assert page.words == "Rows 1–3 of 3 (filtered from 100)"


@pytest.mark.parametrize("column", [-1, 5, 9999])
def test_a_filter_of_no_column_is_none(path, column):
    table = written(path, ["n"], [["1"]])
    page = read_page(path, table, View(filters=(Filter(column, "9", values=("x",)),)))
    assert (page.rows, page.filters) == ((("1",),), ())


CELLS = st.one_of(st.integers(-99, 9999).map("{:,}".format), st.sampled_from(["", "-"]))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(CELLS, min_size=1, max_size=40),
    st.integers(-50, 5000),
    st.integers(-50, 5000),
    st.sampled_from(["", "1", "0 1"]),
    st.sampled_from(["", "0", "-0"]),
)
def test_a_filter_finds_what_plain_python_finds(tmp_path_factory, cells, least, most, q, sort):
    path = tmp_path_factory.mktemp("few") / "rows.db"
    cells = ["1", *cells]
    table = written(path, ["n"], [[cell] for cell in cells])
    number = {cell: int(cell.replace(",", "")) for cell in cells if cell.strip("-")}
    wanted = [
        cell
        for cell in cells
        if least <= number.get(cell, -1000) <= most and all(word in cell for word in q.split())
    ]
    wanted = sorted(wanted, key=number.get, reverse=sort == "-0") if sort else wanted
    found = shown(path, table, Filter(0, str(least), str(most)), q=q, sort=sort)
    assert found == wanted


def test_facets_tell_what_a_column_offers(path):
    rows = [[str(at), "ok" if at % 3 else "-", f"word {at}"] for at in range(30)]
    table = written(path, ["n", "s", "w"], rows)
    number, state, words = (facet(path, table, View(), at) for at in range(3))
    assert (number.kind, number.least, number.most, number.values) == ("range", "0", "29", ())
    assert (state.kind, state.values, state.empty) == ("list", (("ok", 20),), 10)
    assert (words.kind, words.values) == ("search", ())


def test_facets_follow_the_other_filters_and_not_their_own(path):
    rows = [["a", "1"], ["b", "2"], ["a", "3"]]
    table = written(path, ["s", "n"], rows)
    view = View(filters=(Filter(0, values=("a",)), Filter(1, least="2")))
    assert facet(path, table, view, 0).values == (("b", 1), ("a", 1))
    assert facet(path, table, view, 1).least == "1"


def test_facets_of_a_large_table_are_known_the_second_time(path):
    table = written(path, ["s"], [["ab"[at % 2]] for at in range(SMALL + 2)])
    once, again = (facet(path, table, View(), 0) for _ in range(2))
    assert once == again
    assert once.values == (("a", SMALL // 2 + 1), ("b", SMALL // 2 + 1))
