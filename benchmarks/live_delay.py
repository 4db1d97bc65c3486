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

from playwright.sync_api import sync_playwright

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """
() => {
  window.seen = {};
  const note = () => {
    const now = Date.now();
    const text = document.querySelector('main').textContent;
    for (const [, n, printed] of text.matchAll(/tick (\\d+) (\\d+\\.\\d+)/g))
      if (!(n in window.seen)) window.seen[n] = now - printed * 1000;
  };
  new MutationObserver(note).observe(document.querySelector('main'),
                                     {childList: true, subtree: true, characterData: true});
  note();
}
"""


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
        page.goto(f"{site.address}/tools/ticker")
        page.locator('input[name="lines"]').fill(str(lines))
        page.locator("form button.btn-primary").first.click()
        page.wait_for_url(re.compile(r"/runs/"))
        page.evaluate(WATCH)
        while len(seen := page.evaluate("window.seen")) < lines:
            page.wait_for_timeout(200)
        chromium.close()
    # lines that were on the page before the watch began tell nothing
    delays = sorted(seen[str(n)] for n in range(20, lines))
    print(f"{len(delays)} lines, from print to page")
    print(f"median  {statistics.median(delays):6.1f} ms")
    print(f"95 %    {delays[int(len(delays) * 0.95) - 1]:6.1f} ms")
    print(f"most    {delays[-1]:6.1f} ms")


if __name__ == "__main__":
    main()
