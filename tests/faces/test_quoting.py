"""Texts that a parser would read as something else stand in quotes, and others do not."""

from __future__ import annotations

import pytest

from webify.faces.quoting import quoted
from webify.model.command import Kind, Parameter

TEXT = Parameter("a")


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("north", "north"),
        ("two words", "two words"),
        ("/srv/a.csv", "/srv/a.csv"),
        ("12", "'12'"),
        ("None", "'None'"),
        ("a,b", "'a,b'"),
        ("-x", "'-x'"),
        ("", "''"),
        ("it's", '"it\'s"'),
    ],
)
def test_a_text_that_python_would_read_as_a_value_is_put_in_quotes(text: str, spelled: str) -> None:
    assert quoted(text, TEXT, "python") == spelled


@pytest.mark.parametrize(
    ("text", "spelled"), [("12", "12"), ("1.5", "1.5"), ("007", "'007'"), ("[1, 2]", "[1, 2]")]
)
def test_a_parameter_of_any_kind_gets_the_value_that_python_writes_the_same_way(
    text: str, spelled: str
) -> None:
    assert quoted(text, Parameter("a", action="literal"), "python") == spelled


def test_a_whole_number_is_spelled_as_python_reads_it() -> None:
    assert quoted("007", Parameter("a", kind=Kind.INTEGER), "python") == "7"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("a", "a"), ('"a"', '""a""'), ("'a'", "''a''"), ("~/a", '"~/a"'), ("[1]", '"[1]"')],
)
def test_quotes_that_would_be_taken_off_are_doubled(text: str, spelled: str) -> None:
    assert quoted(text, TEXT, "pairs") == spelled


@pytest.mark.parametrize(
    "parameter", [Parameter("a", custom="Own"), Parameter("a", action="verbatim")]
)
def test_values_that_the_tool_reads_itself_stay_as_they_are(parameter: Parameter) -> None:
    assert quoted("'1'", parameter, "python") == "'1'"
    assert quoted("'1'", parameter, "pairs") == "'1'"
