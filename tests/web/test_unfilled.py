"""A line of heads is a table without rows where an earlier run had rows below these heads."""

from __future__ import annotations

import pytest
from markupsafe import escape

from tests.web.conftest import Visitor, shown
from webify.web.output import Text
from webify.web.unfilled import heads_alone

EMPTY = "No rows: nothing matches your answers."


def test_heads_of_an_earlier_table_are_a_table_without_rows(visitor: Visitor) -> None:
    visitor.run("/tools/echo", {"count": "3"})
    page = shown(visitor.get(visitor.run("/tools/echo", {"count": "0"})).text)
    assert EMPTY in page
    assert '<th scope="col">name</th><th scope="col">size</th>' in page


def test_heads_that_no_earlier_run_had_stay_text(visitor: Visitor) -> None:
    visitor.run("/tools/mixed")  # another tool had the same columns
    visitor.run("/tools/echo", {"count": "3"})
    other = visitor.run("/tools/echo", {"count": "0", "word": "name,size"})
    assert EMPTY not in shown(visitor.get(other).text)


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("CONTAINER ID   IMAGE     <none>", True),
        ("CONTAINER ID,IMAGE,<none>", True),
        ("| CONTAINER ID | IMAGE | <none> |", True),
        ('"CONTAINER ID";"IMAGE";"<none>"', True),
        ("CONTAINER ID\tIMAGE\t<none>", True),
        ("CONTAINER ID   IMAGE", False),
        ("CONTAINER ID   IMAGE     <none>   NAMES", False),
        ("container id   image     <none>", False),
    ],
)
def test_all_heads_have_to_be_there_however_they_are_parted(line: str, whole: bool) -> None:
    heads = ("CONTAINER ID", "IMAGE", "<none>")
    text = Text(head=(escape(line), escape("")))
    assert heads_alone(text, [("A", "B"), heads]) == (heads if whole else ())
    assert heads_alone(Text(head=(escape(line), escape("1"))), [heads]) == ()
