"""Pinning and comparing, as a person does it: by mouse, by phone, without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, opened, sideways
from tests.serving import Site


@pytest.fixture(scope="module")
def runs(workshop: Site) -> dict[str, str]:
    """Return runs by a name, each of which has ended."""
    made = {}
    for shape in ("table", "pairs", "text", "twice"):
        for day in ("1", "3"):
            run = workshop.run("/tools/levels", {"shape": shape, "day": day})
            workshop.ended(run)
            made[f"{shape}-{day}"] = run.rpartition("/")[2]
    return made


def compared(runs: dict[str, str], shape: str = "table", query: str = "") -> str:
    return f"/compare?a={runs[f'{shape}-1']}&b={runs[f'{shape}-3']}{query}"


@pytest.mark.parametrize(
    ("shape", "query"),
    [
        ("table", ""),
        ("table", "&1.key=Item&1.key=Site&1.kind=changed"),
        ("table", "&1.key=:row&1.key=nothing"),
        ("twice", ""),
        ("pairs", ""),
        ("text", ""),
    ],
)
def test_comparison_has_no_fault(
    workshop: Site, context: BrowserContext, runs: dict[str, str], shape: str, query: str
) -> None:
    page = context.new_page()
    page.goto(workshop.address + compared(runs, shape, query))
    assert page.inner_text("h1").startswith("Levels: run ")
    assert faults(page) == []
    assert sideways(page) <= 0


def test_pages_with_pins_have_no_fault(
    workshop: Site, context: BrowserContext, runs: dict[str, str]
) -> None:
    run = runs["table-1"]
    assert workshop.post(f"/runs/{run}/pin").status_code == 303
    page = context.new_page()
    for path in (f"/runs/{run}", "/tools/levels", "/runs?pinned=1", "/compare"):
        page.goto(workshop.address + path)
        opened(page)
        assert faults(page) == [], path
        assert sideways(page) <= 0, path


def test_nothing_scrolls_sideways_on_the_narrowest_screen(
    workshop: Site, context: BrowserContext, runs: dict[str, str]
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (compared(runs), compared(runs, "text"), f"/runs/{runs['table-1']}"):
        page.goto(workshop.address + path)
        opened(page)
        assert sideways(page) <= 0, path


def test_run_is_pinned_and_compared_without_a_script(
    workshop: Site, plain: Page, runs: dict[str, str]
) -> None:
    plain.goto(f"{workshop.address}/runs/{runs['twice-1']}")
    plain.click("text=Pin")
    plain.goto(f"{workshop.address}/runs/{runs['twice-3']}")
    plain.click("summary:has-text('Compare')")
    plain.select_option("#compare-with", runs["twice-1"])
    plain.click("details.compare button")
    expect(plain).to_have_url(workshop.address + compared(runs, "twice"))
    plain.click("#table-1 .presets >> text=Changed")
    expect(plain.locator("#table-1 tbody tr").first.locator("del")).to_have_count(1)
    plain.select_option("#table-1-key-1", ":row")
    plain.click("#table-1 button:has-text('Match')")
    expect(plain.locator("#table-1 .remarks")).to_contain_text("matched as a whole")


def test_two_ticked_runs_of_the_history_are_compared(
    workshop: Site, page: Page, runs: dict[str, str]
) -> None:
    page.goto(f"{workshop.address}/runs?tool=levels")
    for name in ("table-3", "table-1"):
        page.check(f'input[name=run][value="{runs[name]}"]')
    page.click("button[form=pair]")
    expect(page).to_have_url(workshop.address + compared(runs))
    assert re.match(r"\d+ rows? added", page.inner_text("#table-1 .cardhead span"))


def test_differences_are_downloaded(workshop: Site, page: Page, runs: dict[str, str]) -> None:
    page.goto(workshop.address + compared(runs))
    with page.expect_download() as download:
        page.click("text=Download CSV")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("Change,Code,Item,Site,On hand,Price,Code before")
    assert "Gone,HT-0001" in text
