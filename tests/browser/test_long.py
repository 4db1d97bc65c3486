"""A form of many settings shows first what must be answered, and finds the others by a word."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.serving import Site


def shown(page: Page) -> list[str]:
    """Return the labels of all fields that can be seen."""
    labels = page.locator("#f .form-label:visible").all_inner_texts()
    return [label.split(" (")[0].split(" -")[0].strip() for label in labels]


def test_only_what_must_be_answered_is_open_at_first(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/long")
    assert shown(page) == ["Place", "Lamp"]
    heads = page.locator("details.more > summary").all_inner_texts()
    assert [head.split() for head in heads] == [
        ["Colours", "20", "settings"],
        ["Sizes", "20", "settings"],
    ]


def test_search_shows_what_matches_and_gives_the_rest_back(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/long")
    page.fill("[data-settings]", "number 7 sizes")
    assert shown(page) == ["Sizes 7", "Sizes 17"]
    expect(page.locator("#narrowed")).to_have_text("2 settings")
    page.fill("[data-settings]", "bicycle")
    assert shown(page) == []
    expect(page.locator("#narrowed")).to_have_text("No setting matches")
    page.press("[data-settings]", "Escape")
    assert shown(page) == ["Place", "Lamp"]
    expect(page.locator("#narrowed")).to_have_text("")


def test_enter_in_the_search_does_not_run_the_tool(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/long")
    page.fill("[name=place]", "here")
    page.fill("[data-settings]", "lamp")
    page.press("[data-settings]", "Enter")
    assert page.url == f"{workshop.address}/tools/long"
    page.click(".runbar .btn-primary")
    page.wait_for_url("**/runs/*")


def test_without_scripts_sections_open_and_nothing_is_searched(workshop: Site, plain: Page) -> None:
    plain.goto(f"{workshop.address}/tools/long")
    assert not plain.is_visible("[data-settings]")
    plain.click("summary:has-text('Sizes')")
    assert "Sizes 7" in shown(plain)


def test_many_commands_are_searched(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/many/task-3")
    page.fill("[data-commands]", "task 37")
    assert page.locator(".cmds a:visible b").all_inner_texts() == ["Task 37"]
    page.fill("[data-commands]", "")
    expect(page.locator(".cmds a:visible")).to_have_count(40)


def test_chosen_one_of_many_commands_is_in_view(workshop: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{workshop.address}/tools/many/task-30")
    expect(page.locator(".cmds [aria-current]")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight") < 1500
