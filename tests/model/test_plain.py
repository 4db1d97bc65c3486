from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webify.model.block import Block, Column, Table
from webify.model.command import (
    Bounds,
    Choice,
    Command,
    Constraint,
    Default,
    Group,
    Item,
    Kind,
    Parameter,
    PathRule,
    Syntax,
    Tool,
)
from webify.model.plain import from_plain, to_plain
from webify.model.run import Run, State
from webify.model.trial import Trial

AMOUNT = Parameter(
    "put.amount",
    spellings=("-a", "--amount"),
    kind=Kind.NUMBER,
    choices=(Choice("1", "one"), Choice("2")),
    default=Default("value", [["1", "2"], ["3", "4"]]),
    items=(Item(Kind.INTEGER, "low", bounds=Bounds(0, None, least_open=True)), Item(Kind.PATH)),
    most=None,
    path=PathRule(exists=True),
    sources={"help": "man page"},
)
COMMAND = Command(
    "store",
    commands=(Command("put", aliases=("p",), parameters=(AMOUNT,), syntax=Syntax(long_join=" ")),),
    groups=(Group("many", "Many"),),
    constraints=(Constraint("exclusive", ("a", "b"), required=True),),
)
RUN = Run(
    "k3f",
    "stock",
    "Stock",
    path=("levels",),
    values={"a": True, "b": 3, "c": "", "d": ["x", "-y"], "e": [["1", "2"]]},
    state=State.TIMED_OUT,
    created=datetime(2026, 3, 1, 12, 30, 5, 250_000, tzinfo=UTC),
    exit_code=0,
)
NOUNS = [
    Tool("stock", "Stock", "stock.py", env={"A": "1"}, command=COMMAND, changes=True),
    Tool("broken", "Broken", "broken.py", error="It has no parser."),
    RUN,
    Block("table", 5, 90, "Levels", Table(1, (Column("Site"), Column("", align="right")), rows=3)),
    Block("pairs", 0, 9, pairs=(("name", "value"), ("", "x"))),
]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
def test_noun_written_as_json_and_read_back_is_equal(noun):
    assert from_plain(type(noun), json.loads(json.dumps(to_plain(noun)))) == noun


def test_fields_at_their_defaults_are_left_out():
    assert to_plain(Command("put")) == {"name": "put"}


def test_field_without_default_is_always_written():
    assert to_plain(Block("text", 0, 0)) == {"kind": "text", "start": 0, "end": 0}


def test_missing_field_is_an_error():
    with pytest.raises(TypeError):
        from_plain(Command, {"title": "no name"})


def test_unknown_field_is_an_error():
    with pytest.raises(TypeError):
        from_plain(Command, {"name": "put", "colour": "red"})


def test_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="smell"):
        from_plain(Item, {"kind": "smell"})


def test_defaults_of_two_objects_are_not_shared():
    first, second = from_plain(Run, to_plain(RUN)), from_plain(Run, to_plain(RUN))
    assert first.values is not second.values


def test_what_a_dict_holds_survives_the_journey():
    trial = Trial(("csv",), {"tool.py": (1, 2)}, {"csv.py": [3, 4], "gone.py": None})
    assert from_plain(Trial, json.loads(json.dumps(to_plain(trial)))) == trial


answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.lists(st.text()),
    st.lists(st.lists(st.text())),
)


@given(answers, st.text(), st.sampled_from(list(Kind)))
def test_any_default_survives_the_journey(value, text, kind):
    parameter = Parameter("a", kind=kind, default=Default("value", value, text))
    read = from_plain(Parameter, json.loads(json.dumps(to_plain(parameter))))
    assert read == parameter
    assert type(read.default.value) is type(value)


def test_each_field_of_a_parameter_survives_the_journey():
    samples = {"str": "x", "bool": True, "int": 7, "Optional[int]": 8, "Optional[str]": ""}
    for each in fields(Parameter):
        if each.type in samples:
            changed = from_plain(Parameter, {"address": "a", each.name: samples[each.type]})
            assert from_plain(Parameter, to_plain(changed)) == changed, each.name
