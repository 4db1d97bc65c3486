"""Two tables compared: what was added, is gone, changed, by a key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rows.stock import written
from webify.errors import TableUnknown
from webify.rows.compare import ADDED, CHANGED, GONE, compare
from webify.rows.differences import (
    csv_of_differences,
    differences,
    read_result,
    walk_differences,
)
from webify.rows.matching import Side, matches

HEADS = ["Code", "Item", "On hand"]
OLD = [["LV-1", "Rake", "3"], ["LV-2", "Hose", "1,200"], ["LV-3", "Spade", "7"]]
NEW = [["LV-4", "Saw", "2"], ["LV-1", "Rake", "3"], ["LV-2", "Hose", "1,196"]]
CELLS = st.sampled_from(["", "a", "b", "1", "2", "é\x00", "\x1f", "<b>", "1:a"])


class Pair:
    """Two tables in a folder, and what their comparison found."""

    def __init__(self, folder, old, new, key=None):
        """Write both, (columns, rows) each, and compare them."""
        folder.mkdir(exist_ok=True, parents=True)
        self.sides = tuple(
            Side(folder / f"{name}.db", written(folder / f"{name}.db", *given))
            for name, given in (("old", old), ("new", new))
        )
        self.path = folder / "found.db"
        self.both = matches(*(side.table for side in self.sides))
        self.result = compare(*self.sides, self.path, key)
        self.left = left(folder)

    @property
    def counts(self):
        found = self.result
        return found.added, found.gone, found.changed, found.same

    @property
    def key(self):
        return [self.both[at].name for at in self.result.key]

    def rows(self, kind="", **some):
        return differences(self.path, *self.sides, kind, **some)

    def texts(self, kind=""):
        return [tuple(cell.text for cell in row.cells) for row in self.rows(kind)]


@pytest.fixture
def pair(tmp_path):
    count = iter(range(99))
    return lambda old, new, key=None: Pair(tmp_path / f"pair-{next(count)}", old, new, key)


def left(folder):
    """Return the files that a comparison left, beside those that SQLite keeps for readers."""
    return sorted(
        path.name for path in folder.rglob("*") if path.suffix in (".db", ".work", ".new")
    )


def test_rows_are_added_gone_changed_and_the_same(pair):
    found = pair((HEADS, OLD), (HEADS, NEW))
    assert found.counts == (1, 1, 1, 1)
    assert found.key == ["Code"]
    assert found.result.guessed
    assert found.texts("added") == [("LV-4", "Saw", "2")]
    assert found.texts("gone") == [("LV-3", "Spade", "7")]
    assert found.texts("changed") == [("LV-2", "Hose", "1,196")]
    assert [row.word for row in found.rows()] == ["Added", "Gone", "Changed"]


def test_changed_cell_has_its_old_text_and_by_how_much_a_figure_changed(pair):
    cells = pair((HEADS, OLD), (HEADS, NEW)).rows("changed")[0].cells
    assert [cell.changed for cell in cells] == [False, False, True]
    assert (cells[2].old, cells[2].new, cells[2].change) == ("1,200", "1,196", "−4")


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [("1.5", "2", "+0.5"), ("0.1", "0.3", "+0.2"), ("€5", "€7.25", "+2.25"), ("9", "x", "")],
)
def test_difference_of_figures_has_their_digits(pair, old, new, change):
    filler = [[f"r{at}", "1"] for at in range(40)]
    found = pair((["Code", "n"], [["a", old], *filler]), (["Code", "n"], [["a", new], *filler]))
    assert found.rows("changed")[0].cells[1].change == change


def test_file_is_read_again_as_it_was_written_and_nothing_else_is_left(pair):
    found = pair((HEADS, OLD), (HEADS, NEW))
    assert read_result(found.path) == found.result
    assert found.left == ["found.db", "new.db", "old.db"]


def test_half_a_file_is_none(tmp_path):
    path = tmp_path / "found.db"
    assert read_result(path) is None
    path.write_bytes(b"no database at all")
    assert read_result(path) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12),
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12),
    st.sampled_from([None, (), (0,), (1, 2), (0, 1, 2)]),
)
def test_differences_applied_to_the_old_table_give_the_new_one(tmp_path_factory, old, new, key):
    found = Pair(tmp_path_factory.mktemp("pair"), ("abc", old), ("abc", new), key)
    added, gone, changed, same = found.counts
    assert added + changed + same == len(new)
    assert gone + changed + same == len(old)
    rows = list(old)
    for row in found.rows():
        if row.kind in (GONE, CHANGED):
            rows.remove(tuple(cell.old for cell in row.cells))
        if row.kind in (ADDED, CHANGED):
            rows.append(tuple(cell.new for cell in row.cells))
    assert sorted(rows) == sorted(new)


def test_pages_and_walk_say_the_same(pair):
    rows = [[f"k{at}", str(at)] for at in range(1_200)]
    found = pair((["Code", "n"], rows[:100]), (["Code", "n"], rows))
    assert found.counts == (1_100, 0, 0, 100)
    pages = [row for at in range(0, 1_100, 50) for row in found.rows("added", skip=at)]
    assert pages == list(walk_differences(found.path, *found.sides, "added"))
    assert len(pages) == 1_100
    assert found.rows("gone") == ()


@pytest.mark.parametrize(
    ("heads", "rows", "key"),
    [
        (["Item", "Code"], [["Rake", "LV-1"], ["Hose", "LV-2"]], ["Code"]),
        (["Item", "On hand"], [["Rake", "1"], ["Hose", "2"]], ["Item"]),
        (["Number", "Item"], [["1", "Rake"], ["2", "Hose"]], ["Item"]),
        (["#", "n"], [["1", "4.5"], ["2", "4.5"]], ["#"]),
        (["Item", "Site", "n"], [["a", "x", "1"], ["a", "y", "1"], ["b", "x", "1"]], None),
        (["n", "m"], [["1.5", "2.5"], ["1.5", "2.5"]], []),
        (["Note"], [[""], ["x"]], []),
    ],
)
def test_key_is_guessed_from_the_left_by_what_tells_rows_apart(pair, heads, rows, key):
    wanted = ["Item", "Site"] if key is None else key
    assert pair((heads, rows), (heads, rows)).key == wanted


def test_column_whose_values_are_drawn_anew_each_time_is_no_key(pair):
    old = [[f"f{at:03}", f"name {at}"] for at in range(20)]
    new = [[f"e{at:03}", f"name {at}"] for at in range(20)]
    found = pair((["Id", "Name"], old), (["Id", "Name"], new))
    assert found.key == ["Name"]
    assert found.counts == (0, 0, 20, 0)


def test_key_that_repeats_after_the_sample_is_given_up(pair, monkeypatch):
    monkeypatch.setattr("webify.rows.matching.LOOKED_AT", 5)
    rows = [[f"k{at % 10}", f"n {at}"] for at in range(30)]
    assert pair((["Code", "Name"], rows), (["Code", "Name"], rows)).key == ["Name"]


def test_rows_with_the_same_key_are_matched_in_order_and_told(pair):
    old = [["a", "1"], ["a", "2"], ["", "x"], ["a", "3"]]
    new = [["a", "1"], ["a", "5"], ["", "y"]]
    found = pair((["Code", "n"], old), (["Code", "n"], new), (0,))
    assert found.counts == (0, 1, 2, 1)
    assert found.result.doubled == (2, 1)
    assert found.texts("gone") == [("a", "3")]
    assert [row.cells[1].old for row in found.rows("changed")] == ["2", "x"]


def test_million_rows_of_one_key_would_not_be_counted_for_each_other(pair):
    rows = [["a", str(at)] for at in range(20_000)]
    found = pair((["k", "n"], rows), (["k", "n"], rows[1:]), (0,))
    assert found.counts == (0, 1, 19_999, 0)


def test_columns_are_matched_by_name_and_those_of_one_table_are_shown_but_not_compared(pair):
    old = (["Code", "Site", "Old"], [["a", "York", "1"], ["b", "Hull", "2"]])
    new = (["New", "Site", "Code"], [["9", "York", "a"], ["8", "Leeds", "b"]])
    found = pair(old, new)
    assert found.key == ["Code"]
    assert found.counts == (0, 0, 1, 1)
    row = found.rows()[0]
    assert [match.name for match in found.both] == ["New", "Site", "Code", "Old"]
    assert [(cell.old, cell.new, cell.changed) for cell in row.cells] == [
        (None, "8", False),
        ("Hull", "Leeds", True),
        ("b", "b", False),
        ("2", None, False),
    ]


def test_columns_of_one_name_and_of_none_are_matched_in_order(pair):
    found = pair((["a", "", "a", ""], [["1", "2", "3", "4"]]), (["a", "a", ""], [["1", "3", "5"]]))
    assert [(match.old, match.new) for match in found.both] == [(0, 0), (2, 1), (1, 2), (3, None)]
    assert [match.name for match in found.both] == ["a", "a", "Column 3", "Column 4"]


def test_tables_without_a_column_in_common_are_told(pair, tmp_path):
    with pytest.raises(TableUnknown, match="no column in common"):
        pair((["a"], [["1"]]), (["b"], [["1"]]))
    assert left(tmp_path) == ["new.db", "old.db"]


def test_two_thousand_columns_are_compared(pair):
    heads = [f"c{at}" for at in range(1_990)]
    old, new = [["x"] * 1_990], [["x"] * 1_989 + ["y"]]
    assert pair((heads, old), (heads, new), (0,)).counts == (0, 0, 1, 0)
    assert pair((heads, old), (heads, new), ()).counts == (1, 1, 0, 0)


def test_table_with_itself_is_the_same(tmp_path):
    side = Side(tmp_path / "rows.db", written(tmp_path / "rows.db", HEADS, OLD))
    found = compare(side, side, tmp_path / "found.db")
    assert (found.total, found.same) == (0, 3)


def test_empty_tables_are_compared(pair):
    assert pair((HEADS, []), (HEADS, [])).counts == (0, 0, 0, 0)
    assert pair((HEADS, []), (HEADS, NEW)).counts == (3, 0, 0, 0)


def test_file_without_the_table_is_told_and_leaves_nothing(tmp_path):
    table = written(tmp_path / "rows.db", HEADS, OLD)
    gone = Side(tmp_path / "gone.db", table)
    with pytest.raises(TableUnknown):
        compare(gone, Side(tmp_path / "rows.db", table), tmp_path / "found.db", (0,))
    assert left(tmp_path) == ["rows.db"]


def test_what_tell_raises_ends_the_comparison(tmp_path):
    side = Side(tmp_path / "rows.db", written(tmp_path / "rows.db", HEADS, OLD))

    def stop(_words, _share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(side, side, tmp_path / "found.db", None, stop)
    assert left(tmp_path) == ["rows.db"]


def test_progress_rises_from_nothing_to_the_end(tmp_path):
    side = Side(tmp_path / "rows.db", written(tmp_path / "rows.db", HEADS, OLD))
    told = []
    compare(side, side, tmp_path / "found.db", None, lambda words, share: told.append(share))
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_file_of_differences_is_safe_for_a_spreadsheet_and_whole(pair):
    old = [["a", "=cmd()", "1"], ["b", "x", "2"], ["c", "<script>", "3"]]
    new = [["a", "=cmd(2)", "1"], ["d", "+1", "-2"], ["c", "<script>", "3"]]
    found = pair((HEADS, old), (HEADS, new), (0,))
    text = "".join(csv_of_differences(found.path, *found.sides))
    assert text.lstrip("\ufeff").split("\r\n") == [
        "Change,Code,Item,On hand,Code before,Item before,On hand before",
        "Changed,a,'=cmd(2),1,,'=cmd(),",
        "Gone,b,x,2,,,",
        "Added,d,+1,-2,,,",
        "",
    ]
    assert "".join(csv_of_differences(found.path, *found.sides, "gone")).count("\r\n") == 2
