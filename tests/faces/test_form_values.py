"""Values turned into raw answers and read again are the same values."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.faces.commands import choices, command, option, tool
from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import choosers
from webify.faces.form import build
from webify.faces.values import form_values, read_values
from webify.model.command import Bounds, Command, Constraint, Default, Kind, Parameter

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


KINDS = [each for each in Kind if each not in (Kind.FLAG, Kind.SWITCH, Kind.COUNT)]
ODD = st.one_of(texts, st.sampled_from(["1,5", "1.204,50", "9" * 400, "nan", "-inf", "2026-02-30"]))
ODD |= st.sampled_from(
    ["0001-01-01", "9999-12-31T23:59:59", "24:00", "yes", "\r\n", "\0", "\ud800"]
)


@st.composite
def any_option(draw: Any, address: str) -> Parameter:
    facts = dict(draw(st.sampled_from(SHAPES))[0])
    if "kind" not in facts:
        facts["kind"] = draw(st.sampled_from(KINDS))
    facts["formats"] = draw(st.sampled_from([(), ("%d/%m/%y",), ("%H:%M",), ("%Y-%m-%d", "%c")]))
    facts["bounds"] = draw(st.sampled_from([None, Bounds(1, 5), Bounds(0.5), Bounds(most=-1)]))
    facts["default"] = draw(
        st.sampled_from([Default(), Default("value", "3"), Default("value", ["x"]), Default("env")])
    )
    for flag in ("required", "secret", "hidden"):
        facts[flag] = draw(st.sampled_from([False, False, True]))
    facts["prompt"] = draw(st.sampled_from(["", "Say"]))
    facts["action"] = draw(st.sampled_from(["store", "append"]))
    return option(address, **facts)


@HUNT
@given(st.data())
def test_no_raw_answer_breaks_the_reading_the_form_or_the_spelling(data: st.DataObject) -> None:
    parameters = [
        data.draw(any_option(f"p{index}")) for index in range(data.draw(st.integers(1, 4)))
    ]
    names = [each.address for each in parameters]
    rules = (Constraint("exclusive", tuple(names[:2])),) if data.draw(st.booleans()) else ()
    root = command(*parameters, constraints=rules, open_options=data.draw(st.booleans()))
    keys = st.sampled_from([*names, *(f"{each}:on" for each in names), ":choose.0", ":rest", "x"])
    raw = data.draw(st.dictionaries(keys, st.lists(ODD, max_size=5)))
    faults: dict[str, str] = {}
    try:
        values = read_values((root,), raw)
        assert all(isinstance(each, str) for each in spell((root,), values))
    except ValuesRefused as refused:
        faults = refused.fields
    made = build(tool(root), (), raw, faults)
    told = " ".join(each.sentence for each in made.faults)
    assert all(sentence in told for sentence in faults.values())
    for each in made.fields:
        if each.secret and each.widget != "stepper":
            assert not any(each.values), each
