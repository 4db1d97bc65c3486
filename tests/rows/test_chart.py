"""A chart shows what the rows of a view say."""

from __future__ import annotations

import pytest

from tests.rows.stock import written
from webify.model.block import Column, Table
from webify.rows.chart import BARS, LINE, SCATTER, Choice, choices, guess, series
from webify.rows.filters import Filter
from webify.rows.page import View

NAME, SIZE, DAY, ID = (
    Column("name"),
    Column("n", "size"),
    Column("d", "date"),
    Column("id", "integer"),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.db"


@pytest.mark.parametrize(
    ("columns", "rows", "choice"),
    [
        ((NAME, SIZE), 40, Choice(BARS, 0, 1)),
        ((NAME, DAY, SIZE), 40, Choice(LINE, 1, 2)),
        ((ID, NAME, SIZE), 40, Choice(BARS, 1, 2)),
        ((ID, NAME), 40, Choice(BARS, 1, 0)),
        ((NAME, SIZE), 1, None),
        ((NAME, SIZE), 5_001, None),
        ((NAME, DAY), 40, None),
        ((SIZE,), 40, None),
    ],
)
def test_the_first_guess_is_a_line_for_dates_and_bars_otherwise(columns, rows, choice):
    assert guess(Table(1, columns), rows) == choice


def test_bars_are_the_twenty_largest_and_rows_of_one_label_are_added_up(path):
    rows = [[f"part {at % 30}", str(at)] for at in range(60)]
    found = series(path, written(path, ["name", "n"], rows), View(), Choice(BARS, 0, 1))
    assert (found.labels[0], found.points[0]) == ("part 29", 88)
    assert (len(found.points), found.left_out, found.aggregated) == (20, 10, True)
    assert found.largest == 0


def test_a_line_goes_along_its_dates_whatever_the_order_of_the_rows(path):
    rows = [["22/11/2026", "2"], ["03/04/2026", "1"], ["", "9"], ["23/11/2026", "-"]]
    found = series(path, written(path, ["d", "n"], rows), View(), Choice(LINE, 0, 1))
    assert found.labels == ("2026-04-03", "2026-11-22")
    assert (found.points, found.largest, found.aggregated) == ((1, 2), 1, False)


def test_a_scatter_is_made_of_pairs_of_numbers(path):
    rows = [["1", "2.5"], ["x", "1"], ["3", ""], ["2", "4"]] + [["5", "5"]] * 60
    found = series(path, written(path, ["x", "y"], rows), View(), Choice(SCATTER, 0, 1))
    assert (found.xs[:2], found.points[:2], found.labels[:2]) == ((1, 2), (2.5, 4), ("1", "2"))


def test_a_chart_follows_the_filters(path):
    table = written(path, ["name", "n"], [["a", "1"], ["b", "2"], ["c", "3"]])
    view = View(filters=(Filter(0, values=("a", "b")),))
    assert series(path, table, view, Choice(BARS, 0, 1)).labels == ("b", "a")


@pytest.mark.parametrize(
    "choice",
    [Choice(BARS, 0, 0), Choice(BARS, 9, 1), Choice(LINE, 1, -1), Choice(SCATTER, 0, 1)],
)
def test_a_chart_of_text_has_no_points(path, choice):
    table = written(path, ["name", "n"], [["a b", "1"], ["b", "2"]])
    assert series(path, table, View(), choice).points == ()


def test_figures_without_end_are_not_drawn(path):
    rows = [["a", "9" * 400], ["b", "2"]]
    table = written(path, ["name", "n"], rows)
    assert series(path, table, View(), Choice(BARS, 0, 1)).points == (2,)


def test_columns_that_can_be_chosen_are_told():
    table = Table(1, (NAME, SIZE, DAY, Column("u", "url")))
    assert choices(table) == ((0, 1, 2), (1,))
