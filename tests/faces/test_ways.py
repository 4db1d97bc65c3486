"""Words stand in the order of the usage line that the parser takes."""

from __future__ import annotations

from webify.faces.ways import order
from webify.model.command import Way

COPY = Way((("src", 1, 1), ("dst", 1, 1)), takes=("force",))
LIST = Way((("folder", 0, None),), needs=("list",), takes=("list", "force"))


def test_arguments_of_the_line_whose_option_is_given_stand_in_its_order() -> None:
    assert order([COPY, LIST], {"folder": 3}, {"list"}) == ["folder"]
    assert order([COPY, LIST], {"dst": 1, "src": 1}, set()) == ["src", "dst"]


def test_an_argument_that_an_earlier_line_would_take_for_its_own_is_not_spelled() -> None:
    one, other = Way((("a", 1, 1),)), Way((("b", 1, 1),))
    assert order([one, other], {"b": 1}, set()) is None


def test_arguments_of_two_lines_do_not_stand_together() -> None:
    assert order([COPY, LIST], {"src": 1, "folder": 1}, {"list"}) is None


def test_an_argument_that_takes_all_leaves_none_for_the_next() -> None:
    assert order([Way((("a", 1, None), ("b", 1, 1)))], {"a": 1, "b": 1}, set()) is None
