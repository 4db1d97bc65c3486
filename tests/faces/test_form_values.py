"""Values turned into raw answers and read again are the same values."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.faces.commands import choices, command, option
from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.faces.chain import choosers
from webify.faces.values import form_values, read_values
from webify.model.command import Command, Constraint, Kind, Parameter

filled = texts.filter(lambda text: text and "\r" not in text)
lines = filled.filter(lambda text: "\n" not in text)

SHAPES: list[tuple[dict[str, Any], Any]] = [
    ({}, filled),
    ({"kind": Kind.INTEGER}, whole),
    ({"kind": Kind.NUMBER}, numbers),
    ({"kind": Kind.FLAG, "least": 0, "most": 0}, st.just(True)),
    ({"kind": Kind.SWITCH, "negations": ("--no",), "least": 0, "most": 0}, st.booleans()),
    ({"kind": Kind.COUNT, "least": 0, "most": 0}, st.integers(1, 99)),
    ({"kind": Kind.FILE_OUT}, st.just("saved")),
    ({"choices": choices("a", "b", "-c")}, st.sampled_from(["a", "b", "-c"])),
    ({"least": 0}, st.one_of(filled, st.just(True))),
    ({"repeat": True}, some(filled, 1)),
    ({"most": None}, some(filled, 1)),
    ({"least": 2, "most": 2}, some(filled, 2, 2)),
    ({"least": 2, "most": 2, "repeat": True}, some(some(filled, 2, 2), 1)),
    ({"most": None, "repeat": True}, some(some(lines, 1), 1)),
]


@st.composite
def answered(draw: Any) -> tuple[Command, dict[str, Any]]:
    """Draw a command, some of its members in an exclusive group, and values for it."""
    parameters: list[Parameter] = []
    values: dict[str, Any] = {}
    for index in range(draw(st.integers(1, 5))):
        facts, strategy = draw(st.sampled_from(SHAPES))
        address = f"p{index}"
        parameters.append(option(address, **facts))
        if draw(st.booleans()):
            value = draw(strategy)
            saved = parameters[-1].kind is Kind.FILE_OUT
            values[address] = f"{address}.txt" if saved else value
    group = draw(st.lists(st.sampled_from(parameters), max_size=3, unique_by=id))
    members = tuple(each.address for each in group)
    for address in [each for each in members if each in values][1:]:
        del values[address]
    rules = (Constraint("exclusive", members),) if len(members) > 1 else ()
    return command(*parameters, constraints=rules), values


@HUNT
@given(answered())
def test_values_made_raw_and_read_again_are_the_values(
    case: tuple[Command, dict[str, Any]],
) -> None:
    root, values = case
    assert read_values((root,), form_values((root,), values)) == values
    assert len(choosers((root,))) == len(root.constraints)
