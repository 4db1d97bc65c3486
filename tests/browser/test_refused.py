"""A run that its tool does not take leads back to the form, with scripts and without."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site

SAID = "Argument --number: invalid even value: '3'."


def refuse(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/tools/late")
    page.fill("[name=number]", "3")
    page.fill("[name=note]", "kept")
    page.click(".runbar .btn-primary")
    page.wait_for_url("**/runs/*")
    page.wait_for_url("**/tools/late?from=*")


def test_live_page_turns_into_the_form_with_its_faults(workshop: Site, page: Page) -> None:
    refuse(workshop, page)
    expect(page.locator("#f-number-err")).to_contain_text(SAID)
    expect(page.locator(".errsum")).to_be_focused()
    expect(page).to_have_title("Error: Late – webify")
    expect(page.locator("[name=note]")).to_have_value("kept")


def test_page_without_scripts_leads_to_the_form_too(workshop: Site, plain: Page) -> None:
    refuse(workshop, plain)
    expect(plain.locator("#f-number-err")).to_contain_text(SAID)
    expect(plain.locator("[name=note]")).to_have_value("kept")


def test_way_back_leaves_the_refused_run_out(workshop: Site, page: Page) -> None:
    refuse(workshop, page)
    page.fill("[name=number]", "4")
    page.click(".runbar .btn-primary")
    expect(page.locator(".chip")).to_contain_text("Finished")
    expect(page.locator("h1")).to_have_text("Late")


def test_form_with_the_words_of_the_parser_has_no_fault(
    workshop: Site, context: BrowserContext
) -> None:
    run = workshop.run("/tools/late", {"number": "3"})
    workshop.ended(run)
    page = context.new_page()
    page.goto(workshop.address + run)
    expect(page.locator(".errsum")).to_be_visible()
    assert faults(page) == []
    assert sideways(page) <= 0
