"""Questions that a tool asks while it runs, answered in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_axe import faults, sideways
from tests.serving import Site

TOOLS = Path(__file__).parent / "asking"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool that asks."""
    with Site(TOOLS, tmp_path_factory.mktemp("asking")) as site:
        yield site


def opened(site: Site, page: Page, kind: str, times: int = 1) -> str:
    """Open a run that asks; return its address."""
    run = site.run("/tools/asker", {"kind": kind, "times": str(times)})
    page.goto(site.address + run)
    expect(page.locator("#ask")).to_be_visible()
    return run


def test_yes_answers_and_the_page_turns_into_the_finished_one(asking: Site, page: Page) -> None:
    run = opened(asking, page, "yes")
    expect(page).to_have_title(re.compile(r"^\? Asker"))
    expect(page.locator("#state")).to_have_text("Waiting for an answer")
    assert page.inner_text("#ask-text").endswith("Measure it too? [y/N]")
    assert page.locator("#ask button").all_inner_texts() == ["Yes", "No (default)", "Send"]
    page.click("#ask >> text=Yes")
    expect(page.locator(".facts .chip")).to_have_text("Finished")
    expect(page).to_have_title(re.compile(r"^Asker"))
    page.goto(asking.address + run + "?tab=raw")
    expect(page.locator("#raw")).to_contain_text("Measure it too? [y/N] y")


def test_what_is_asked_stands_in_the_box_alone_until_it_is_answered(
    asking: Site, page: Page
) -> None:
    opened(asking, page, "menu")
    expect(page.locator("#ask-text")).to_contain_text("Choose a colour:")
    expect(page.locator("#p-result")).to_contain_text("2) dark green")
    expect(page.locator("#p-result").get_by_text("Choose a colour:")).to_have_count(0)
    page.click("#ask >> text=1: red")
    expect(page.locator(".facts .chip")).to_have_text("Finished")
    expect(page.locator("#p-result")).to_contain_text("Choose a colour: 1")


def test_box_closes_the_chip_runs_again_and_the_next_question_comes(
    asking: Site, page: Page
) -> None:
    opened(asking, page, "name", 2)
    page.reload()
    expect(page.locator("#ask-answer")).to_be_focused()
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")
    expect(page.locator("#ask-text")).to_have_text("Name 2 [World]:")
    expect(page.locator("#ask-answer")).to_be_focused()
    expect(page.locator("#ask-answer")).to_have_value("")
    expect(page.locator("#n-raw")).to_have_text("6")  # that of the question is not whole
    page.keyboard.press("Enter")
    expect(page.locator(".facts .chip")).to_have_text("Finished")
    page.click("#t-raw")
    expect(page.locator("#raw")).to_contain_text("Name 1 [World]: Ann")


def test_password_is_typed_hidden_and_shown_as_dots(asking: Site, page: Page) -> None:
    run = opened(asking, page, "word")
    assert page.get_attribute("#ask-answer", "type") == "password"
    page.fill("#ask-answer", "Gr8-secret")
    page.click("#ask >> text=Send")
    expect(page.locator("#main")).to_contain_text("It has 10 letters")
    page.goto(asking.address + run + "?tab=errors")
    expect(page.locator("#err")).to_contain_text("Password: ••••••")
    assert "Gr8-secret" not in page.content()


def test_numbered_lines_and_going_on_are_buttons(asking: Site, page: Page) -> None:
    opened(asking, page, "menu")
    page.click("#ask >> text=2: dark green")
    expect(page.locator("#main")).to_contain_text("You took 2")
    opened(asking, page, "enter")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".facts .chip")).to_have_text("Finished")


def test_text_is_given_to_a_tool_that_reads_without_a_word(asking: Site, page: Page) -> None:
    opened(asking, page, "read")
    expect(page.locator("#ask-head")).to_have_text("The program reads its input")
    page.fill("#ask-answer", "pear\napple")
    page.click("#ask >> text=No more input")
    expect(page.locator("#main")).to_contain_text("Read ['apple', 'pear']")


def test_question_that_nobody_answers_ends_the_run_and_says_so(asking: Site, page: Page) -> None:
    page.goto(asking.address + asking.run("/tools/hasty"))
    expect(page.locator("#ask-until")).to_contain_text(re.compile(r"The run ends at \d\d:\d\d if"))
    expect(page.locator(".facts .chip")).to_have_text("Timed out")
    expect(page.locator(".note.bad")).to_contain_text("Nobody answered within 3 seconds")
    expect(page.locator(".note.bad")).to_contain_text("It asked: “Quick: yes or no? [y/N]”")


def test_second_of_two_people_is_told(asking: Site, page: Page) -> None:
    run = opened(asking, page, "yes", 2)
    other = page.context.new_page()
    other.route("**/events*", lambda route: route.abort())
    other.goto(asking.address + run)
    page.click("#ask >> text=Yes")
    expect(page.locator("#ask")).to_have_attribute("data-number", "2")
    with other.expect_response("**/answer"):
        other.click("#ask >> text=No (default)")
    expect(other.locator("#not-sent")).to_contain_text("Somebody else answered first")
    expect(other.locator("#ask")).to_have_attribute("data-number", "2")
    other.close()
    page.click("#ask >> text=Yes")
    expect(page.locator(".facts .chip")).to_have_text("Finished")


def test_somebody_who_types_is_told_that_the_question_was_answered_elsewhere(
    asking: Site, page: Page
) -> None:
    run = opened(asking, page, "name", 2)
    page.fill("#ask-answer", "Ann")
    asking.post(f"{run}/answer", {"number": "1", "text": "Bob"})
    expect(page.locator("#ask")).to_have_attribute("data-number", "2")
    expect(page.locator("#not-sent")).to_contain_text("no longer waits for this answer")
    expect(page.locator("#ask-answer")).to_have_value("")
    asking.post(f"{run}/answer", {"number": "2", "text": "Bob"})
    expect(page.locator(".facts .chip")).to_have_text("Finished")


def test_answer_that_cannot_be_sent_is_kept_and_the_page_says_so(
    asking: Site, page: Page, complaints: list[str]
) -> None:
    opened(asking, page, "name")
    page.route("**/answer", lambda route: route.abort())
    page.fill("#ask-answer", "Ann")
    page.click("#ask >> text=Send")
    expect(page.locator("#ask-busy")).to_contain_text("could not be sent")
    expect(page.locator("#ask-answer")).to_have_value("Ann")
    page.unroute("**/answer")
    page.click("#ask >> text=Send")
    expect(page.locator("#main")).to_contain_text("Hello Ann")
    complaints.clear()


def test_questions_are_answered_without_scripts(asking: Site, plain: Page) -> None:
    run = asking.run("/tools/asker", {"times": "2"})
    plain.goto(asking.address + run)
    expect(plain.locator("#ask")).to_be_visible()
    assert plain.locator("meta[http-equiv=refresh]").count() == 0
    plain.click("#ask >> text=Yes")
    expect(plain.locator("#ask [name=number]").first).to_have_value("2")
    plain.click("#ask >> text=No (default)")
    expect(plain.locator(".facts .chip")).to_have_text("Finished")


def test_history_and_home_show_what_waits(asking: Site, page: Page) -> None:
    opened(asking, page, "yes")
    run = page.url
    page.goto(asking.address + "/runs?status=waiting")
    expect(page.locator("tbody .chip").first).to_have_text("Waiting for an answer")
    page.goto(run)
    page.click("text=Cancel run")
    expect(page.locator(".facts .chip")).to_have_text("Cancelled")


@pytest.mark.parametrize("kind", ["yes", "name", "word", "read"])
def test_box_has_no_fault_and_fits(asking: Site, context: BrowserContext, kind: str) -> None:
    page = context.new_page()
    opened(asking, page, kind)
    assert faults(page) == []
    assert sideways(page) <= 0
    page.click("text=Cancel run")
