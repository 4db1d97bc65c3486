"""Values, spelled and read back by traitlets itself, are the values."""

from __future__ import annotations

import warnings
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from traitlets import Bool, Enum, Float, Int, List, Unicode
from traitlets.config import Application

from tests.faces.answers import parameter_at
from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.adapters import traitlets_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import REST, at_default
from webify.model.command import Command

SORTS: list[tuple[Any, Any, Any]] = [
    (lambda: Unicode(), texts, str),
    (lambda: Unicode(None, allow_none=True), texts, str),
    (lambda: Int(3), whole, int),
    (lambda: Float(0.5), numbers, float),
    (lambda: Bool(), st.sampled_from(["true", "false"]), lambda value: value == "true"),
    (lambda: Enum(["x", "-y", "=z", ""]), st.sampled_from(["x", "-y", "=z", ""]), str),
    (lambda: Enum([1, 2]), st.sampled_from(["1", "2"]), int),
    (lambda: List(Unicode(), default_value=["x"]), some(texts, 1, 3), list),
    (lambda: List(Int()), some(whole, 1, 3), lambda value: [int(each) for each in value]),
]
NAMES = ["foo", "foobar", "a", "n", "b", "fo-bar", "c"]


@st.composite
def applications(draw: Any) -> tuple[type[Application], dict[str, tuple[Any, Any]]]:
    """Return a class of applications, and (strategy, what it becomes) of each trait."""
    names = draw(st.permutations(NAMES))
    members: dict[str, Any] = {"name": "tool", "aliases": {}, "flags": {}}
    told = {}
    for index in range(draw(st.integers(0, 4))):
        make, values, becomes = draw(st.sampled_from(SORTS))
        trait = f"t{index}"
        members[trait] = make().tag(config=True)
        keys = (names[index], f"long{index}") if draw(st.booleans()) else names[index]
        members["aliases"][keys] = f"App.{trait}"
        told[names[index]] = (trait, values, becomes)
    if draw(st.booleans()):
        members["on"] = Bool(None, allow_none=True).tag(config=True)
        members["flags"]["on"] = ({"App": {"on": True}}, "On.")
        members["flags"]["no-on"] = ({"App": {"on": False}}, "Off.")
        told["on"] = ("on", st.booleans(), bool)
    if draw(st.booleans()):
        members["flags"][("q", "quick")] = ({"App": {"quick": True}}, "Quick.")
        members["quick"] = Bool().tag(config=True)
        told["quick"] = ("quick", st.just(True), bool)
    return type("App", (Application,), members), told


def named(command: Command, key: str) -> str:
    spelled = {f"-{key}", f"--{key}"}
    return next(each.address for each in command.parameters if spelled & set(each.spellings))


passed_on = texts.filter(lambda word: not word.startswith("-") and word != "run")


@HUNT
@given(applications(), st.lists(passed_on, max_size=2), st.booleans(), st.data())
def test_values_spelled_and_read_by_traitlets_are_the_values(
    declared: Any, rest: list[str], nested: bool, data: st.DataObject
) -> None:
    cls, told = declared
    outer = type("Outer", (Application,), {"subcommands": {"run": (cls, "x")}, "name": "o"})
    app = outer() if nested else cls()
    chain = traitlets_.describe(app).along(("run",) if nested else ())
    assert chain is not None
    given_ = {key: data.draw(told[key][1]) for key in told if data.draw(st.booleans())}
    values: dict[str, Any] = {named(chain[-1], key): value for key, value in given_.items()}
    if any(rest):
        values[REST] = rest
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        heard = traitlets_.read(app, words)
        app.parse_command_line(words)
    found: Any = app.subapp if nested else app
    cls.clear_instance()
    for key, value in given_.items():
        trait, _, becomes = told[key]
        parameter = parameter_at(chain, named(chain[-1], key))
        assert getattr(found, trait) == becomes(value), words
        if value is not False and not at_default(parameter, value):
            assert parameter.address in heard, words
    assert found.extra_args == values.get(REST, []), words
