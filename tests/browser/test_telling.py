"""Logs, progress and faults among the output, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site


@pytest.fixture(scope="module")
def told(workshop: Site) -> str:
    """Return the address of a run that told of its work."""
    run = workshop.run("/tools/telling")
    workshop.ended(run)
    return run


def test_log_progress_and_fault_are_blocks_without_fault(
    workshop: Site, context: BrowserContext, told: str
) -> None:
    page = context.new_page()
    page.goto(workshop.address + told)
    assert page.inner_text(".told h2") == "IndexError: list index out of range"
    assert page.get_attribute(".progressed progress", "value") == "100"
    assert page.locator("#blocks dl.kv dt").count() == 3
    assert faults(page) == []
    assert sideways(page) <= 0


def test_level_of_a_log_shows_its_entries_alone_without_scripts(
    workshop: Site, plain: Page, told: str
) -> None:
    plain.goto(workshop.address + told)
    plain.click(".levels >> text=WARNING")
    expect(plain.locator("[data-tablecard] tbody tr")).to_have_count(3)
    assert plain.get_attribute(".levels >> text=WARNING", "aria-current") == "true"
    plain.click(".levels >> text=WARNING")
    expect(plain.locator("[data-tablecard] tbody tr")).to_have_count(12)


@pytest.mark.parametrize("beside", [{}, {"beside": "1"}])
def test_percent_is_in_the_status_bar_and_begins_the_title(
    workshop: Site, page: Page, beside: dict[str, str]
) -> None:
    run = workshop.run("/tools/telling", {"steps": "8", "halt": "60", **beside})
    page.goto(workshop.address + run)
    expect(page.locator("#percent")).to_have_text("50%")
    assert page.get_attribute("#bar", "value") == "50"
    assert page.inner_text("#doing").startswith("Copying")
    expect(page).to_have_title(re.compile(r"^50% Running: "))
    page.reload()
    expect(page).to_have_title(re.compile(r"^50% Running: "))
    page.click("text=Cancel run")
    expect(page.locator(".chip").first).to_have_text("Cancelled")


WATCH = """() => {
  window.texts = [];
  const look = () => {
    const card = document.querySelector('#live-card'), above = card && card.previousElementSibling;
    if (!above || !above.classList.contains('progressed') || card.hidden) return;
    if (/^Copying.*$/.test(card.innerText.trim())) texts.push(card.innerText);
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
}"""


@pytest.mark.parametrize("look", ["light"])
def test_steps_of_a_progress_are_not_text_below_it(workshop: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(workshop.address + workshop.run("/tools/telling", {"steps": "40", "pause": "0.05"}))
    page.evaluate(WATCH)
    expect(page.locator(".told h2")).to_be_visible(timeout=30_000)
    assert page.locator(".progressed").count() == 1
    assert page.evaluate("texts") == []
