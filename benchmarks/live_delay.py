"""Delay from a line's print to its place on the page, in a real browser.

    python -m benchmarks.live_delay [--lines 100]

The tool prints the clock; the page notes the clock when the line appears in it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """
() => {
  window.seen = {};
  window.began = Date.now();
  const note = () => {
    const now = Date.now();
    const text = document.querySelector('main').textContent;
    for (const [, n, printed] of text.matchAll(/tick (\\d+) (\\d+\\.\\d+)/g))
      if (!(n in window.seen))
        window.seen[n] = printed * 1000 > window.began ? now - printed * 1000 : null;
  };
  new MutationObserver(note).observe(document.querySelector('main'),
                                     {childList: true, subtree: true, characterData: true});
  note();
}
"""


def delays(page: Page, site: Site, lines: int, every: int) -> list[float]:
    """Return the milliseconds of each line that was printed while the page was watched."""
    page.goto(f"{site.address}/tools/ticker")
    page.locator('input[name="lines"]').fill(str(lines))
    page.locator('input[name="every"]').fill(str(every))
    page.locator("form button.btn-primary").first.click()
    page.wait_for_url(re.compile(r"/runs/"))
    page.evaluate(WATCH)
    while str(lines - 1) not in (seen := page.evaluate("window.seen")):
        page.wait_for_timeout(200)
    return sorted(delay for delay in seen.values() if delay is not None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=100)
    lines = parser.parse_args().lines
    with (
        tempfile.TemporaryDirectory() as data,
        Site(TOOLS, Path(data)) as site,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = chromium.new_page()
        print("from print to page     lines   median      95 %      most")
        for every in (10, 100):
            found = delays(page, site, lines if every > 50 else 4 * lines, every)
            middle, high = statistics.median(found), found[int(len(found) * 0.95) - 1]
            print(
                f"a line each {every:3} ms    {len(found):6}"
                f"{middle:7.1f} ms{high:7.1f} ms{found[-1]:7.1f} ms"
            )
        chromium.close()


if __name__ == "__main__":
    main()
