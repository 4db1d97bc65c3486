"""A table is searched, filtered, sorted, narrowed to columns and kept as files by its address."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict

from webify.model.block import Column, Table
from webify.rows.filters import Filter
from webify.rows.page import Progress
from webify.web.card import FORMS, PAGE_OF_A_TABLE, card_of, usual
from webify.web.cells import Look
from webify.web.table_state import Seen, fields_of, numbers, seen_in, spans

HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(visitor):
    return visitor.run("/tools/shelf", {"rows": "60"})


def heads(page: str) -> list[str]:
    found = re.findall(r'<th scope="col".*?</th>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", head)).strip() for head in found]


def firsts(page: str) -> list[str]:
    return re.findall(r'<tbody>.*?<th scope="row"[^>]*>([^<]*)</th>', page, re.DOTALL)


def rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page.partition("<tfoot>")[0])


SEEN = Seen(
    q="a & b",
    sort="-3",
    page=4,
    size=25,
    filters=(Filter(2, values=("Halden", "")), Filter(3, "10", "20 kB"), Filter(4, words="x y")),
    columns="0-2,5",
    chart="line.3.2",
)


def test_address_says_all_that_is_seen_and_nothing_usual():
    assert seen_in(7, fields_of(7, SEEN)) == SEEN
    assert fields_of(1, Seen()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("1.cols", "x-2,,9-1"), ("1.chart", "pie.1.2"), ("1.c2.from", "  "), ("1.cx.is", "y"),
        ("1.page", "-1"), ("1.size", "7"), ("1.sort", "--1"), ("1.c2.is", "z" * 999),
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_as_if_it_were_not_there(name, value):
    assert seen_in(1, [(name, value)]) == Seen()


@pytest.mark.parametrize("some", [[], [0], [0, 1, 2], [0, 2, 3, 4, 9], [7, 5, 5]])
def test_spans_name_the_same_numbers(some):
    assert numbers(spans(some)) == sorted(set(some))


def test_each_form_keeps_what_the_others_said(visitor, run):
    page = visitor.get(f"{run}?1.q=spirit&1.sort=-3&1.size=25&1.c2.is=Halden&1.cols=0-4").text
    for form in ("find", "filter", "columns-form", "size-form", "order-form"):
        sent = re.findall(rf'form="table-1-{form}" name="1\.([^"]+)"', page)
        own = {"find": "q", "filter": "c2.is", "columns-form": "cols", "size-form": "size"}
        missing = {"q", "sort", "size", "c2.is", "cols"} - set(sent)
        assert missing == {own.get(form, "sort")}
    picked = re.findall(r'form="table-1-pick-form" name="1\.([^"]+)"', page)
    assert set(picked) == {"q", "sort", "size", "c2.is", "cols"}  # the choice goes before c2.is
    assert len(FORMS) == 6


def test_filter_of_values_narrows_and_is_a_chip_that_takes_it_off(visitor, run):
    page = visitor.get(f"{run}?1.c2.is=Halden&1.c2.is=Merrow").text
    assert "Rows 1–24 of 24 (filtered from 60)" in page
    chip = re.search(r'<a class="tag" href="([^"]*)".*?Supplier: Halden or Merrow', page)
    assert chip
    assert html.unescape(chip[1]) == f"{run}#table-1"
    assert "Clear all" in page


def test_fault_in_a_filter_stands_at_its_field(visitor, run):
    page = visitor.get(f"{run}?1.c3.from=many").text
    field = re.search(r'<input[^>]*id="table-1-c3-from"[^>]*>', page)
    assert field
    assert 'value="many"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    fault = re.search(r'id="table-1-c3-fault-1">.*?<span>(.*?)</span>', page)
    assert fault
    assert "many" in fault[1]
    assert "table-1-c3-fault-1" in field[0]


def test_filters_offer_values_with_counts_and_ranges(visitor, run):
    part = visitor.get(f"{run}/tables/1?part=filters", headers=HTMX).text
    assert "<html" not in part
    assert re.search(r'value="Halden">.*?Halden <span class="muted num">12</span>', part)
    assert re.search(r'name="1\.c3\.from"', part)
    assert re.search(r'name="1\.c12\.is" value="">.*?Empty', part)


def test_filters_open_without_a_script(visitor, run):
    link = re.search(r'id="table-1-filters" href="([^"#]*)', visitor.get(run).text)
    assert link
    page = visitor.get(html.unescape(link[1])).text
    assert '<form method="get"' in page
    assert 'id="table-1-filter"' in page


def test_columns_that_are_chosen_are_shown(visitor, run):
    page = visitor.get(f"{run}?1.cols=0&1.cols=2&1.cols=3").text
    assert heads(page) == ["Code", "Supplier", "On hand"]
    assert "(11 not shown)" in page
    sort = re.search(r'id="table-1-sort-3" href="([^"]*)"', page)
    assert sort
    assert "1.cols=0,2-3" in html.unescape(sort[1]).replace("%2C", ",")


def test_phone_begins_with_eight_columns_of_many(visitor, run):
    page = visitor.get(run).text
    assert len(heads(page)) == 14
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    assert len(re.findall(r'class="[^"]*\bpast\b', head)) == 6
    every = visitor.get(f"{run}?1.cols=0-13").text.partition("<thead>")[2].partition("</thead>")[0]
    assert "past" not in every


def test_hidden_columns_of_the_settings_start_off():
    columns = (Column("a"), Column("b", hidden=True), Column("c"))
    assert usual(Table(1, columns)) == [0, 2]
    assert usual(Table(1, (Column("a", hidden=True),))) == [0]


def test_files_hold_what_is_found_and_all_rows_are_a_second_choice(visitor, run):
    page = visitor.get(f"{run}?1.c2.is=Halden&1.sort=-3&1.cols=0-2").text
    links = {html.unescape(each) for each in re.findall(r'href="([^"]*tables/1\.\w+[^"]*)"', page)}
    for kind in ("csv", "xlsx", "json"):
        assert f"{run}/tables/1.{kind}" in links
        assert f"{run}/tables/1.{kind}?1.sort=-3&1.c2.is=Halden" in links
    assert "All 60 rows" in page
    assert "All 60 rows" in visitor.get(run).text


def test_json_is_typed_and_named_after_its_run(visitor, run):
    answer = visitor.get(f"{run}/tables/1.json?1.c2.is=Halden")
    found = json.loads(answer.text)
    assert len(found) == 12
    assert {row["Supplier"] for row in found} == {"Halden"}
    assert isinstance(found[0]["On hand"], int)
    name = answer.headers["Content-Disposition"]
    assert re.search(r"shelf-\d{4}-\d\d-\d\d-\d{4}\.json", name)


def test_workbook_is_sent(visitor, run):
    answer = visitor.get(f"{run}/tables/1.xlsx")
    assert answer.data.startswith(b"PK")
    assert ".xlsx" in answer.headers["Content-Disposition"]


def test_markup_in_heads_and_cells_is_text(visitor, run):
    for path in (run, f"{run}/tables/1?part=filters", f"{run}/tables/1?part=chart&label=13"):
        page = visitor.get(path, headers=HTMX if "part" in path else {}).text
        assert "<script>alert" not in page
        assert "<i>0</i>" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_only_addresses_of_the_web_and_of_mail_are_links():
    look = Look(0, Column("x", "url"))
    assert look.shown("https://example.com/a").aim == "https://example.com/a"
    assert look.shown("a.b@example.com").aim == "mailto:a.b@example.com"
    for cell in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "ftp://x",
        'http://"x',
    ):
        assert look.shown(cell).kind != "link"


@pytest.mark.parametrize(
    ("of", "cell", "kind"),
    [
        ("percent", "42.5 %", "share"), ("percent", "250 %", "plain"), ("size", "12 kB", "unit"),
        ("status", "Failed", "chip"), ("status", "whatever", "plain"), ("number", "n/a", "blank"),
        ("path", "/" + "x" * 80, "long"), ("path", "/etc", "plain"), ("date", "2026-11-22", "time"),
        ("text", "x" * 5000, "plain"), ("size", "", "plain"),
    ],
)  # fmt: skip
def test_cell_keeps_every_letter_of_the_tool(of, cell, kind):
    seen = Look(0, Column("x", of)).shown(cell)
    assert seen.kind == kind
    unit = seen.aim if kind == "unit" else ""
    assert len(seen.text + unit) + seen.more == len(cell)
    assert cell.startswith(seen.text + unit)


@pytest.mark.parametrize(
    ("name", "unit", "label"),
    [
        ("Price £", "£", "Price £"), ("Price", "£", "Price, £"), ("Use%", "%", "Use%"),
        ("Size (MB)", "MB", "Size (MB)"), ("Elapsed s", "s", "Elapsed s"), ("Sold", "s", "Sold, s"),
    ],
)  # fmt: skip
def test_unit_is_said_once(name, unit, label):
    assert Look(0, Column(name, "number", unit)).label == label


def test_long_path_gives_way_in_its_middle():
    seen = Look(0, Column("x", "path")).shown("/begin/" + "x" * 80 + "/end.txt")
    assert seen.short.startswith("/begin/")
    assert seen.short.endswith("/end.txt")
    assert len(seen.short) < 60


def test_chart_is_told_in_words_and_follows_the_filter(visitor, run):
    part = visitor.get(
        f"{run}/tables/1?part=chart&kind=across&value=3&label=2&1.c2.is=Halden", headers=HTMX
    )
    label = re.search(r'<canvas role="img" aria-label="([^"]*)"', part.text)
    assert label
    assert "On hand by Supplier" in label[1]
    assert "Largest: Halden" in label[1]
    assert "12 rows of 60, as searched and filtered" in part.text
    assert "1.chart=across.3.2" in part.headers["HX-Replace-Url"]


def test_chart_of_text_is_refused_in_words(visitor, run):
    part = visitor.get(f"{run}/tables/1?part=chart&value=1&label=2&kind=line", headers=HTMX).text
    assert "“Item” holds words: a chart needs a column of figures." in part
    assert "<canvas" not in part


def test_chart_is_offered_where_it_can_be_drawn(visitor, run):
    button = 'data-view="chart" aria-pressed="false"'
    assert f"{button} data-fetch" in visitor.get(run).text
    words = visitor.run("/tools/shelf", {"rows": "30", "words": "1"})
    assert f"{button} hidden data-fetch" in visitor.get(words).text


def test_choice_beside_the_search_takes_the_place_of_the_filter_of_its_column(visitor, run):
    picked = visitor.get(f"{run}?1.pick=2%3DHalden&1.c2.is=Merrow&1.q=spirit").text
    assert "Rows 1–12 of 12 (filtered from 60)" in picked
    assert "pick=" not in html.unescape(re.search(r'class="sort"[^>]*href="([^"]*)"', picked)[1])
    assert '<option value="8=failed" selected>' in visitor.get(f"{run}?1.pick=8%3Dfailed").text
    every = visitor.get(f"{run}?1.pick=2&1.c2.is=Merrow").text
    assert "Rows 1–50 of 60" in every


def drawn(visitor, run, **changes):
    """Return the page of a table whose card is changed first."""
    services = visitor.services
    of = services.store.run(run.rpartition("/")[2])
    folder = services.engine.folder(of)
    block = next(block for block in folder.blocks() if block.table)
    with visitor.client.application.test_request_context(f"{run}/tables/1"):
        card = card_of(of, folder.rows_path, block, MultiDict(), PAGE_OF_A_TABLE)
        kinds = {"table": card.table, "page": card.page}
        card = replace(card, **{name: replace(kinds[name], **to) for name, to in changes.items()})
        return render_template("table_page.html", card=card, run=of)


def test_table_that_was_cut_says_so(visitor, run):
    why = "The rows after the first 60 could not be kept: disk full."
    assert why in drawn(visitor, run, table={"cut": why})
    assert "cutnote" not in drawn(visitor, run)


def test_rows_stay_while_a_large_table_is_sorted(visitor, run):
    page = drawn(visitor, run, page={"sorting": Progress(1_000_000)})
    assert "Sorting 1,000,000 rows …" in page
    assert len(rows(page)) == 50
    assert 'class="rows waits"' in page
    assert "Look again" in page


def test_hint_of_a_mixed_column_stands_on_its_head(visitor, run):
    columns = (Column("Code", hint="Some cells are no numbers."), *[Column("x")] * 13)
    page = drawn(visitor, run, table={"columns": columns})
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    assert 'aria-label="Some cells are no numbers."' in head


def test_rows_that_came_after_the_order_was_made_are_offered(visitor, run):
    page = drawn(visitor, run, page={"fresh": 12})
    more = re.search(r'<a[^>]*id="table-1-new"[^>]*>12 new rows</a>', page)
    assert more
    assert " hidden" not in more[0]


def test_two_hundred_columns_are_shown_and_more_are_told_of(visitor):
    page = visitor.get(visitor.run("/tools/shelf", {"rows": "4", "wide": "186"})).text
    assert len(heads(page)) == 200
    page = visitor.get(visitor.run("/tools/shelf", {"rows": "4", "wide": "400"})).text
    assert len(heads(page)) == 200
    assert "(214 not shown)" in page
    assert "The 214 columns after these are in the downloads." in page
