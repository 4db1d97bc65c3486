"""The first run, from the form to the table, as a browser without scripts sees it."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.serving import TOKEN, Site

LEVELS = "/tools/stock/levels"


@pytest.fixture(scope="module")
def table_page(office: Site) -> str:
    run = office.run("/tools/stock/rows", {"rows.table": "items"})
    office.ended(run)
    return run


def cells(page: str, column: int) -> list[str]:
    rows = re.findall(
        r"<tr[^>]*>(.*?)</tr>", page.partition("<tbody")[2].partition("</tbody")[0], re.DOTALL
    )
    found = []
    for row in rows:
        inner = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append(re.sub(r"<[^>]+>", "", inner[column]).strip())
    return found


def test_home_lists_every_tool_and_each_form_opens(office: Site) -> None:
    home = office.page("/")
    for slug in ("stock", "share", "logs", "usage", "rename", "invoices"):
        assert f'href="/tools/{slug}' in home
        assert office.page(f"/tools/{slug}")


def test_post_leads_to_a_page_that_keeps_its_address(office: Site) -> None:
    run = office.run(LEVELS)
    assert re.fullmatch(r"/runs/[a-z2-7]{26}", run)
    office.ended(run)
    first, second = (TOKEN.sub("", office.page(run)) for _ in range(2))  # it holds the second
    assert "Finished" in first
    assert first == second


def test_table_is_sorted_by_the_server(office: Site, table_page: str) -> None:
    up = office.page(f"{table_page}/tables/1?sort=0&size=25")
    down = office.page(f"{table_page}/tables/1?sort=-0&size=25")
    assert len(cells(up, 0)) == len(cells(down, 0)) == 25
    assert cells(up, 0) != cells(down, 0)
    assert cells(up, 0)[0] < cells(down, 0)[0]


def test_search_keeps_only_rows_with_every_word(office: Site, table_page: str) -> None:
    page = office.page(f"{table_page}/tables/1?q=spade")
    rows = re.findall(
        r"<tr[^>]*>(.*?)</tr>", page.partition("<tbody")[2].partition("</tbody")[0], re.DOTALL
    )
    assert rows
    assert all("spade" in row.lower() for row in rows)
    assert "filtered from" in page


def test_csv_holds_all_rows_and_the_filter(office: Site, table_page: str) -> None:
    whole = office.browser.get(f"{table_page}/tables/1.csv")
    some = office.browser.get(f"{table_page}/tables/1.csv?q=spade")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    counts = [len(list(csv.reader(io.StringIO(answer.text)))) for answer in (whole, some)]
    assert counts[0] > 100 > counts[1] > 1


def test_fault_is_answered_with_all_sentences_and_the_answers_kept(office: Site) -> None:
    answer = office.post(
        "/tools/stock/movements",
        {"movements.limit": "many", "movements.since": "yesterday", "movements.name": "spade"},
    )
    assert answer.status_code == 422
    assert "2 answers need another look" in answer.text
    assert "Enter a date, like 2026-11-22." in answer.text
    assert "You entered “many”." in answer.text
    assert 'value="spade"' in answer.text


def test_change_and_run_again_fills_the_form_with_the_answers(office: Site) -> None:
    run = office.run("/tools/stock/movements", {"movements.name": "spade"})
    office.ended(run)
    link = re.search(r'href="([^"]+from=[^"]+)"', office.page(run))
    assert link
    form = office.page(link[1].replace("&amp;", "&"))
    assert 'value="spade"' in form
    assert "Answers from run" in re.sub(r"<[^>]+>", "", form)


def test_history_is_filtered_by_its_address(office: Site) -> None:
    office.ended(office.run(LEVELS))
    assert "Stock" in office.page("/runs?tool=stock")
    assert "/runs/" not in office.page("/runs?q=nothing-is-called-this").partition("<tbody")[2]


def test_raw_output_is_what_the_tool_printed(office: Site) -> None:
    run = office.run(LEVELS)
    office.ended(run)
    raw = office.browser.get(f"{run}/out")
    assert raw.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert raw.headers["X-Content-Type-Options"] == "nosniff"
    assert len(raw.text.splitlines()) > 5
