"""A path is chosen among the folders of the server: in a dialog, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, opened, sideways
from tests.serving import Site

INTAKE = '''
"""Take in a delivery."""
import argparse, pathlib

parser = argparse.ArgumentParser(description="Take in a delivery.")
parser.add_argument("source", type=pathlib.Path)
parser.add_argument("--list", type=argparse.FileType("rb"))
parser.add_argument("--more", type=pathlib.Path, nargs="*")
parser.add_argument("--parts", type=argparse.FileType("rb"), nargs="*")
parser.add_argument("--limit", type=int)
given = parser.parse_args()
print("source", given.source.name)
'''
SETTINGS = '[roots]\nDeliveries = "../deliveries"\nReports = "../reports"\n'


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """Serve a tool that reads what lies on the server."""
    base = tmp_path_factory.mktemp("intake")
    for name in ("tools", "deliveries/2026/november", "reports"):
        (base / name).mkdir(parents=True)
    for number in range(1, 231):
        (base / f"deliveries/2026/november/list-{number}.csv").write_text("a\n", encoding="utf-8")
    (base / "tools/intake.py").write_text(INTAKE, encoding="utf-8")
    (base / "tools/webify.toml").write_text(SETTINGS, encoding="utf-8")
    with Site(base / "tools", base / "data") as site:
        yield site, base / "deliveries/2026/november"


def go_down(page: Page, *names: str) -> None:
    for name in names:
        page.click(f"#browse .item:has-text('{name}')")
        expect(page.locator("#browse .crumbs li").last).to_have_text(name)


def test_file_is_chosen_in_a_dialog_and_other_answers_stay(
    intake: tuple[Site, Path], page: Page
) -> None:
    site, folder = intake
    page.goto(f"{site.address}/tools/intake")
    page.fill("[name=limit]", "7")
    page.click("button[value=source]")
    expect(page.locator("#browse-h")).to_be_focused()
    go_down(page, "Deliveries", "2026", "november")
    expect(page.locator("#browse-h")).to_be_focused()
    page.click("#browse [rel=next]")
    expect(page.locator("#browse .told")).to_contain_text("101 to 200 of 230")
    page.fill("#browse-q", "list 23")
    expect(page.locator("#browse .told")).to_have_text("4 entries found")
    expect(page.locator("#browse-q")).to_be_focused()
    page.click("#browse .item:has-text('list-230.csv')")
    expect(page.locator("#f-source")).to_have_value(str(folder / "list-230.csv"))
    expect(page.locator("#f-source")).to_be_focused()
    expect(page.locator("#preview")).to_contain_text("list-230.csv")
    expect(page.locator("[name=limit]")).to_have_value("7")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip:has-text('Finished')")
    expect(page.locator("main")).to_contain_text("source list-230.csv")


def test_dialog_opens_where_the_field_points_to_and_escape_leaves_it(
    intake: tuple[Site, Path], page: Page
) -> None:
    site, folder = intake
    page.goto(f"{site.address}/tools/intake")
    page.fill("#f-source", str(folder / "list-1.csv"))
    page.focus("button[value=source]")
    page.keyboard.press("Enter")
    expect(page.locator("#browse .crumbs li").last).to_have_text("november")
    page.click("#browse .crumbs a:has-text('2026')")
    page.click("#browse >> text=Choose this folder")
    expect(page.locator("#f-source")).to_have_value(str(folder.parent))
    page.click("button[value=source]")
    page.keyboard.press("Escape")
    expect(page.locator("#browse")).to_be_hidden()
    expect(page.locator("#f-source")).to_have_value(str(folder.parent))


@pytest.mark.parametrize("field", ["more", "parts"])
def test_list_takes_one_more_with_each_choice(
    intake: tuple[Site, Path], page: Page, field: str
) -> None:
    site, folder = intake
    page.goto(f"{site.address}/tools/intake")
    for number in (1, 2):
        page.click(f"button[value={field}]")
        if number == 1:
            go_down(page, "Deliveries", "2026", "november")
        page.click(f"#browse .item:has-text('list-{number}.csv') >> nth=0")
    boxes = page.locator(f"[name={field}][type=text]")
    expect(boxes).to_have_count(2)
    assert [box.input_value() for box in boxes.all()] == [
        str(folder / f"list-{number}.csv") for number in (1, 2)
    ]


def test_file_field_takes_one_of_the_server(intake: tuple[Site, Path], page: Page) -> None:
    site, folder = intake
    page.goto(f"{site.address}/tools/intake")
    page.click("button[value=list]")
    go_down(page, "Deliveries", "2026", "november")
    assert page.locator("#browse >> text=Choose this folder").count() == 0
    page.click("#browse .item:has-text('list-1.csv') >> nth=0")
    expect(page.locator("[name=list][type=text]")).to_have_value(str(folder / "list-1.csv"))
    expect(page.locator("#preview")).to_contain_text("list-1.csv")


def test_without_scripts_it_is_a_page_of_links(intake: tuple[Site, Path], plain: Page) -> None:
    site, folder = intake
    plain.goto(f"{site.address}/tools/intake")
    plain.fill("[name=limit]", "7")
    plain.click("button[value=source]")
    for name in ("Deliveries", "2026", "november"):
        plain.click(f".item:has-text('{name}')")
    plain.fill("#browse-q", "230")
    plain.click("button:has-text('Search')")
    plain.click(".item:has-text('list-230.csv')")
    expect(plain.locator("#f-source")).to_have_value(str(folder / "list-230.csv"))
    expect(plain.locator("[name=limit]")).to_have_value("7")
    plain.press("[name=limit]", "Enter")
    plain.wait_for_selector(".chip:has-text('Finished')")


@pytest.mark.parametrize("way", ["", "&:root=Deliveries&:in=2026/november", "&:root=Reports"])
def test_page_of_a_folder_has_no_fault(
    intake: tuple[Site, Path], context: BrowserContext, way: str
) -> None:
    page = context.new_page()
    page.goto(f"{intake[0].address}/browse/intake?:for=source{way}")
    assert faults(page) == []
    assert sideways(page) <= 0


def test_form_and_dialog_have_no_fault(intake: tuple[Site, Path], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{intake[0].address}/tools/intake")
    opened(page)
    page.click("button[value=source]")
    go_down(page, "Deliveries", "2026", "november")
    assert faults(page) == []
    assert sideways(page) <= 0
