"""Sample values: in the shape of answers, inside of what a parameter takes, with what it needs."""

from __future__ import annotations

from typing import Any

import pytest

from webify.faces.echo import UNTOLD, came_back
from webify.faces.samples import filled, samples
from webify.model.command import Bounds, Choice, Command, Constraint, Item, Kind, Parameter


def parameter(address: str = "x", **how: Any) -> Parameter:
    return Parameter(address, **{"spellings": (f"--{address}",), **how})


FLAG = {"kind": Kind.FLAG, "least": 0, "most": 0}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_samples(kind: Kind) -> None:
    bare = kind in (Kind.FLAG, Kind.SWITCH, Kind.COUNT)
    assert samples(parameter(kind=kind, **({"least": 0, "most": 0} if bare else {})))


def test_samples_of_texts_hold_what_parsers_stumble_over() -> None:
    texts = [str(each) for each in samples(parameter())]
    assert any(text.startswith("-") for text in texts)
    assert any(" " in text for text in texts)
    assert any("=" in text for text in texts)
    assert any(not text.isascii() for text in texts)


def test_samples_keep_within_bounds() -> None:
    for whole, kind in ((True, Kind.INTEGER), (False, Kind.NUMBER)):
        bounds = Bounds(least=1, most=9, least_open=True)
        texts = [str(each) for each in samples(parameter(kind=kind, bounds=bounds))]
        assert texts
        assert all(1 < float(text) <= 9 for text in texts), (whole, texts)


def test_samples_of_choices_are_choices() -> None:
    choices = tuple(Choice(word) for word in "abcdef")
    assert samples(parameter(choices=choices)) == ["a", "b", "c", "f"]


def test_samples_have_the_shape_of_answers() -> None:
    assert samples(parameter(kind=Kind.INTEGER, repeat=True))[0] == ["7", "7"]
    assert samples(parameter(kind=Kind.INTEGER, least=3, most=3))[0] == ["7", "7", "7"]
    assert samples(parameter(kind=Kind.INTEGER, most=None, repeat=True))[0] == [["7", "7"]] * 2
    assert samples(parameter(kind=Kind.INTEGER, least=0))[-1] is True
    assert samples(parameter(items=(Item(Kind.INTEGER), Item(Kind.DATE)), least=2, most=2))[0] == [
        "7",
        "2026-11-22",
    ]


def test_what_has_to_be_given_besides_is_filled_in() -> None:
    one, two, three = parameter("one", required=True), parameter("two", **FLAG), parameter("three")
    rule = Constraint("exclusive", ("two", "three"), required=True)
    command = Command("x", parameters=(one, two, three), constraints=(rule,))
    assert filled([command], None, None) == {"one": "plain", "two": True}
    assert filled([command], three, "a") == {"three": "a", "one": "plain"}
    needs = Constraint("requires", ("two", "three"))
    command = Command("x", parameters=(two, three), constraints=(needs,))
    assert filled([command], two, True) == {"two": True, "three": "plain"}


SAME: list[tuple[dict[str, Any], Any, Any]] = [
    ({}, "a", "a"),
    ({"kind": Kind.INTEGER}, "7", 7),
    ({"kind": Kind.NUMBER}, "2.50", "2.5"),
    ({"kind": Kind.DATE}, "2026-11-22", "2026-11-22T00:00:00"),
    ({"kind": Kind.PATH}, "a b.txt", "/tmp/a b.txt"),
    ({"kind": Kind.UUID}, "AB", "ab"),
    ({"choices": (Choice("A"),), "case_sensitive": False}, "A", "a"),
    ({"repeat": True}, ["a", "b"], ["a", "b"]),
    (FLAG, True, True),
    ({}, "true", True),
    ({"choices": (Choice("Off"),)}, "Off", False),
    ({"least": 0, "const": "c"}, True, "c"),
    ({"items": (Item(Kind.INTEGER), Item())}, ["7", "7"], [7, "7"]),
]


@pytest.mark.parametrize(("how", "value", "heard"), SAME)
def test_values_that_came_back_are_the_same(how: dict[str, Any], value: Any, heard: Any) -> None:
    assert came_back(parameter(**how), value, heard) is True


@pytest.mark.parametrize(
    ("how", "value", "heard"),
    [
        ({}, "a", "b"),
        ({}, "a", None),
        ({}, "7", "7.0"),
        ({}, "-x", ["-x", "y"]),
        ({"repeat": True}, ["a", "b"], ["b"]),
        ({"kind": Kind.PATH}, "b.txt", "/tmp/a.txt"),
        (FLAG, True, False),
        ({}, "true", False),
        (FLAG, True, "True"),
        ({"items": (Item(Kind.INTEGER), Item())}, ["7", "7"], [7, "7.0"]),
    ],
)
def test_values_that_came_back_as_others_differ(
    how: dict[str, Any], value: Any, heard: Any
) -> None:
    assert came_back(parameter(**how), value, heard) is False


def test_objects_of_the_tools_own_cannot_be_compared() -> None:
    assert came_back(parameter(), "a", UNTOLD) is None
    assert came_back(parameter(repeat=True), ["a"], [UNTOLD]) is None
    levels = parameter(choices=(Choice("INFO"), Choice("DEBUG")))
    assert came_back(levels, "INFO", 20) is None
    assert came_back(levels, "INFO", "DEBUG") is False
    assert came_back(levels, "INFO", None) is False
    assert came_back(parameter(custom="stock_code"), "a", "A-0001") is None
