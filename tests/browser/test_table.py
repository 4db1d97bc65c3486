"""A table in a real browser: menus, filters, columns, charts, a head that stays, and paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site


@pytest.fixture(scope="session")
def shelf(workshop: Site) -> str:
    """Return the address of a finished run with a table of sixty rows."""
    run = workshop.run("/tools/shelf", {"rows": "60"})
    workshop.ended(run)
    return workshop.address + run


def firsts(page: Page) -> list[str]:
    return page.locator("tbody th[scope=row]").all_inner_texts()


def test_head_sorts_large_to_small_and_says_so(shelf: str, page: Page) -> None:
    page.goto(shelf)
    page.click("#table-1-sort-4")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("On hand")
    expect(page.locator("#table-1-say")).to_have_text(
        "Rows 1–50 of 60, sorted by On hand, descending"
    )
    page.click("#table-1-sort-4")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("On hand")
    page.click("#table-1-sort-2")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Item")
    expect(page).to_have_url(re.compile(r"\?1\.sort=1$"))


def test_filters_narrow_at_once_and_come_off_again(shelf: str, page: Page) -> None:
    page.goto(shelf)
    page.click("#table-1-filters")
    page.check("label:has-text('Halden')")
    expect(page.locator(".pager")).to_contain_text("Rows 1–12 of 12 (filtered from 60)")
    expect(page).to_have_url(re.compile(r"1\.c2\.is=Halden"))
    page.check("label:has-text('Merrow')")
    expect(page.locator(".pager")).to_contain_text("of 24")
    page.click(".chips .tag")
    expect(page.locator(".pager")).to_contain_text("Rows 1–50 of 60")
    expect(page.locator("#table-1-filter input:checked")).to_have_count(0)
    expect(page).to_have_url(shelf)
    page.click("#table-1-filters")
    expect(page.locator("#table-1-filter")).to_have_count(0)
    expect(page.locator("#table-1-filters")).to_have_attribute("aria-expanded", "false")


def test_fault_in_a_range_is_told_at_the_field_and_goes_when_mended(shelf: str, page: Page) -> None:
    page.goto(shelf)
    page.click("#table-1-filters")
    page.fill("#table-1-c3-from", "many")
    page.keyboard.press("Enter")
    expect(page.locator("#table-1-c3-from[aria-invalid=true]")).to_have_value("many")
    expect(page.locator("#table-1-c3-fault-1")).to_contain_text("many")
    page.fill("#table-1-c3-from", "90")
    page.keyboard.press("Enter")
    expect(page.locator("#table-1-c3-fault-1")).to_have_count(0)
    expect(page.locator(".pager")).to_contain_text("filtered from 60")


def test_columns_go_and_are_remembered(shelf: str, page: Page) -> None:
    page.goto(shelf)
    page.click("summary:has-text('Columns')")
    page.uncheck("#table-1-show-1")
    expect(page.locator("thead th")).to_have_count(13)
    expect(page).to_have_url(re.compile(r"1\.cols=0(,|%2C)2-13"))
    page.keyboard.press("Escape")
    expect(page.locator("#table-1-columns[open]")).to_have_count(0)
    page.goto(shelf)
    expect(page.locator("thead th")).to_have_count(13)
    page.click("summary:has-text('Columns')")
    page.click("text=Show all")
    expect(page.locator("thead th")).to_have_count(14)


def test_columns_can_be_found_by_name(shelf: str, page: Page) -> None:
    page.goto(shelf)
    page.click("summary:has-text('Columns')")
    page.fill("#table-1-columns-q", "co")
    assert page.locator(".picks label:visible").all_inner_texts() == ["Code", "Counted"]


def test_chart_is_drawn_and_told_in_words(shelf: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shelf)
    page.wait_for_load_state("networkidle")
    assert not any("chart.umd" in url for url in asked)
    page.click("text=Chart")
    page.select_option("#table-1-chart-value", label="On hand")
    page.select_option("#table-1-chart-label", label="Supplier")
    page.select_option("#table-1-chart-kind", label="Bars across")
    canvas = page.locator("canvas[role=img]")
    expect(canvas).to_have_attribute("aria-label", re.compile("On hand by Supplier.* Largest: "))
    assert ink(page)
    assert sum("chart.umd" in url for url in asked) == 1
    expect(page).to_have_url(re.compile(r"1\.chart=across\.3\.2"))


def test_choices_of_a_chart_made_before_an_answer_came_all_count(shelf: str, page: Page) -> None:
    page.goto(f"{shelf}?1.chart=line.3.2")
    ink(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)
        for each in held if len(held) == 2 else []:
            each.continue_()

    page.route("**/tables/1*", hold, times=2)
    page.select_option("#table-1-chart-value", index=1)
    page.select_option("#table-1-chart-kind", label="Columns")
    expect(page).to_have_url(re.compile(r"1\.chart=columns\.(?!3)\d\.2"))


def test_chart_takes_the_colours_of_the_theme(shelf: str, page: Page) -> None:
    page.goto(f"{shelf}?1.chart=across.3.2")
    before = ink(page)
    page.click("[data-theme-toggle]")
    expect(page.locator("canvas")).not_to_have_attribute("data-ink", before)
    assert ink(page)


def ink(page: Page) -> str:
    """Return the colour of a chart, once it is drawn."""
    return page.wait_for_selector("canvas[data-ink]").get_attribute("data-ink") or ""


@pytest.mark.parametrize("kind", ["across", "columns", "line", "scatter"])
def test_every_kind_of_chart_is_drawn(shelf: str, page: Page, kind: str) -> None:
    page.goto(f"{shelf}?1.chart={kind}.3.7")
    assert ink(page)
    drawn = page.evaluate("document.querySelector('.chartbox').drawn.data.datasets[0].data.length")
    assert drawn > 1


def test_head_stays_below_the_bar(shelf: str, page: Page) -> None:
    page.goto(f"{shelf}?1.cols=0-4")
    row = "document.querySelector('tbody tr:nth-child(40)')"
    page.evaluate(f"{row}.scrollIntoView({{behavior: 'instant'}})")
    top = page.evaluate("document.querySelector('thead th').getBoundingClientRect().top")
    assert 50 <= top <= 60


def test_wide_table_keeps_its_head_and_its_first_column(shelf: str, page: Page) -> None:
    page.goto(shelf)
    box = "document.querySelector('.tblwrap.wide')"
    assert page.evaluate(f"{box}.scrollWidth > {box}.clientWidth")
    page.evaluate(f"{box}.scrollTo(400, 600)")
    for cell in ("thead th", "tbody tr:nth-child(30) th"):
        left = f"document.querySelector('{cell}').getBoundingClientRect().left"
        assert page.evaluate(f"{left} - {box}.getBoundingClientRect().left") < 2
    top = "document.querySelector('thead th:nth-child(5)').getBoundingClientRect().top"
    assert page.evaluate(f"{top} - {box}.getBoundingClientRect().top") < 2


def test_long_path_is_whole_when_it_has_the_focus(shelf: str, page: Page) -> None:
    page.goto(f"{shelf}?1.cols=0,11")
    long = page.locator("tbody tr:first-child .long")
    assert "…" in long.inner_text()
    long.focus()
    assert long.inner_text().endswith("original-0.jpeg")
    assert "…" not in long.inner_text()


def test_paper_takes_every_row_that_matches(shelf: str, page: Page) -> None:
    page.goto(f"{shelf}?1.size=25")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("tbody tr").count() == 60
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("tbody tr").count() == 25


def test_new_rows_outside_of_the_page_are_counted(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/shelf", {"rows": "3000", "pause": "0.02"})
    page.goto(f"{workshop.address}{run}?1.size=25")
    more = page.locator("#table-1-new")
    expect(more).to_have_text(re.compile(r"^\d+ new rows?$"))
    assert len(firsts(page)) == 25
    assert firsts(page)[0] == "LV-0000"
    more.click()
    expect(page.locator("tbody th").first).not_to_have_text("LV-0000")
    page.click("text=Cancel run")
    page.wait_for_selector(".chip:has-text('Cancelled')")


def test_without_scripts_everything_is_links_and_forms(shelf: str, plain: Page) -> None:
    plain.goto(shelf)
    plain.click("#table-1-filters")
    plain.check("label:has-text('Halden')")
    plain.click("#table-1-filter >> text=Apply")
    expect(plain.locator(".pager")).to_contain_text("Rows 1–12 of 12")
    plain.click("summary:has-text('Columns')")
    plain.uncheck("#table-1-show-1")
    plain.click("text=Show these")
    expect(plain.locator("thead th")).to_have_count(13)
    expect(plain.locator(".pager")).to_contain_text("Rows 1–12 of 12")
    with plain.expect_download() as download:
        plain.click(".downloads .no-js-only a:has-text('JSON')")
    assert download.value.suggested_filename.endswith(".json")
    assert not plain.is_visible("[data-view=chart]")


@pytest.mark.parametrize("opened", ["menus", "filters", "chart", "fault"])
def test_table_has_no_fault(shelf: str, context: BrowserContext, opened: str) -> None:
    page = context.new_page()
    page.goto(f"{shelf}?1.c3.from=many" if opened == "fault" else shelf)
    if opened == "menus":
        page.click("summary:has-text('Columns')")
        assert faults(page) == []
        page.click("summary:has-text('Download')")
    elif opened == "filters":
        page.click("#table-1-filters")
        page.check("label:has-text('Halden')")
        page.wait_for_selector(".chips")
    elif opened == "chart":
        page.click("[data-view=chart]")
        assert ink(page)
    assert faults(page) == []
    assert sideways(page) <= 0


def test_table_fits_the_narrowest_screen(shelf: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{shelf}?1.cols=0-13&1.panel=1")
    assert sideways(page) <= 0
