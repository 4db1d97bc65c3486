"""A page whose run ended while it was sent, in real Chromium: with scripts, and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.serving import Site

BEFORE = '<main id="main" data-said="Running"><p>What was so at first</p></main>'


@pytest.fixture
def run(office: Site) -> str:
    """Return the address of a run that has ended."""
    run = office.run("/tools/usage", {})
    office.ended(run)
    return office.address + run


def unfold(page: Page, run: str) -> None:
    """Open the page of a run as if the run had gone on at first."""

    def answer(route: Route) -> None:
        sent = route.fetch()
        first = sent.text().replace("<main ", f"{BEFORE}<main ", 1)
        first = first.replace("<title>", "<title>Running: ", 1)
        route.fulfill(response=sent, body=first)

    page.route(run, answer)
    page.goto(run)


def test_what_is_so_at_the_end_takes_the_place_of_what_was_so(page: Page, run: str) -> None:
    unfold(page, run)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator(".facts")).to_contain_text("Finished")
    expect(page).to_have_title(re.compile(r"^Disk usage"))
    page.locator("#t-raw").click()
    expect(page.locator("#p-raw")).to_be_visible()


def test_without_scripts_only_what_is_so_at_the_end_is_seen(plain: Page, run: str) -> None:
    unfold(plain, run)
    expect(plain.get_by_text("What was so at first")).to_be_hidden()
    expect(plain.locator(".facts")).to_contain_text("Finished")
