"""Columns have the types that their cells agree on, and cells keep their words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows.stock import written
from webify.model.block import TYPES, Column
from webify.rows.evidence import ColumnWish, Evidence
from webify.rows.kinds import reader_of
from webify.rows.page import View, read_page
from webify.rows.writer import Writer

COLUMNS = [
    ("integer", "n", ["12", "-7", "1,200", "0", "-"]),
    ("integer", "n", ["9" * 400, "1", "2"]),
    ("number", "n", ["1.5", "2", "-0.25", "1e-05"]),
    ("number", "n", ["€1,200", "€-3.50", "€4"]),
    ("number", "n", ["12,5", "1.234,50", "7"]),
    ("number", "Price £", ["3", "4", "5"]),
    ("percent", "n", ["5%", "7.5 %", "0"]),
    ("percent", "Use%", ["5", "7", "0"]),
    ("percent", "n", ["12,5 %", "3,25 %"]),
    ("size", "n", ["1.5 GiB", "20 MB", "512 B"]),
    ("size", "n", ["4.0K", "1.1G", "0", "512"]),
    ("size", "Size (MB)", ["4", "12.5"]),
    ("size", "n", ["12kB", "3MB"]),
    ("duration", "n", ["3 min 12 s", "1h2m", "350ms", "2 days", "5 weeks ago"]),
    ("duration", "elapsed", ["00:03:12", "0:01", "26:00:01"]),
    ("duration", "n", ["1-02:03:04", "2 days, 3:04:05"]),
    ("duration", "ms", ["12", "400"]),
    ("duration", "Time [s]", ["0.5", "2"]),
    ("time", "at", ["09:42", "23:59:59", "9:05 PM"]),
    ("date", "n", ["2026-11-22", "2026-11-22T09:42:10Z", "2026-01-02 03:04:05.123+02:00"]),
    ("date", "n", ["22 Nov 2026", "Nov 1, 2026", "1 December 2025"]),
    ("date", "n", ["22/11/2026", "03/04/2026"]),
    ("date", "n", ["11/22/2026", "03/04/2026 10:00"]),
    ("date", "n", ["22.11.2026", "01.02.2026"]),
    ("date", "n", ["Nov 22 09:42:10", "Nov  3 01:02:03"]),
    ("date", "n", ["Nov 22 09:42", "Jan  3  2025"]),
    ("date", "n", ["22/Nov/2026:09:42:10 +0000"]),
    ("date", "n", ["Sun Nov 22 09:42:10 2026", "Sun, 22 Nov 2026 09:42:00 +0000"]),
    ("text", "n", ["03/04/2026", "05/06/2026"]),
    ("text", "n", ["2026-02-31", "31 February 2026", "99/99/2026"]),
    ("integer", "epoch", ["1764204000", "1764204001"]),
    ("yes/no", "n", ["yes", "No", "-", "yes"]),
    ("yes/no", "n", ["true", "false"]),
    ("status", "n", ["ok", "FAILED", "warning"]),
    ("status", "n", ["Running", "Pending", "CrashLoopBackOff"]),
    ("url", "n", ["https://example.org/a?b", "someone@example.org"]),
    ("path", "n", ["/usr/bin/python3", "~/notes", "./a b", "C:\\Temp\\x.txt", "src/main.py"]),
    ("code", "n", ["007", "012", "130"]),
    ("code", "n", ["LV-0042", "a1b2c3", "1.2.3"]),
    ("text", "n", ["ball valve", "gate"]),
    ("text", "n", ["€3", "$4"]),
    ("text", "n", ["", "-", "n/a"]),
    ("text", "n", ["12 kg of it", "x", "1"]),
    ("text", "n", ["5m of rope", "3"]),
    ("text", "n", ["１２", "٣"]),
]


@pytest.mark.parametrize(("type_", "name", "cells"), COLUMNS)
def test_column_has_the_type_of_its_cells_and_shows_their_words(tmp_path, type_, name, cells):
    table = written(tmp_path / "rows.db", [name], [[cell] for cell in cells])
    assert table.columns[0].type == type_
    page = read_page(tmp_path / "rows.db", table, View())
    assert [row[0] for row in page.rows] == cells


def test_each_type_of_the_model_is_found():
    assert {type_ for type_, _, _ in COLUMNS} == set(TYPES)


SORTED = [
    ("size", "", ["512", "4K", "5kB", "1.5 GiB", "2 GiB"]),
    ("duration", "", ["350ms", "2 s", "1 min", "1h2m", "2 days"]),
    ("date", "", ["2025-12-31", "1 Jan 2026", "2026-01-01T10:00+02:00", "2026-01-01 09:00"]),
    ("date", "day first", ["01/12/2025", "03/01/2026", "02/02/2026"]),
    ("date", "month first", ["12/01/2025", "01/03/2026", "02/02/2026"]),
    ("number", "decimal comma", ["1,5", "12,25", "1.000,1"]),
    ("time", "", ["9:05 AM", "09:42", "12:00 PM", "9:05 PM"]),
    ("status", "", ["failed", "Warning", "pending", "running", "ok"]),
    ("yes/no", "", ["no", "Yes"]),
    ("percent", "", ["-2%", "5%", "40.5 %"]),
]


@pytest.mark.parametrize(("type_", "form", "cells"), SORTED)
def test_keys_order_cells_by_what_they_say(type_, form, cells):
    read = reader_of(Column("n", type_, form=form))
    keys = [read(cell) for cell in cells]
    assert None not in keys
    assert all(one < two for one, two in pairwise(keys))


def column_of(cells, name="n", wishes=None):
    evidence = Evidence()
    evidence.take([cells])
    return evidence.columns([name], wishes)[0]


def test_nineteen_of_twenty_cells_make_a_type_and_fewer_a_hint():
    assert column_of(["5"] * 95 + ["about 3"] * 5).type == "integer"
    mixed = column_of(["5"] * 90 + ["about 3"] * 10)
    assert mixed.type == "text"
    assert mixed.hint == "Sorted as text: only 90 % of its cells are numbers"
    assert column_of(["a", "b"]).hint == ""


def test_dates_that_can_be_read_two_ways_say_so():
    assert "which figure is the day" in column_of(["03/04/2026", "05/06/2026"]).hint


def test_different_currencies_say_so():
    assert "different units" in column_of(["€3", "$4"]).hint


@pytest.mark.parametrize(
    ("name", "cells", "unit"),
    [
        *(("Size (MB)", ["3"], "MB"), ("Price £", ["3"], "£"), ("latency_ms", ["3"], "ms")),
        *(("n", ["€3"], "€"), ("n", ["3%"], "%"), ("Size", ["3"], ""), ("Bytes", ["7"], "Bytes")),
    ],
)
def test_unit_comes_from_the_heading_or_the_cells(name, cells, unit):
    assert column_of(cells, name).unit == unit


@pytest.mark.parametrize("name", ["items", "times", "m", "d", "Terms", "Farms", "k"])
def test_a_heading_that_only_looks_like_a_unit_is_none(name):
    assert column_of(["3", "4"], name).type == "integer"


def test_what_the_site_says_of_a_column_holds():
    wishes = {
        "n": ColumnWish("duration", "s", "Took", hidden=True),
        "other": ColumnWish(title="No"),
    }
    column = column_of(["12", "x", "y"], wishes=wishes)
    assert (column.name, column.type, column.unit) == ("Took", "duration", "s")
    assert (column.hidden, column.align) == (True, "right")


def test_a_type_that_is_wished_is_read_as_its_cells_are_written():
    commas = {"n": ColumnWish("number")}
    assert column_of(["1,5", "x", "2,75"], wishes=commas).form == "decimal comma"
    dates = {"n": ColumnWish("date")}
    assert column_of(["03/04/2026", "05/06/2026"], wishes=dates).form == "day first"


def test_wishes_reach_the_table(tmp_path):
    writer = Writer(tmp_path / "rows.db", {"n": ColumnWish(title="Number")})
    number = writer.create(["n"])
    writer.add(number, [["1"]])
    assert writer.table(number).columns[0].name == "Number"
    writer.close()


def test_a_column_that_turns_late_is_sorted_by_what_it_turned_into(tmp_path):
    rows = [[str(at)] for at in range(60_000)] + [[f"v{at % 90}"] for at in range(10_000)]
    writer = Writer(tmp_path / "rows.db")
    number = writer.create(["n"])
    writer.add(number, rows[:60_000])
    assert writer.table(number).columns[0].type == "integer"
    writer.add(number, rows[60_000:])
    table = writer.table(number)
    writer.close()
    assert table.columns[0].type == "text"
    page = read_page(tmp_path / "rows.db", table, View(sort="-0"), patience=60)
    assert page.rows[0] == ("v89",)


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_figures_are_ordered_as_their_numbers_are(one, two):
    read = reader_of(Column("n", "number"))
    for form in ("{:,.2f}", "{:.2f}", "${:.2f}"):
        a, b = form.format(one), form.format(two)
        assert (read(a) < read(b)) == (round(one, 2) < round(two, 2))


MOMENTS = st.datetimes().filter(lambda each: each.year >= 1000)


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M:%S", "%d.%m.%Y, %I:%M:%S %p"])
@given(one=MOMENTS, two=MOMENTS)
def test_dates_are_ordered_as_their_moments_are(form, one, two):
    read = reader_of(Column("n", "date", form="day first"))
    one, two = (each.replace(microsecond=0) for each in (one, two))
    assert (read(one.strftime(form)) < read(two.strftime(form))) == (one < two)
