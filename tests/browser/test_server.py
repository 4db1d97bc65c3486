"""The Server page, in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TOOLS
from tests.browser.test_axe import faults, sideways
from tests.serving import Site
from tests.web.test_left import TOOL


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve one slow tool with room for a single run, and one that leaves a daemon."""
    folder = tmp_path_factory.mktemp("narrow")
    shutil.copy(TOOLS / "slow.py", folder)
    (folder / "leaver.py").write_text(TOOL, encoding="utf-8")
    (folder / "webify.toml").write_text("[limits]\nruns = 1\n", encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture
def queue(narrow: Site) -> Iterator[None]:
    """Let one run go on and another one wait."""
    runs = [narrow.run("/tools/slow", {"lines": "6000", "pause": "0.1"}) for _ in range(2)]
    yield
    for run in runs[::-1]:
        narrow.post(f"{run}/stop", {"to": "server"})
        narrow.ended(run)


@pytest.mark.usefixtures("queue")
def test_server_page_with_runs_has_no_fault(narrow: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{narrow.address}/server")
    expect(page.locator(".btn-stop")).to_have_count(2)
    assert faults(page) == []
    assert sideways(page) <= 0


@pytest.mark.usefixtures("queue")
def test_server_page_keeps_itself_up_to_date_and_the_focus_where_it_is(
    narrow: Site, page: Page
) -> None:
    page.goto(f"{narrow.address}/server")
    page.focus(".btn-stop >> nth=0")
    chosen = page.evaluate("document.activeElement.ariaLabel")
    page.evaluate("window.first = true")
    narrow.run("/tools/slow", {"lines": "1", "pause": "0"})
    expect(page.locator("tbody tr", has_text="Queue 2")).to_have_count(1)
    assert page.evaluate("document.activeElement.ariaLabel") == chosen
    assert page.evaluate("window.first")


@pytest.mark.usefixtures("queue")
def test_run_is_cancelled_on_the_server_page_without_scripts(narrow: Site, plain: Page) -> None:
    plain.goto(f"{narrow.address}/server")
    row = plain.locator("tbody tr", has_text="Queue 1")
    name = row.locator("button").get_attribute("aria-label")
    row.locator("button").click()
    expect(plain).to_have_url(f"{narrow.address}/server")
    expect(plain.locator(f"[aria-label='{name}']")).to_have_count(0)


if os.name == "posix":

    @pytest.fixture
    def left(narrow: Site) -> Iterator[str]:
        """Let a run leave something running."""
        run = narrow.run("/tools/leaver")
        narrow.ended(run)
        yield f"#left-{run.rpartition('/')[2]}"
        narrow.post(f"{run}/left")

    def test_server_page_with_what_runs_left_has_no_fault(
        narrow: Site, context: BrowserContext, left: str
    ) -> None:
        page = context.new_page()
        page.goto(f"{narrow.address}/server")
        assert page.locator(f"{left} .btn-stop").count() == 1
        assert faults(page) == []
        assert sideways(page) <= 0

    def test_what_a_run_left_is_ended_on_the_server_page_without_scripts(
        narrow: Site, plain: Page, left: str
    ) -> None:
        plain.goto(f"{narrow.address}/server")
        plain.locator(f"{left} button").click()
        expect(plain.locator(left)).to_have_count(0)
        expect(plain).to_have_url(f"{narrow.address}/server")
