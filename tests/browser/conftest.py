"""A real browser before a real site, for the tests of this folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.windows import window
from tests.serving import ROOT, Site

collect_ignore = [] if os.name == "posix" else ["test_reading.py"]  # no disk to close there
LOOKS = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "is_mobile": True,
        "has_touch": True,
    },
}
PATIENCE = 30_000  # milliseconds until a page must show what is expected of it
QUIET = ("--disable-gpu", "--disable-background-networking", "--no-sandbox")
TOOLS = Path(__file__).parent / "tools"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the tools that come with webify."""
    with Site(ROOT / "legacy_tools", tmp_path_factory.mktemp("office")) as site:
        yield site


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve small tools that show every widget and every way to end."""
    with Site(TOOLS, tmp_path_factory.mktemp("workshop")) as site:
        yield site


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a folder without tools."""
    folder = tmp_path_factory.mktemp("none")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or playwright's own."""
    expect.set_options(timeout=PATIENCE)  # 5 s otherwise: too few on a machine that is shared
    with sync_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=system, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    """Go through light, dark and phone size."""
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, look: str) -> Iterator[BrowserContext]:
    """Open a window of this look."""
    with window(chromium, **LOOKS[look]) as context:
        yield context


@pytest.fixture
def complaints() -> list[str]:
    """Return what a page's scripts and its security policy complained of."""
    return []


@pytest.fixture
def page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """Open a window on a desk; a complaint fails the test."""
    with window(chromium, **LOOKS["light"]) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.extend(worth_noting(said.type, said.text)))
        yield page
    assert complaints == []


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """Open a window with scripts off."""
    with window(chromium, **LOOKS["light"], java_script_enabled=False) as context:
        yield context.new_page()


def worth_noting(kind: str, text: str) -> list[str]:
    """Return an error of the console, save that a form with faults answers 422."""
    return [text] if kind == "error" and "status of 4" not in text else []
