"""A person chooses how an output is read, with scripts and without, and the address says it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, opened, sideways
from tests.serving import Site

CELLS = "[data-tablecard]:has-text('list') tbody th"


@pytest.fixture(scope="module")
def mixed(workshop: Site) -> str:
    """Return the address of a run that printed text, a table and pairs."""
    run = workshop.run("/tools/mixed")
    workshop.ended(run)
    return workshop.address + run


def read_as(page: Page, way: str) -> None:
    page.click("#way-1 summary")
    page.select_option("#way-1 select", way)
    page.click("#way-1 button")


def test_text_becomes_a_table_that_can_be_sorted(page: Page, mixed: str) -> None:
    page.goto(mixed)
    read_as(page, "csv")
    page.wait_for_selector(".said:has-text('is read as CSV because you said so')")
    assert page.locator(CELLS).all_inner_texts()[0] == "item 0 of the long list"
    page.click("[data-tablecard]:has-text('list') >> a.sort >> nth=1")
    page.wait_for_selector("[data-tablecard] th[aria-sort=descending]")
    assert page.locator(CELLS).all_inner_texts()[0] == "item 2 of the long list"
    page.reload()
    assert page.locator(CELLS).all_inner_texts()[0] == "item 2 of the long list"
    page.click("text=Show as found")
    expect(page.locator(CELLS)).to_have_count(0)


def test_without_scripts_a_table_becomes_text_and_a_text_a_table(plain: Page, mixed: str) -> None:
    plain.goto(mixed)
    plain.click("[data-tablecard] .seg a")
    expect(plain.locator("#block-2")).to_contain_text("name,size")
    read_as(plain, "words")
    expect(plain.locator(CELLS).first).to_have_text("item")
    expect(plain).to_have_url(re.compile(r"as\.2=text"))
    expect(plain).to_have_url(re.compile(r"as\.1=words"))


def test_long_reading_tells_how_far_it_is_and_then_shows_its_rows(
    workshop: Site, page: Page
) -> None:
    run = workshop.run("/tools/mixed", {"lines": "600000"})
    workshop.ended(run, 120)
    page.goto(workshop.address + run)
    read_as(page, "csv")
    page.wait_for_selector(".said:has-text('Reading this part as CSV')")
    page.fill("#table-1-q", "wheel")
    page.wait_for_selector(".said:has-text('is read as CSV because you said so')", timeout=90_000)
    page.wait_for_selector("[data-tablecard]:has-text('600,000 rows')")
    expect(page.locator("#table-1-q")).to_have_value("wheel")  # what is typed elsewhere stays


def test_ways_to_read_have_no_fault(workshop: Site, context: BrowserContext, mixed: str) -> None:
    page = context.new_page()
    page.goto(f"{mixed}?as.3=text")
    opened(page)
    assert faults(page) == []
    read = "document.querySelector('#way-1 select').value = 'csv'"
    page.evaluate(read)
    page.click("#way-1 button")
    page.wait_for_selector(".said")
    opened(page)
    assert faults(page) == []
    assert sideways(page) <= 0
    page.goto(f"{mixed}?tab=details")
    assert faults(page) == []
