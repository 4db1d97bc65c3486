"""The hint under a label says what the parser demands, and what holds if nothing is entered."""

from __future__ import annotations

import pytest

from tests.faces.commands import choices, command, default, option, tool
from webify.faces.fields import Field
from webify.faces.form import build
from webify.model.command import Kind, Parameter


def only(parameter: Parameter) -> Field:
    return build(tool(command(parameter)), ()).fields[0]


def test_box_that_may_be_left_empty_says_what_holds_then() -> None:
    made = only(option("log", least=0, const="run.log", help="Keep a log."))
    assert (made.hint, made.parts[0].hint) == ("Keep a log.", "If left empty: run.log.")


def test_list_of_lists_says_how_values_are_told_apart() -> None:
    made = only(option("set", most=None, repeat=True, help="words to set"))
    assert made.hint == "Words to set. One value a line."


@pytest.mark.parametrize("text", ["don't ask", "user's name", "read-only copy"])
def test_hint_begins_with_a_capital_letter(text: str) -> None:
    assert only(option("x", help=text)).hint == f"{text.capitalize()}."


@pytest.mark.parametrize("text", ["--x is old", "`pip` is asked", "iPhone numbers", "e.g. x"])
def test_hint_that_begins_with_a_name_stays_as_it_is(text: str) -> None:
    assert only(option("x", help=text)).hint == f"{text}."


def test_environment_is_told_where_an_answer_can_be_left_out() -> None:
    size = {"env": ("SIZE",), "choices": choices("s", "m")}
    assert only(option("x", **size)).hint == "If not set, the tool reads SIZE from its environment."
    assert only(option("x", **size, default=default("m"))).hint == ""
    switch = option("x", Kind.SWITCH, env=("SIZE",), negations=("--no-x",), default=default(True))
    assert only(switch).hint == "By default, the tool reads SIZE from its environment."
    text = option("x", env=("SIZE",), default=default("m"))
    assert only(text).hint == "If left empty, the tool reads SIZE from its environment."
