"""Windows of the browser that close for certain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

TRIES = 5  # that a page may move on while it is left


@contextmanager
def window(chromium: Browser, **look: Any) -> Iterator[BrowserContext]:
    """Open a window of a look; close it at the end.

    Chromium answers that it closed a page whose next one is just arriving, and does not
    (crbug.com/536385539): Playwright then waits for ever.  A page that was left for an empty one
    moves nowhere.
    """
    context = chromium.new_context(**look)
    try:
        yield context
    finally:
        for page in context.pages:
            leave(page)
        context.close()


def leave(page: Page) -> None:
    """Go to the empty page, also when the page is about to move elsewhere."""
    for _ in range(TRIES - 1):
        with suppress(Error):
            page.goto("about:blank")
            break
    else:
        page.goto("about:blank")
