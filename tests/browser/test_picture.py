"""The command that is shown while the form is filled in is the command that runs."""

from __future__ import annotations

import shlex

import pytest
from playwright.sync_api import Page

from tests.serving import Site

ADD = "people.add"
TEXTS = {
    "server": "there", "since": "2026-11-22T10:30", "tag": "a b", "set": "x\ny z",
    "verbose": "2", "token": "hush",
}  # fmt: skip


def picture_and_command(site: Site, page: Page) -> tuple[list[str], list[str]]:
    """Return the words of the picture, and those of the run that follows."""
    picture = page.text_content("#preview") or ""
    page.click(".runbar .btn-primary")
    page.wait_for_selector(".chip:has-text('Finished')")
    return shlex.split(picture), shlex.split(page.text_content("#cmd") or "")


def open_form(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/tools/picture/people/add")
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    page.fill(f"[name='{ADD}.names']", "Ann")


def test_defaults_are_left_out_of_the_picture(workshop: Site, page: Page) -> None:
    open_form(workshop, page)
    picture, command = picture_and_command(workshop, page)
    assert picture == command == ["picture", "people", "add", "--out=people-add-out.txt", "Ann"]


@pytest.mark.parametrize("name", ["Ann", "-Ann"])
def test_picture_spells_each_answer_where_the_tool_reads_it(
    workshop: Site, page: Page, name: str
) -> None:
    open_form(workshop, page)
    page.fill(f"[name='{ADD}.names']", name)
    for address, text in TEXTS.items():
        where = address if address == "server" else f"{ADD}.{address}"
        page.fill(f"[name='{where}']", text)
    page.check(f"[name='{ADD}.when:on']")
    page.fill(f"[name='{ADD}.when']", "")
    picture, command = picture_and_command(workshop, page)
    assert picture == command
    assert "••••••" in command[command.index("-vv") + 2]


@pytest.mark.parametrize("choice", ["all", "first", "log", "page"])
def test_picture_shows_what_is_chosen(workshop: Site, page: Page, choice: str) -> None:
    open_form(workshop, page)
    page.check(f"[value='{ADD}.{choice}']")
    if choice == "first":
        page.fill(f"[name='{ADD}.first']", "3")
    picture, command = picture_and_command(workshop, page)
    assert picture == command
    assert any(word.startswith(f"--{choice}") for word in command)
