"""The viewer of long texts in a real browser: scrolled, searched, followed, by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site

PRINTER = '''
"""Print many lines, then wait for a file and print again."""
import argparse, pathlib, time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--lines", type=int, default=20_000)
parser.add_argument("--gate", type=pathlib.Path)
given = parser.parse_args()
for number in range(1, given.lines + 1):
    print(f"\\x1b[32mline\\x1b[0m {number} " + "word " * (80 if number == 4 else 3))
print("worker: error: it broke", flush=True)
while given.gate and not given.gate.exists():
    time.sleep(0.01)
if given.gate:
    for number in range(200):
        print("late", number)
'''


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("tools")
    (folder / "printer.py").write_text(PRINTER, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture(scope="module")
def run(site: Site) -> str:
    """Return the address of a run that has printed 20,001 lines."""
    run = site.run("/tools/printer")
    site.ended(run)
    return site.address + run


@pytest.fixture
def gate(site: Site, tmp_path: Path):
    """Return a file that lets a run go on, and the address of the run that waits for it."""
    gate = tmp_path / "gate"
    run = site.run("/tools/printer", {"lines": "2000", "gate": str(gate)})
    yield gate, site.address + run
    gate.touch()
    site.ended(run)


END = """() => {
    const lines = document.querySelector('#lines');
    return lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
}"""
LAST = "n => +document.querySelector('#lines').lastElementChild.id.slice(1) >= n"


def at_end(page: Page) -> bool:
    return bool(page.evaluate(END))


def test_scrolling_joins_pages_and_forgets_what_is_far(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    for number in range(500, 6_001, 500):
        page.wait_for_function(LAST, arg=number)
        page.eval_on_selector("#lines", "p => { p.scrollTop = p.scrollHeight; }")
    lines = page.eval_on_selector_all("#lines > .l", "all => all.map(l => +l.id.slice(1))")
    assert len(lines) <= 3_000
    assert lines == list(range(lines[0], lines[-1] + 1))
    assert lines[0] > 1


def test_scrolling_up_keeps_what_is_seen_in_its_place(page: Page, run: str) -> None:
    page.goto(f"{run}/output?line=10000#L10000")
    seen = "document.querySelector('#L10000').getBoundingClientRect().top"
    page.wait_for_selector("#L9800", state="attached")
    before = page.evaluate(seen)
    page.eval_on_selector("#lines", "p => { p.scrollTop -= 10; }")
    page.wait_for_function("document.querySelector('#lines').firstElementChild.id.slice(1) < 9600")
    assert abs(page.evaluate(seen) - before) <= 12


def test_lines_are_chosen_by_their_numbers_and_copied(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    page.click("#L2 .n")
    page.click("#L3 .n", modifiers=["Shift"])
    expect(page).to_have_url(re.compile(r"line=2-3#L2$"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=Copy 2 lines")
    expect(page.locator("#say")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "line 2 word word word \nline 3 word word word "


def test_link_to_a_line_opens_there(page: Page, run: str) -> None:
    page.goto(f"{run}/output#L15000-L15002")
    page.wait_for_selector("#L15001.here")
    expect(page.locator("#lines .here")).to_have_count(3)
    expect(page.locator("#L15000")).to_be_in_viewport()


def test_slash_leads_to_the_search_and_enter_searches(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    page.keyboard.press("/")
    page.keyboard.type("LINE 777 ")
    page.keyboard.press("Enter")
    expect(page.locator("#found-say")).to_have_text("1 line matches “LINE 777 ”.")
    page.click("#found-list a")
    expect(page.locator("#L777.here mark").first).to_be_in_viewport()


def test_search_goes_on_by_itself_up_to_its_bound(page: Page, run: str) -> None:
    page.goto(f"{run}/output?q=word")
    expect(page.locator("#found-say")).to_contain_text("1,000 and more lines match “word”.")
    expect(page.locator("#found-list li")).to_have_count(1000)
    expect(page.locator("#found-stop")).to_be_hidden()
    page.click("#found-say a")
    expect(page.locator("#found-list li .n").first).to_have_text("1,001")


def test_next_match_is_looked_for_from_what_is_seen(page: Page, run: str) -> None:
    page.goto(f"{run}/output?q=0 word&line=5000")
    page.click("text=Next match")
    expect(page.locator("#L5010.here")).to_be_in_viewport()
    page.click("text=Previous match")
    expect(page.locator("#L5000.here")).to_be_in_viewport()


def test_first_error_is_one_press_away(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    page.click("text=First error")
    expect(page.locator("#L20001.here")).to_be_in_viewport()
    expect(page.locator("#L20001 .t")).to_have_text("worker: error: it broke")


def test_keyboard_reaches_both_ends(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    page.focus("#lines")
    page.keyboard.press("Control+End")
    page.wait_for_selector("#L20001")
    assert at_end(page)
    page.keyboard.press("Control+Home")
    page.wait_for_selector("#L1")
    expect(page.locator("#place")).to_have_text("Line 1 of 20,001")


def test_wrap_can_be_switched_off(page: Page, run: str) -> None:
    page.goto(f"{run}/output")
    high = "document.querySelector('#L4').offsetHeight"
    wrapped = page.evaluate(high)
    page.click("button:has-text('Wrap')")
    assert page.evaluate(high) < wrapped
    assert page.evaluate("(p => p.scrollWidth > p.clientWidth)(document.querySelector('#lines'))")


def test_new_lines_are_followed_until_the_end(page: Page, gate: tuple[Path, str]) -> None:
    file, address = gate
    page.goto(f"{address}/output")
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "true")
    page.wait_for_selector("#L2001")
    assert at_end(page)
    file.touch()
    page.wait_for_selector("#L2201")
    expect(page.locator("#follow")).to_be_hidden()
    expect(page.locator("#state")).to_have_text("Finished")
    expect(page.locator("#total")).to_have_text("2,201 lines")
    assert at_end(page)


def test_scrolling_up_pauses_and_follow_goes_on(page: Page, gate: tuple[Path, str]) -> None:
    file, address = gate
    page.goto(f"{address}/output")
    page.wait_for_selector("#L2001")
    page.eval_on_selector("#lines", "p => { p.scrollTop -= 900; }")
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    place = page.inner_text("#place").split(" of ")[0]
    file.touch()
    expect(page.locator("#state")).to_have_text("Finished")
    assert page.inner_text("#place").split(" of ")[0] == place
    assert not at_end(page)


def test_without_scripts_links_lead_through_the_text(plain: Page, run: str) -> None:
    plain.goto(f"{run}/output")
    plain.click("text=Later")
    expect(plain.locator("#L501")).to_have_count(1)
    plain.click("nav >> text=Last")
    expect(plain.locator("#L20001")).to_have_count(1)
    plain.fill("#line", "12345")
    plain.click("text=Go to line")
    expect(plain.locator("#L12345.here")).to_have_count(1)
    plain.fill("#q", "line 777 ")
    plain.click("button:has-text('Search')")
    expect(plain.locator("#found-list .say")).to_contain_text("1 line matches")


@pytest.mark.parametrize(
    "query", ["", "?q=line+77", "?line=40-42", "?go=error&from=9999999", "?end=1&wrap=no"]
)
def test_viewer_has_no_fault(context: BrowserContext, run: str, query: str) -> None:
    page = context.new_page()
    page.goto(f"{run}/output{query}")
    page.wait_for_selector("#lines .l")
    assert faults(page) == []
    assert sideways(page) <= 0


def test_viewer_of_no_errors_and_of_a_run_that_goes_on_has_no_fault(
    context: BrowserContext, gate: tuple[Path, str]
) -> None:
    page = context.new_page()
    for place in ("errors", "output"):
        page.goto(f"{gate[1]}/{place}")
        assert faults(page) == []
        assert sideways(page) <= 0
