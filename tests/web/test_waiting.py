"""What the page of a run that waits says, in words."""

from __future__ import annotations

import pytest

from webify.model.run import Run
from webify.runs.line import Standing
from webify.runs.queue import GROUP, PERSON, SITE, TOOL, Place, Rules
from webify.web.waiting import begins, named, wait_of

MINE = Run("m", "stock", "Stock report", user="tom")
OTHER = Run("o", "orders", "Orders", path=("purge-old",), user="rosa")
THIRD = Run("t", "vat", "VAT summary")


def said(why: str, *before: Run, rules: Rules, at_once: int = 0) -> tuple[str, str]:
    place = Place(len(before) + 1, tuple(run.id for run in before), why)
    hinders = (OTHER,) if why != SITE else ()
    wait = wait_of(Standing(place, before, hinders, at_once), rules, MINE)
    return wait.heading, wait.text


def test_runs_before_are_counted_and_named_with_their_people() -> None:
    heading, text = said(SITE, OTHER, THIRD, rules=Rules(4))
    assert heading == "2 runs before yours"
    assert text == "First come Orders: purge old by rosa and VAT summary. All 4 places are taken."


def test_first_in_line_is_told_what_it_waits_for() -> None:
    assert said(SITE, rules=Rules(1)) == ("Yours is next", "Another run is at work.")
    assert said(SITE, rules=Rules(2))[1] == "Both places are taken."
    assert said(TOOL, rules=Rules(4), at_once=1)[1] == "Stock report runs one at a time."
    assert said(TOOL, rules=Rules(4), at_once=3)[1] == "Stock report runs 3 at a time."
    told = "It may not run together with Orders: purge old by rosa."
    assert said(GROUP, rules=Rules(4))[1] == told
    told = "tom has 2 runs at work, the most for one person."
    assert said(PERSON, rules=Rules(4, 2))[1] == told


def test_many_runs_before_are_named_in_part() -> None:
    assert named([THIRD] * 1200) == "1,200 runs of VAT summary"
    tools = [Run(str(count), "t", f"Tool {count}") for count in range(1200)]
    assert named([*tools, tools[1]]) == "Tool 0, 2 runs of Tool 1, Tool 2 and 1,197 more"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "It begins in a few seconds."),
        (38.0, "It begins in about 40 s."),
        (58.0, "It begins in about 1 min."),
        (170.0, "It begins in about 3 min."),
        (7300.0, "It begins in about 2 h."),
    ],
)
def test_beginning_is_told_as_people_say_it(seconds: float | None, words: str) -> None:
    assert begins(seconds) == words
