"""A page with every kind of output on it, finished and running, in every look and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, opened, sideways
from tests.serving import Site

TABLES = "[data-tablecard]"
NAMED = "form[aria-label], [role=region], [role=search], summary, [data-print], select"


@pytest.fixture(scope="session")
def everything(workshop: Site) -> str:
    """Return the address of a finished run that printed and made all there is."""
    run = workshop.run("/tools/everything")
    workshop.ended(run)
    return workshop.address + run


def test_finished_page_has_no_fault(context: BrowserContext, everything: str) -> None:
    page = context.new_page()
    page.goto(everything)
    assert faults(page) == []
    opened(page)
    page.click("#table-1-filters")
    page.wait_for_selector("#table-1-filter")
    assert faults(page) == []
    assert sideways(page) <= 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) <= 0


def test_phone_begins_with_eight_of_many_columns(context: BrowserContext, everything: str) -> None:
    page = context.new_page()
    page.goto(everything)
    phone = page.evaluate("matchMedia('(max-width:767.98px)').matches")
    cells = page.locator("#table-4 tbody tr >> nth=1 >> td, th")
    shown = sum(cell.is_visible() for cell in cells.all())
    assert shown == (8 if phone else 60)


def test_running_page_has_no_fault(workshop: Site, context: BrowserContext) -> None:
    run = workshop.run("/tools/everything", {"halt": "120"})
    page = context.new_page()
    page.goto(workshop.address + run)
    expect(page.locator("#percent")).to_have_text("40%")
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) <= 0
    page.click("text=Cancel run")
    page.wait_for_selector(".chip:has-text('Cancelled')")


def test_first_row_is_seen_without_scrolling(page: Page, everything: str) -> None:
    page.goto(everything)
    row = page.locator(f"{TABLES} tbody tr").first.bounding_box()
    assert row
    assert row["y"] + row["height"] < 900


def test_raw_output_comes_when_its_tab_is_opened(page: Page, plain: Page, everything: str) -> None:
    page.goto(everything)
    assert page.locator("#raw").count() == 0
    page.click("#t-raw")
    expect(page.locator("#raw")).to_contain_text("That was all of it.")
    plain.goto(everything)
    plain.click("#t-raw")
    expect(plain.locator("#raw")).to_contain_text("That was all of it.")


def test_no_two_tables_share_a_name(page: Page, everything: str) -> None:
    page.goto(everything)
    headings = page.locator(f"{TABLES} h2").all_inner_texts()
    assert headings.count("Items to reorder") == 2
    name = "e => e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent"
    names = page.eval_on_selector_all(
        f":is({NAMED}):is({TABLES} *)", f"all => all.map({name}).filter(n => n.includes('table '))"
    )
    assert len(names) > 20
    assert len(set(names)) == len(names)


def test_choice_beside_the_search_is_a_filter(page: Page, everything: str) -> None:
    page.goto(everything)
    page.select_option("#table-1-pick-of", "Halden")
    expect(page.locator("#table-1 .pager")).to_contain_text("of 60 (filtered from 300)")
    expect(page).to_have_url(re.compile(r"\?1\.c2\.is=Halden$"))
    page.click("#table-1 .chips .tag")
    expect(page.locator("#table-1 .pager")).to_contain_text("of 300")
    expect(page.locator("#table-1-pick-of")).to_have_value("2")


def test_without_scripts_the_choice_and_the_levels_are_links_and_forms(
    plain: Page, everything: str
) -> None:
    plain.goto(everything)
    plain.select_option("#table-1-pick-of", "Halden")
    plain.click("#table-1-pick-form button")
    expect(plain.locator("#table-1 .pager")).to_contain_text("of 60 (filtered from 300)")
    levels = plain.locator("#table-3 .levels a").all_text_contents()
    assert levels == ["ERROR 28", "WARNING 29", "INFO 114", "DEBUG 29"]
    plain.click("#table-3 .levels a >> nth=0")
    plain.click("#table-3 .levels a >> nth=1")
    expect(plain.locator("#table-3 .pager")).to_contain_text("of 57 (filtered from 200)")
    expect(plain.locator("#table-1-pick-of")).to_have_value("2=Halden")


def test_paper_has_every_row_that_matches_even_behind_a_chart(page: Page, everything: str) -> None:
    page.goto(f"{everything}?1.c2.is=Halden")
    page.click("#table-1 [data-view=chart]")
    page.wait_for_selector("#table-1 canvas")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table-1 tbody tr").count() == 60
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#table-1 tbody tr").count() == 50


def test_open_chart_moves_with_the_rows_that_arrive(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/shelf", {"rows": "60", "pause": "0.2"})
    page.goto(workshop.address + run)
    page.wait_for_selector("#table-1 tbody tr:nth-child(5)")
    page.click("#table-1 [data-view=chart]")
    page.wait_for_selector("#table-1 canvas[data-ink]")
    drawn = page.get_attribute("#table-1 canvas", "data-chart")
    page.wait_for_function(
        "was => document.querySelector('#table-1 canvas').dataset.chart !== was", arg=drawn
    )
    page.wait_for_selector(".facts")
    page.wait_for_selector("#table-1 canvas[data-ink]")  # on the finished page too


def test_paper_of_any_width_has_tables_and_no_controls(page: Page, everything: str) -> None:
    page.set_viewport_size({"width": 690, "height": 1000})  # what A4 has between its margins
    page.goto(everything)
    page.emulate_media(media="print")
    expect(page.locator("#table-1 thead th >> nth=2")).to_be_visible()
    cell = page.locator("#table-1 tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    controls = page.locator("#blocks :is(button, select, input, summary, .way a)")
    assert [each.inner_text() for each in controls.all() if each.is_visible()] == []
