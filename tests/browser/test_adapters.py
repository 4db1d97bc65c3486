"""What a site's own modules do in a browser: choices that follow, a command that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site
from tests.site_adapters.office import furnish


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool with a module of the site."""
    folder: Path = tmp_path_factory.mktemp("site") / "tools"
    furnish(folder)
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def test_choices_follow_another_field(stock: Site, page: Page) -> None:
    page.goto(f"{stock.address}/tools/stock/levels")
    page.fill("[name='levels.limit']", "2")
    page.select_option("[name='levels.region']", "south")
    site = page.locator("select[name='levels.site']")
    expect(site.locator("option")).to_have_text(["Not set", "Dover Harbour"])
    page.select_option("[name='levels.site']", "dover")
    expect(page.locator("#preview")).to_contain_text("--site=dover")
    page.click(".runbar .btn-primary")
    expect(page.locator(".chip").first).to_contain_text("Finished")
    expect(page.locator("#b1 tbody tr, table tbody tr").first).to_contain_text("A0")


def test_answer_that_no_longer_fits_is_dropped_from_the_choices(stock: Site, page: Page) -> None:
    page.goto(f"{stock.address}/tools/stock/levels")
    page.select_option("[name='levels.region']", "south")
    page.select_option("[name='levels.site']", "dover")
    page.select_option("[name='levels.region']", "north")
    site = page.locator("select[name='levels.site']")
    expect(site.locator("option")).to_have_text(["Not set", "leeds", "hull"])
    expect(site).to_have_value("")


def test_choices_follow_without_scripts_too(stock: Site, plain: Page) -> None:
    plain.goto(f"{stock.address}/tools/stock/levels")
    plain.select_option("[name='levels.region']", "north")
    plain.click("button[value='levels.site']")
    plain.select_option("[name='levels.site']", "hull")
    plain.click(".runbar .btn-primary")
    plain.wait_for_url("**/runs/*")


def test_enter_in_a_box_runs_the_form_without_scripts(stock: Site, plain: Page) -> None:
    plain.goto(f"{stock.address}/tools/stock/levels")
    plain.press("[name='levels.limit']", "Enter")
    plain.wait_for_url("**/runs/*")


def test_destructive_command_asks_and_names_what_it_does(stock: Site, page: Page) -> None:
    page.goto(f"{stock.address}/tools/stock/purge")
    page.click(".runbar .btn-primary")
    expect(page.locator(".ask")).to_contain_text("It deletes all old orders.")
    page.click(".ask .btn-primary")
    expect(page.locator(".chip").first).to_contain_text("Finished")


def test_destructive_command_asks_without_scripts_too(stock: Site, plain: Page) -> None:
    plain.goto(f"{stock.address}/tools/stock/purge")
    plain.click(".runbar .btn-primary")
    expect(plain.locator(".ask")).to_contain_text("It deletes all old orders.")
    plain.click(".ask .btn-primary")
    plain.wait_for_url("**/runs/*")


def test_form_with_choices_and_its_question_have_no_fault(
    stock: Site, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{stock.address}/tools/stock/levels")
    page.select_option("[name='levels.region']", "north")
    expect(page.locator("select[name='levels.site'] option")).to_have_count(3)
    assert faults(page) == []
    assert sideways(page) <= 0
    page.goto(f"{stock.address}/tools/stock/purge")
    page.click(".runbar .btn-primary")
    page.wait_for_selector(".ask")
    assert faults(page) == []
