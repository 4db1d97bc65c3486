"""Reading mode in a real browser: what cannot be done is off, and comes back by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import LOOKS, TOOLS
from tests.browser.test_axe import faults, sideways
from tests.browser.windows import window
from tests.disks import closed, opened, own_disk
from tests.serving import Site


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Site]:
    """Serve a tool from a data folder that nobody can write to."""
    (tmp_path / "tools").mkdir()
    shutil.copy(TOOLS / "slow.py", tmp_path / "tools")
    with own_disk(tmp_path / "data") as data:
        with Site(tmp_path / "tools", data) as site:
            site.ended(site.run("/tools/slow", {"lines": "1", "pause": "0"}))
        with closed(data), Site(tmp_path / "tools", data) as site:
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
        expect(run).to_be_enabled(timeout=20_000)
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/runs/**")
