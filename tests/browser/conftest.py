"""A real browser before a real site, for the tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import ROOT, Site

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
    context = chromium.new_context(**LOOKS[look])
    yield context
    context.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a window on a desk; what its scripts complain of fails the test."""
    context = chromium.new_context(**LOOKS["light"])
    page = watched(context.new_page())
    yield page
    context.close()
    assert not page.complaints  # type: ignore[attr-defined]


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """Open a window with scripts off."""
    context = chromium.new_context(**LOOKS["light"], java_script_enabled=False)
    yield context.new_page()
    context.close()


def watched(page: Page) -> Page:
    """Note what the page's scripts and its security policy complain of."""
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: note(page, said.type, said.text))
    return page


def note(page: Page, kind: str, text: str) -> None:
    """Keep an error of the console, save that a form with faults answers 422."""
    if kind == "error" and "status of 4" not in text:
        page.complaints.append(text)  # type: ignore[attr-defined]
