"""What destroys is asked about in the form as it is: passwords and files are given once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site

TOOL = '''
"""Delete the orders of a year."""
import argparse, pathlib

parser = argparse.ArgumentParser(description="Delete the orders of a year.")
parser.add_argument("year", type=int)
parser.add_argument("--password", required=True, help="That of the database.")
parser.add_argument("--kept", type=pathlib.Path, help="A list of orders to keep.")
given = parser.parse_args()
print(given.year, len(given.password), given.kept.read_text() if given.kept else "nothing kept")
'''
SETTINGS = '[tools.purge]\ndestructive = "It deletes all orders of that year."\n'
LIST = {"name": "kept.txt", "mimeType": "text/plain", "buffer": b"order 7"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool that destroys."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "purge.py").write_text(TOOL, encoding="utf-8")
    (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def asked(shop: Site, page: Page) -> None:
    """Fill in the form and send it."""
    page.goto(f"{shop.address}/tools/purge")
    page.fill("[name=year]", "2019")
    page.fill("[name=password]", "hunter22")
    page.set_input_files("[type=file]", LIST)
    page.click(".runbar .btn-primary")
    expect(page.locator("#sure")).to_be_focused()


def another(page: Page, act: Callable[[], None]) -> None:
    """Do something that is asked about by another question than the one that is there."""
    page.evaluate("document.querySelector('#sure').classList.add('old')")
    act()
    expect(page.locator("#sure:not(.old)")).to_be_focused()


def finished(page: Page) -> None:
    """Wait for the page of the run, and for its end."""
    page.wait_for_url("**/runs/*")
    expect(page.locator(".facts .chip")).to_have_text("Finished")


def test_confirmed_call_gets_the_password_and_the_file_that_were_given_before(
    shop: Site, page: Page
) -> None:
    asked(shop, page)
    expect(page.locator("#sure p")).to_have_text("It deletes all orders of that year.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Yes, run it")).to_be_focused()
    page.keyboard.press("Enter")
    finished(page)
    page.goto(page.url.partition("?")[0] + "?tab=raw")
    expect(page.locator("#raw")).to_contain_text("2019 8 order 7")


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_question_goes_away_and_the_form_stays(shop: Site, page: Page, way: str) -> None:
    asked(shop, page)
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.click("text=Back to the form")
    expect(page.locator("#sure")).to_have_count(0)
    expect(page.locator(".runbar .btn-primary")).to_be_focused()
    expect(page.locator("[name=password]")).to_have_value("hunter22")


def test_answers_that_changed_meanwhile_are_asked_about_again(shop: Site, page: Page) -> None:
    asked(shop, page)
    page.fill("[name=year]", "2020")
    another(page, lambda: page.click("text=Yes, run it"))
    page.click("text=Yes, run it")
    finished(page)


def test_enter_in_a_field_confirms_nothing(shop: Site, page: Page) -> None:
    asked(shop, page)
    another(page, lambda: page.press("[name=year]", "Enter"))


def test_way_back_leads_to_the_field_in_which_enter_was_pressed(shop: Site, page: Page) -> None:
    page.goto(f"{shop.address}/tools/purge")
    page.fill("[name=year]", "2019")
    page.fill("[name=password]", "hunter22")
    page.press("[name=password]", "Enter")
    expect(page.locator("#sure")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[name=password]")).to_be_focused()


def test_faults_are_told_before_anything_is_asked(shop: Site, page: Page) -> None:
    page.goto(f"{shop.address}/tools/purge")
    page.fill("[name=year]", "2019")
    page.click(".runbar .btn-primary")
    expect(page.locator(".errsum")).to_be_focused()
    assert page.locator("#sure").count() == 0


def test_question_has_no_fault_in_any_look(shop: Site, context: BrowserContext) -> None:
    page = context.new_page()
    asked(shop, page)
    assert faults(page) == []
    assert sideways(page) <= 0


def test_without_scripts_they_are_given_again_and_the_page_says_so(shop: Site, plain: Page) -> None:
    plain.goto(f"{shop.address}/tools/purge")
    plain.fill("[name=year]", "2019")
    plain.fill("[name=password]", "hunter22")
    plain.press("[name=password]", "Enter")
    expect(plain.locator("main")).to_contain_text("Passwords and files are not sent back")
    assert plain.locator("[data-unsure]").is_hidden()
    plain.fill("[name=password]", "hunter22")
    plain.press("[name=password]", "Enter")
    plain.fill("[name=password]", "hunter22")
    plain.click("text=Yes, run it")
    plain.wait_for_url("**/runs/*")
