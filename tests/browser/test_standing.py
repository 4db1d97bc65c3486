"""How a run that goes on stands, on a page that stays open."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.runs.bench import until
from tests.serving import Site
from webify.runs.folder import RunFolder

TOOLS = Path(__file__).parent / "asking"
CLOCK = "const now = Date.now; let set = 0; Date.now = () => now() + set; window.put = s => set = s"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool that asks."""
    with Site(TOOLS, tmp_path_factory.mktemp("asking")) as site:
        yield site


@pytest.fixture
def run(site: Site, page: Page) -> Iterator[str]:
    """Open the page of a run that waits for an answer."""
    page.add_init_script(CLOCK)
    run = site.run("/tools/asker")
    page.goto(site.address + run)
    expect(page.locator("#ask")).to_be_visible()
    yield run
    page.close()
    cancel(site, run)
    site.ended(run)


def cancel(site: Site, run: str) -> None:
    origin = {"Origin": site.address}
    site.browser.post(f"{run}/stop", data={":csrf": site.token}, headers=origin)


def test_time_goes_on_as_it_passes_whatever_the_clock_of_the_browser_is_set_to(
    run: str, page: Page
) -> None:
    clock = page.locator("#elapsed")
    for day in (86_400_000, -86_400_000):
        page.evaluate("day => put(day)", day)
        before = clock.inner_text()
        expect(clock).not_to_have_text(before)
        assert clock.inner_text().startswith("0:")


if os.name == "posix":

    def test_page_that_stays_open_tells_that_its_run_is_cancelled_elsewhere(
        site: Site, run: str, page: Page
    ) -> None:
        folder = next(site.data.glob(f"runs/*/*/*/{run.rpartition('/')[2]}"))
        until(RunFolder(folder).process)
        process = RunFolder(folder).process()
        assert process
        os.kill(process.pid, signal.SIGSTOP)  # so that the end takes its time
        try:
            cancel(site, run)
            expect(page.locator("#state")).to_have_text("Cancelling")
            expect(page.locator("#ask")).to_have_count(0)
            expect(page.get_by_text("Cancel run")).to_have_count(0)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        expect(page.locator(".facts .chip")).to_have_text("Cancelled")
