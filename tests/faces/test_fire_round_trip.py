"""Values, spelled and read back by fire itself, are the values."""

from __future__ import annotations

import contextlib
import inspect
import io
from typing import Any

import fire
from fire import core
from hypothesis import event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, numbers, texts
from webify.adapters import fire_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.model.command import Command, Kind, Parameter, Value

NAMES = ["name", "note", "a", "no", "nob", "b", "count", "help", "self_"]
plain_whole = st.integers(-99, 99).map(str)
SORTS: list[tuple[Any, Any, Any]] = [
    (str, "x", texts),
    (str, inspect.Parameter.empty, texts),
    (inspect.Parameter.empty, inspect.Parameter.empty, texts),
    (inspect.Parameter.empty, None, st.one_of(texts, st.sampled_from(["[1, 2]", "5", "{a: b}"]))),
    (int, 3, plain_whole),
    (int, inspect.Parameter.empty, plain_whole),
    (float, 0.5, numbers),
    (bool, False, st.booleans()),
    (bool, True, st.booleans()),
    (bool, inspect.Parameter.empty, st.sampled_from(["True", "False"])),
]
KINDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


@st.composite
def signatures(draw: Any) -> tuple[inspect.Signature, dict[str, Any]]:
    """Return a signature, and the strategy of each parameter's values."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    made, values = [], {}
    for name in names:
        hint, default, strategy = draw(st.sampled_from(SORTS))
        kind = draw(st.sampled_from(KINDS))
        made.append(inspect.Parameter(name, kind, default=default, annotation=hint))
        values[name] = strategy
    made.sort(key=lambda each: (each.kind, each.default is not inspect.Parameter.empty))
    if draw(st.booleans()):
        hint = draw(st.sampled_from([str, inspect.Parameter.empty, int]))
        kind = inspect.Parameter.VAR_POSITIONAL
        rest = inspect.Parameter("rest", kind, annotation=hint)
        at = sum(each.kind is KINDS[0] for each in made)
        made.insert(at, rest)
        one = plain_whole if hint is int else texts
        values["rest"] = st.lists(one, min_size=1, max_size=3)
    return inspect.Signature(made), values


class Heard(Exception):
    """What fire called the function with."""


def listener(signature: inspect.Signature) -> Any:
    def function(*args: Any, **kwargs: Any) -> None:
        bound = signature.bind(*args, **kwargs)
        raise Heard(bound.arguments)

    function.__signature__ = signature
    return function


def called(component: Any, words: list[str]) -> dict[str, Any]:
    sink = io.StringIO()
    with contextlib.redirect_stderr(sink), contextlib.redirect_stdout(sink):
        try:
            fire.Fire(component, words, "tool")
        except Heard as heard:
            return dict(heard.args[0])
    raise AssertionError(sink.getvalue())


def same(parameter: Parameter, value: Value, found: Any) -> bool:
    """Say whether fire read the value; one without a kind may be any Python value of its text."""
    if isinstance(value, list):
        return all(same(parameter, one, other) for one, other in zip(value, found, strict=True))
    if parameter.kind is Kind.INTEGER:
        return type(found) is int and found == int(value)
    if parameter.kind is Kind.NUMBER:
        return isinstance(found, (int, float)) and float(found) == float(value)
    if parameter.action == "literal":
        return str(found) == value
    if parameter.choices:
        return str(found) == value
    return type(found) is type(value) and found == value


def drawn(data: st.DataObject, parameters: tuple[Parameter, ...], values: Any) -> dict[str, Value]:
    truths = st.sampled_from(["True", "False"])
    special = {
        each.name: truths if each.choices else st.booleans()
        for each in parameters
        if each.choices or each.kind is Kind.SWITCH
    }
    values = {**values, **special}
    return {
        each.address: data.draw(values[each.name])
        for each in parameters
        if each.required or data.draw(st.booleans())
    }


@HUNT
@given(signatures(), st.data())
def test_values_spelled_and_read_by_fire_are_the_values(
    made: tuple[inspect.Signature, dict[str, Any]], data: st.DataObject
) -> None:
    signature, strategies = made
    function = listener(signature)
    command = fire_.describe(fire_.Tool(function, core))
    values = drawn(data, command.parameters, strategies)
    try:
        words = spell((command,), values)
    except ValuesRefused:
        event("refused")
        return
    found = called(function, words)
    for each in command.parameters:
        if each.address in values:
            value = values[each.address]
            if each.name not in found and not each.required:
                assert value == each.default.value, (each.name, words)
            else:
                assert same(each, value, found[each.name]), (each.name, words, found)


@HUNT
@given(st.dictionaries(st.sampled_from(["name", "count", "a"]), texts), texts, st.data())
def test_values_of_a_class_and_of_its_method_stay_apart(
    given_: dict[str, str], reader: str, data: st.DataObject
) -> None:
    class Desk:
        def __init__(self, name: str = "n", count: str = "c", a: str = "a"):
            self.made = {"name": name, "count": count, "a": a}

        def lend(self, reader: str, name: str = "m", **more: Any) -> None:
            raise Heard({"made": self.made, "reader": reader, "name": name})

    root = fire_.describe(fire_.Tool(Desk, core))
    chain = (root, root.find("lend"))
    assert isinstance(chain[1], Command)
    inner = data.draw(texts)
    words = spell(chain, {**given_, "lend.reader": reader, "lend.name": inner})
    found = called(Desk, words)
    assert found["made"] == {"name": "n", "count": "c", "a": "a", **given_}
    assert (found["reader"], found["name"]) == (reader, inner)
    heard = fire_.read(fire_.Tool(Desk, core), words)
    assert heard == {"lend.reader": reader, "lend.name": inner, **found["made"]}
