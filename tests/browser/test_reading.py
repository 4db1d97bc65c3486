"""Reading mode in a real browser: what cannot be done is off, and comes back by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import LOOKS, TOOLS
from tests.browser.test_axe import faults, sideways
from tests.browser.windows import window
from tests.disks import closed, opened, own_disk
from tests.serving import Site
from webify.model.run import Run, State
from webify.store.store import Store


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool from a data folder that nobody can write to; the last test opens it."""
    folder = tmp_path_factory.mktemp("reading")
    (folder / "tools").mkdir()
    shutil.copy(TOOLS / "slow.py", folder / "tools")
    with own_disk(folder / "data") as data:
        with closing(Store(data / "webify.db")) as store:
            now = datetime.now(UTC)
            store.add(Run("a" * 26, "slow", "Slow", state=State.SUCCEEDED, created=now, ended=now))
        with closed(data), Site(folder / "tools", data) as site:
            yield site


def test_pages_in_reading_mode_have_no_fault(reading: Site, context: BrowserContext) -> None:
    page = context.new_page()
    for path, off in (
        ("/tools/slow", ".runbar .btn-primary"),
        ("/runs", "[action$='/pin'] button"),
    ):
        page.goto(reading.address + path)
        expect(page.locator(off)).to_be_disabled()
        assert faults(page) == []
        assert sideways(page) <= 0


def test_form_filled_in_reading_mode_is_run_once_it_is_over(
    reading: Site, chromium: Browser
) -> None:
    with window(chromium, **LOOKS["light"]) as context:
        page = context.new_page()
        page.goto(f"{reading.address}/tools/slow")
        run = page.get_by_role("button", name="Run", exact=True)
        expect(run).to_be_disabled()
        expect(run).to_have_accessible_description(re.compile("The data folder cannot be written"))
        page.fill("[name=lines]", "1")
        page.fill("[name=pause]", "0")
        page.keyboard.press("Control+Enter")
        opened(reading.data)
        expect(run).to_be_enabled()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/runs/**")
