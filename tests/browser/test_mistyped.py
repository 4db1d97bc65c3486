"""What a browser would send as nothing, because it is no number or no date."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site


@pytest.mark.parametrize("typed", ["abc", "1e"])
def test_text_in_a_number_box_is_told_and_kept(office: Site, page: Page, typed: str) -> None:
    page.goto(f"{office.address}/tools/stock/movements")
    page.fill("[name='movements.limit']", typed)
    page.click(".runbar .btn-primary")
    expect(page.locator("#f-movements-limit-err")).to_contain_text(f"You entered “{typed}”")
    expect(page.locator("[name='movements.limit']")).to_have_value(typed)


def test_date_that_is_not_whole_is_told(office: Site, page: Page) -> None:
    page.goto(f"{office.address}/tools/stock/movements")
    page.focus("[name='movements.since']")
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    page.click(".runbar .btn-primary")
    expect(page.locator("#f-movements-since-err")).to_contain_text("Enter a date, like 2026-11-22.")
