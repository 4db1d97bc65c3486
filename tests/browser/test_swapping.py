"""A table takes the place of its text while a tool prints slowly, in real Chromium."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.windows import window
from tests.serving import Site

SLOW = """
    import argparse, pathlib, time
    parser = argparse.ArgumentParser(description="Prints what it is told to.")
    parser.add_argument("folder")
    folder = pathlib.Path(parser.parse_args().folder)
    steps = ["Levels of today.\\n", "name,count,place", "ann,1,hull\\nbob,2,york", "carl,3,hull"]
    for number, step in enumerate(steps):
        while not (folder / str(number)).exists():
            time.sleep(0.01)
        print(step, flush=True)
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with window(chromium) as context:
        yield context.new_page()


def test_text_is_shown_at_once_and_swapped_for_the_table_in_place(
    tmp_path: Path, page: Page
) -> None:
    tools, steps = tmp_path / "tools", tmp_path / "steps"
    tools.mkdir()
    steps.mkdir()
    (tools / "slow.py").write_text(textwrap.dedent(SLOW), encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        page.goto(f"{site.address}{site.run('/tools/slow', {'folder': str(steps)})}")
        page.evaluate("window.same = true")
        (steps / "0").touch()
        expect(page.locator("#blocks")).to_contain_text("Levels of today.")
        (steps / "1").touch()
        expect(page.locator("#live")).to_contain_text("name,count,place")
        expect(page.locator("#blocks table")).to_have_count(0)
        (steps / "2").touch()
        expect(page.locator("#blocks tbody tr")).to_have_count(2)
        expect(page.locator("#blocks")).not_to_contain_text("ann,1,hull")
        expect(page.locator("#blocks")).to_contain_text("Levels of today.")
        (steps / "3").touch()
        expect(page.locator("#blocks tbody tr")).to_have_count(3)
        expect(page.locator("#blocks")).not_to_contain_text("carl,3,hull")
        assert page.evaluate("window.same")
