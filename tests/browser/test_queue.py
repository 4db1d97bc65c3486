"""Runs that wait for their turn, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TOOLS
from tests.browser.test_axe import faults, opened, sideways
from tests.serving import Site

LONG = {"lines": "6000", "pause": "0.1"}
SHORT = {"lines": "3", "pause": "0"}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve one slow tool with room for a single run."""
    folder = tmp_path_factory.mktemp("narrow")
    shutil.copy(TOOLS / "slow.py", folder)
    (folder / "webify.toml").write_text("[limits]\nruns = 1\n", encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture
def queue(narrow: Site) -> Iterator[tuple[str, str, str]]:
    """Let one run go on and two wait; all are cancelled once the window has closed.

    Named before the window: Chromium may hang if it is closed while its page moves on.
    """
    runs = [narrow.run("/tools/slow", each) for each in (LONG, SHORT, SHORT)]
    yield runs[0], runs[1], runs[2]
    for run in runs[::-1]:
        stop(narrow, run)
        narrow.ended(run)


def stop(site: Site, run: str) -> None:
    origin = {"Origin": site.address}
    site.browser.post(f"{run}/stop", data={":csrf": site.token}, headers=origin)


def test_page_of_a_run_that_waits_has_no_fault(
    narrow: Site, queue: tuple[str, str, str], context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(narrow.address + queue[2])
    expect(page.locator(".statusbar .chip")).to_have_text("Queued")
    expect(page.locator("#before")).to_have_text("1 run before yours")
    opened(page)
    assert faults(page) == []
    assert sideways(page) <= 0


def test_place_moves_up_and_the_page_turns_into_the_finished_one(
    narrow: Site, queue: tuple[str, str, str], page: Page
) -> None:
    page.goto(narrow.address + queue[2])
    expect(page.locator("#place")).to_have_text("2")
    stop(narrow, queue[1])
    expect(page.locator("#before")).to_have_text("Yours is next")
    expect(page.locator("#why")).to_have_text("Another run is at work.")
    stop(narrow, queue[0])
    expect(page.locator(".facts .chip")).to_have_text("Finished")
    expect(page).to_have_url(narrow.address + queue[2])


def test_run_that_waits_is_cancelled_at_once(
    narrow: Site, queue: tuple[str, str, str], page: Page
) -> None:
    page.goto(narrow.address + queue[1])
    page.click("text=Cancel run")
    expect(page.locator(".facts .chip")).to_have_text("Cancelled")
    expect(page.locator(".note").first).to_have_text("Stopped before it began.")


def test_run_that_waits_is_seen_and_cancelled_without_scripts(
    narrow: Site, plain: Page, queue: tuple[str, str, str]
) -> None:
    plain.goto(narrow.address + queue[2])
    expect(plain.locator("main")).to_contain_text("1 run before yours")
    assert plain.locator("meta[http-equiv=refresh]").count() == 1
    plain.click("text=Cancel run")
    expect(plain.locator(".facts .chip")).to_have_text("Cancelled")


@pytest.mark.parametrize("path", ["/", "/runs?tool=slow"])
def test_run_is_cancelled_in_a_list_which_comes_back(
    narrow: Site, queue: tuple[str, str, str], page: Page, path: str
) -> None:
    number = narrow.page(queue[2]).partition(">Run ")[2].partition("<")[0]
    page.goto(narrow.address + path)
    page.click(f"[aria-label='Cancel Slow, run {number}']")
    expect(page.locator(f"[aria-label='Cancel Slow, run {number}']")).to_have_count(0)
    assert page.url.startswith(narrow.address + path)
    assert "Cancelled" in narrow.page(queue[2])


@pytest.mark.parametrize("path", ["/", "/runs"])
def test_lists_with_runs_that_wait_have_no_fault(
    narrow: Site, queue: tuple[str, str, str], context: BrowserContext, path: str
) -> None:
    page = context.new_page()
    page.goto(narrow.address + path)
    expect(page.locator(".btn-stop")).to_have_count(3)
    assert faults(page) == []
    assert sideways(page) <= 0
