"""No page has a fault that axe can find, in light, dark and phone size."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.serving import Site

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORKSHOP = [
    "/",
    "/?q=slow",
    "/?q=nothing-of-this-name",
    "/tools/widgets",
    "/tools/widgets/all",
    "/tools/reports/movements",
    "/tools/fails",
    "/tools/slow",
    "/tools/long",
    "/tools/many/task-3",
    "/tools/cannot",
    "/runs",
    "/runs?status=failed",
    "/runs/aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "/conversion",
    "/conversion?q=nothing-of-this-name",
    "/server",
    "/server/log",
    "/no-such-page",
]


def faults(page: Page) -> list[str]:
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # what the bar covers is no fault
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked)
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:160]} ({node.get('failureSummary', '')})"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def opened(page: Page) -> None:
    """Open all that can be opened, so that nothing hides."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("path", WORKSHOP)
def test_page_has_no_fault(workshop: Site, context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(workshop.address + path)
    opened(page)
    assert faults(page) == []
    assert sideways(page) <= 0


def test_first_run_has_no_fault(nothing: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(nothing.address)
    expect(page.locator("h1")).to_have_text("No tools yet")
    assert faults(page) == []


def test_form_with_faults_has_no_other_fault(workshop: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{workshop.address}/tools/widgets/all")
    page.click(".runbar .btn-primary")
    page.wait_for_selector(".errsum")
    opened(page)
    expect(page).to_have_title(re.compile(r"^Error: "))
    assert faults(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("tab", ["result", "raw", "errors", "details"])
def test_finished_run_has_no_fault(workshop: Site, context: BrowserContext, tab: str) -> None:
    run = workshop.run("/tools/slow", {"lines": "60", "pause": "0", "table": "1"})
    workshop.ended(run)
    page = context.new_page()
    page.goto(f"{workshop.address}{run}?tab={tab}")
    assert faults(page) == []
    assert sideways(page) <= 0


def test_colours_of_output_can_be_read(workshop: Site, context: BrowserContext) -> None:
    run = workshop.run("/tools/slow", {"lines": "20", "pause": "0"})
    workshop.ended(run)
    page = context.new_page()
    for tab in ("result", "raw"):
        page.goto(f"{workshop.address}{run}?tab={tab}")
        assert faults(page) == []


def test_failed_run_has_no_fault(workshop: Site, context: BrowserContext) -> None:
    run = workshop.run("/tools/fails", {"name": "x", ":sure": "1"})
    workshop.ended(run)
    page = context.new_page()
    page.goto(workshop.address + run)
    expect(page).to_have_title(re.compile(r"^Failed: "))
    assert faults(page) == []
    assert sideways(page) <= 0


def test_running_run_has_no_fault(workshop: Site, context: BrowserContext) -> None:
    run = workshop.run("/tools/slow", {"lines": "3000", "pause": "0.05", "table": "1"})
    page = context.new_page()
    page.goto(workshop.address + run)
    page.wait_for_selector("[data-tablecard] tbody tr")
    assert faults(page) == []
    assert sideways(page) <= 0
    page.click("text=Cancel run")
    page.wait_for_selector(".chip:has-text('Cancelled')")


def test_switcher_and_question_have_no_fault(workshop: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{workshop.address}/tools/fails")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#go-list li")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.fill("[name=name]", "x")
    page.click(".tries .btn-stop")
    page.wait_for_selector(".ask")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/", "/tools/widgets/all", "/runs"])
def test_nothing_scrolls_sideways_on_the_narrowest_screen(
    workshop: Site, context: BrowserContext, path: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(workshop.address + path)
    assert sideways(page) <= 0
