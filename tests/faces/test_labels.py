"""What people read of a parameter: label, spelling and hint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faces.commands import argument, command, default, option, tool
from webify.faces.fields import Field
from webify.faces.form import build
from webify.faces.labels import in_sentence, listed, number, span
from webify.model.command import Bounds, Default, Kind, Parameter


def only(parameter: Parameter) -> Field:
    return build(tool(command(parameter)), ()).fields[0]


def test_labels_are_flags_in_words() -> None:
    assert only(option("x", spellings=("-i", "--include-discontinued"))).label == (
        "Include discontinued"
    )
    assert only(option("x", spellings=("-n",), metavar="NAME")).label == "Name"
    assert only(argument("code", metavar="SKU")).label == "SKU"
    assert only(argument("stock_code")).label == "Stock code"
    assert only(replace(option("x"), label="Shelf")).label == "Shelf"


def test_flags_are_shown_as_they_are_spelled() -> None:
    assert only(option("prices", metavar="FILE")).flag == "--prices FILE"
    count = option("v", Kind.COUNT, spellings=("-v", "--verbose"))
    assert only(count).flag == "-v, -vv, -vvv"
    assert only(option("x", Kind.SWITCH, negations=("--no-x",))).flag == "--x, --no-x"


def test_the_first_sentence_of_the_help_is_the_hint_and_the_rest_is_more() -> None:
    made = only(option("x", help="where the data are, e.g. a URL. It may be local.\nOr not"))
    assert made.hint == "Where the data are, e.g. a URL."
    assert made.more == "It may be local. Or not."


def test_where_a_default_comes_from_is_told() -> None:
    assert only(option("x", env=("STOCK_URL",))).hint == (
        "If left empty, the tool reads STOCK_URL from its environment."
    )
    assert only(option("x", default=Default("computed", text="today"))).hint == (
        "Today, if left empty."
    )
    assert only(option("v", Kind.COUNT, default=Default("value", 0, "2"))).hint == "Starts at 2."


def test_a_hint_that_only_repeats_the_label_is_left_out() -> None:
    assert only(option("do_not_ask", Kind.FLAG, help="do not ask")).hint == ""


def test_a_hint_is_a_sentence() -> None:
    assert only(option("x", help="rows to show (default: 5)")).hint == "Rows to show (default: 5)."
    assert only(option("x", help="--find is a regular expression")).hint.startswith("--find")
    assert only(option("x", help="Really?")).hint == "Really?"


def test_a_default_in_words_is_not_told_twice() -> None:
    limit = option("x", Kind.INTEGER, help="rows (default: 5)", default=default("5"))
    assert only(limit).hint == "Rows (default: 5)."


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(1, 5), "from 1 to 5"),
        (Bounds(1), "of 1 or more"),
        (Bounds(most=5), "up to 5"),
        (Bounds(0, least_open=True), "above 0"),
        (Bounds(most=1, most_open=True), "below 1"),
        (Bounds(0, 1, least_open=True, most_open=True), "above 0 and below 1"),
        (Bounds(0.5, 12000), "from 0.5 to 12,000"),
        (Bounds(), ""),
    ],
)
def test_a_range_is_said_in_words(bounds: Bounds, words: str) -> None:
    assert span(bounds) == words


def test_labels_are_in_lower_case_inside_a_sentence() -> None:
    assert in_sentence("Max rows") == "max rows"
    assert in_sentence("URL of the shop") == "URL of the shop"


def test_things_are_listed_with_commas_and_a_word() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_numbers_have_thousands_commas() -> None:
    assert [number(each) for each in (12000, 1.5, -3.0)] == ["12,000", "1.5", "-3"]
