"""Make docs/images/first-screen.png: the page that the README's tool becomes.

    python -m scripts.first_screen

The tool is taken from the README itself and served by a real site, so that picture and text
cannot drift apart.  Needs the system's Chromium.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import ROOT, Site

PICTURE = ROOT / "docs" / "images" / "first-screen.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
WIDTH, HEIGHT, SCALE, SMALLER = 1000, 640, 1.5, 0.7
BOTH = """
<body style="margin: 0; padding: 20px; display: flex; gap: 20px; background: #cfd6dd">
<img src="data:image/png;base64,{form}" width="{width}" style="border-radius: 8px">
<img src="data:image/png;base64,{result}" width="{width}" style="border-radius: 8px">
</body>
"""


def main() -> int:
    """Serve the tool, fill in its form, run it, and keep both pages in one picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "my_tools"
        folder.mkdir()
        (folder / "parts.py").write_text(first_tool(), encoding="utf-8")
        with Site(folder, Path(name) / "data") as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            take(browser, f"{site.address}/tools/parts")
            browser.close()
    sys.stdout.write(f"Wrote {PICTURE.relative_to(ROOT)}.\n")
    return 0


def first_tool() -> str:
    """Return the first Python example of the README."""
    found = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found, "the README shows no tool"
    return found[1]


def chromium() -> str:
    """Return the path of the system's browser."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    assert found, "there is no Chromium on PATH"
    return found[0]


def take(browser: Browser, address: str) -> None:
    """Write the picture of the form and of the run, side by side."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, locale="en-GB"
    )
    page.goto(address)
    page.locator('[name="below"]').fill("10")
    form = shot(page)
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_url("**/runs/*")
    page.locator("table").first.wait_for()
    width = round(WIDTH * SMALLER)
    both = {"form": form, "result": shot(page), "width": width}
    page.close()
    size = {"width": 2 * width + 60, "height": round(HEIGHT * SMALLER) + 40}
    sheet = browser.new_page(viewport=size, device_scale_factor=SCALE)
    sheet.set_content(BOTH.format_map(both))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    sheet.screenshot(path=PICTURE)


def shot(page: Page) -> str:
    """Return what is seen of a page, as text for an address."""
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement.blur()")
    return base64.b64encode(page.screenshot()).decode("ascii")


if __name__ == "__main__":
    sys.exit(main())
