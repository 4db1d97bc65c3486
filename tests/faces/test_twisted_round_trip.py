"""Values, spelled and read back by twisted itself, are the values."""

from __future__ import annotations

from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from twisted.python import usage

from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.adapters import twisted_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import levels
from webify.model.command import Parameter

NAMES = ["foo", "foobar", "fo_o", "bar", "no-foo", "x1"]
LETTERS = ["f", "b", "n", "x", "1", None]
TYPES: list[tuple[Any, Any, Any]] = [(str, texts, str), (int, whole, int), (float, numbers, float)]


@st.composite
def declared(draw: Any) -> type[usage.Options]:
    """Return a class of options, which keeps (strategy, what it becomes) of each."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    letters = draw(st.permutations(LETTERS))
    flags, parameters, told = [], [], {}
    for name, letter in zip(names, letters, strict=False):
        kind, values, make = draw(st.sampled_from(TYPES))
        if draw(st.booleans()):
            flags.append([name, letter, "x"])
            told[name] = (st.just(True), lambda _: 1)
        else:
            parameters.append([name, letter, None, "x", kind])
            told[name] = (values, make)
    parse = draw(st.sampled_from([_none, _two, _more]))
    members = {"optFlags": flags, "optParameters": parameters, "parseArgs": parse, "told": told}
    return type("Told", (usage.Options,), members)


def _none(self: Any) -> None:
    self.words = []


def _two(self: Any, first: Any, second: Any = None) -> None:
    self.words = [each for each in (first, second) if each is not None]


def _more(self: Any, first: Any, *others: Any) -> None:
    self.words = [first, *others]


def value_of(data: st.DataObject, each: Parameter, told: dict[str, Any]) -> Any:
    if each.positional:
        return data.draw(some(texts, 1, 3)) if each.most is None else data.draw(texts)
    return data.draw(told[each.spellings[-1].lstrip("-")][0])


@HUNT
@given(declared(), declared(), st.booleans(), st.data())
def test_values_spelled_and_read_by_twisted_are_the_values(
    outer: type[Any], inner: type[Any], nested: bool, data: st.DataObject
) -> None:
    if nested:
        outer.subCommands = [["run", "r", inner, "x"]]
    root = twisted_.describe(outer())
    chain = root.along(("run",) if nested else ())
    assert chain is not None
    kinds = [outer, inner]
    values = {
        each.address: value_of(data, each, kinds[depth].told)
        for depth, own in enumerate(levels(chain))
        for each in own
        if not each.hidden and (each.required or data.draw(st.booleans()))
    }
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    made = outer()
    made.parseOptions(words)
    for depth, own in enumerate(levels(chain)):
        found = made if not depth else made.subOptions
        for each in own:
            if each.address in values and not each.positional:
                name = each.spellings[-1].lstrip("-")
                assert found[name] == kinds[depth].told[name][1](values[each.address]), words
    last = made.subOptions if nested else made
    plain = [values.get(each.address) for each in chain[-1].parameters if each.positional]
    flat = [w for v in plain if v is not None for w in (v if isinstance(v, list) else [v])]
    assert last.words == flat, words
    assert set(twisted_.read(outer(), words)) == {
        address for address, value in values.items() if value != []
    }
