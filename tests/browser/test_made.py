"""What a tool made is seen on its run's page, and can do nothing there, in a real browser."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import LOOKS
from tests.browser.test_axe import faults, opened, sideways
from tests.browser.windows import window
from tests.serving import Site

LOADED = "element => element.complete && element.naturalWidth"


@pytest.fixture(scope="module")
def made(workshop: Site) -> str:
    """Return the address of a run that made pictures and pages."""
    run = workshop.run("/tools/studio")
    workshop.ended(run)
    return run


def test_pictures_are_seen_and_others_are_listed(workshop: Site, page: Page, made: str) -> None:
    page.goto(workshop.address + made)
    for name in ("sales by month.png", "drawing.svg"):
        picture = page.locator(f"figure:has-text('{name}') img")
        picture.scroll_into_view_if_needed()
        page.wait_for_function(LOADED, arg=picture.element_handle())
        assert (picture.get_attribute("alt") or "").endswith(name)
    listed = page.locator("#files .t").all_inner_texts()
    assert listed == ["bomb.png", "fake.png", "levels.csv", "manual.pdf", "report.html"]
    expect(page.locator("#files li:has-text('bomb.png')")).to_contain_text("50,000 × 50,000 pixels")
    page.click("#files li:has-text('levels.csv') summary")
    table = page.locator("#files li:has-text('levels.csv') table")
    assert table.locator("th").all_inner_texts() == ["name", "on hand"]
    assert table.locator("tbody tr").first.locator("td").all_inner_texts() == ["item 0", "0"]


def test_page_that_a_tool_made_opens_on_demand_and_does_nothing(
    workshop: Site, chromium: Browser, made: str
) -> None:
    with window(chromium, **LOOKS["light"]) as context:
        sent: list[str] = []
        context.on("requestfinished", lambda request: sent.append(request.url))
        page = context.new_page()
        page.goto(workshop.address + made)
        expect(page.locator("iframe")).to_have_count(0)
        page.click("li:has-text('report.html') >> text=Show here")
        frame = page.frame_locator("iframe")
        expect(frame.locator("#said")).to_have_text("Stock on hand")
        address = page.url
        for target in ("#send", "#top", "#new"):
            frame.locator(target).click()
        page.wait_for_function("document.readyState === 'complete'")
        expect(frame.locator("#said")).to_have_text("Stock on hand")
        assert (page.url, len(context.pages)) == (address, 1)
        ours = ("?v=", "/files/", f"{made}", ".woff2")
        assert [url for url in sent if not any(part in url for part in ours)] == []
        expect(frame.locator("#dot")).to_have_js_property("naturalWidth", 1)
        assert frame.locator("#outside").evaluate("element => element.naturalWidth") == 0
        page.click("li:has-text('report.html') >> text=Close")
        expect(page.locator("iframe")).to_have_count(0)


def test_page_that_is_opened_by_itself_runs_no_script(
    workshop: Site, chromium: Browser, made: str
) -> None:
    with window(chromium, **LOOKS["light"]) as context:
        page = context.new_page()
        page.goto(f"{workshop.address}{made}/files/report.html?view")
        expect(page.locator("#said")).to_have_text("Stock on hand")
        page.click("#send")
        expect(page).to_have_url(re.compile(r"/files/report\.html\?view$"))
        with (
            page.expect_download() as saved,
            contextlib.suppress(Error),
        ):  # it is no page: "aborted"
            page.goto(f"{workshop.address}{made}/files/drawing.svg?view")
        assert saved.value.suggested_filename == "drawing.svg"


def test_without_scripts_a_page_is_opened_by_its_link(
    workshop: Site, plain: Page, made: str
) -> None:
    plain.goto(workshop.address + made)
    plain.click("li:has-text('report.html') >> text=Show here")
    expect(plain.frame_locator("iframe").locator("#said")).to_have_text("Stock on hand")


def test_pictures_below_are_loaded_when_they_are_near(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/studio", {"many": "60"})
    workshop.ended(run)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto(workshop.address + run, wait_until="networkidle")
    loaded = sum("view=" in url for url in asked)
    assert 0 < loaded < page.locator("figure img").count() == 12
    expect(page.locator("#files")).to_contain_text("1 to 50 of 67 files")


def test_files_appear_while_the_run_goes_on(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/studio", {"pause": "60"})
    page.goto(workshop.address + run)
    page.wait_for_selector("figure:has-text('sales by month.png')")
    assert page.inner_text(".chip") == "Running"
    page.click("text=Cancel run")
    page.wait_for_selector(".chip:has-text('Cancelled')")
    expect(page.locator("figure")).to_have_count(2)


def test_page_of_made_files_has_no_fault(
    workshop: Site, context: BrowserContext, made: str
) -> None:
    page = context.new_page()
    page.goto(f"{workshop.address}{made}?open=report.html")
    opened(page)
    assert faults(page) == []
    assert sideways(page) <= 0
