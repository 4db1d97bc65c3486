"""Values, spelled and read back by plumbum itself, are the values."""

from __future__ import annotations

import contextlib
import io
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st
from plumbum import cli

from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.adapters import plumbum_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default, levels
from webify.model.command import Kind, Parameter

NAMES = ["a", "b", "n", "foo", "foobar", "fo", "bar", "no-foo", "x"]
TYPES: list[tuple[Any, Any, Any]] = [
    (str, texts, str),
    (int, whole, int),
    (float, numbers, float),
    (cli.Set("x", "-y", "Z", "=z", ""), st.sampled_from(["x", "-y", "Z", "=z", ""]), str.lower),
]


@st.composite
def applications(draw: Any, word: str) -> tuple[type[cli.Application], dict[str, Any]]:
    """Return an application, and (strategy, what it becomes) of each attribute."""
    free = draw(st.permutations(NAMES))
    members: dict[str, Any] = {}
    told: dict[str, Any] = {}
    for index in range(draw(st.integers(0, 4))):
        names = free[index * 2 : index * 2 + draw(st.integers(1, 2))]
        kind, values, make = draw(st.sampled_from(TYPES))
        sort = draw(st.sampled_from(["flag", "count", "one", "one", "several"]))
        name = f"{word}{index}"
        if sort == "flag":
            members[name] = cli.Flag(names, help="x")
            told[name] = (st.just(True), lambda _: True)
        elif sort == "count":
            members[name] = cli.CountOf(names, help="x")
            told[name] = (st.integers(1, 3), lambda value: value)
        elif sort == "one":
            members[name] = cli.SwitchAttr(names, kind, mandatory=draw(st.booleans()), help="x")
            told[name] = (values, make)
        else:
            members[name] = cli.SwitchAttr(names, kind, list=True, help="x")
            told[name] = (some(values, 1, 3), lambda v, m=make: [m(each) for each in v])
    members["main"] = draw(st.sampled_from([_none, _two, _more]))
    members["DESCRIPTION"] = "x"
    return type("App", (cli.Application,), members), told


def _none(self):
    self.root_app.told = (self, ())


def _two(self, first, second="default"):
    self.root_app.told = (self, (first, second))


def _more(self, first, *others):
    self.root_app.told = (self, (first, *others))


def drawn(data: st.DataObject, each: Parameter, told: dict[str, Any]) -> Any:
    if each.positional:
        return data.draw(some(texts, 1, 3)) if each.most is None else data.draw(texts)
    return data.draw(told[each.address][0])


@HUNT
@given(applications("r"), applications("s"), st.booleans(), st.data())
def test_values_spelled_and_read_by_plumbum_are_the_values(
    outer: Any, inner: Any, nested: bool, data: st.DataObject
) -> None:
    app, told = outer
    below, told_below = inner
    if nested:
        app.main = _quiet
        app.subcommand("run", below)
    else:
        app = below
    try:
        root = plumbum_.describe(app("tool"))
    except cli.switches.SwitchError:
        assume(False)
    chain = root.along(("run",) if nested else ())
    assert chain is not None
    by_name = switches(app, told, root) | switches(below, told_below, chain[-1])
    values = {
        each.address: drawn(data, each, by_name)
        for own in levels(chain)
        for each in own
        if not each.hidden and (each.required or data.draw(st.booleans()))
    }
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    ran, given_ = run(app, words)
    for address, value in values.items():
        parameter = next(p for c in chain for p in c.parameters if p.address == address)
        if parameter.positional or at_default(parameter, value):
            continue
        holder = ran if not nested or address.startswith("run.") else ran.parent
        name = by_name[address][2]
        assert getattr(holder, name) == by_name[address][1](value), words
    plain = [values.get(p.address) for p in chain[-1].parameters if p.positional]
    flat = [w for v in plain if v is not None for w in (v if isinstance(v, list) else [v])]
    assert list(given_)[: len(flat)] == flat, words
    heard = plumbum_.read(app("tool"), words)
    same = {a: v for a, v in values.items() if kind_of(chain, a) in (Kind.FLAG, Kind.COUNT)}
    assert {address: heard[address] for address in same} == same


def _quiet(self):
    """Leave all to the sub-command."""


def kind_of(chain: Any, address: str) -> Kind:
    found: Kind = next(p.kind for c in chain for p in c.parameters if p.address == address)
    return found


def switches(app: Any, told: dict[str, Any], command: Any) -> dict[str, Any]:
    """Return (strategy, what it becomes, attribute) of each switch, by address."""
    found = {}
    for name, (values, make) in told.items():
        names = vars(app)[name]._switch_info.names if name in vars(app) else ()
        for each in command.parameters:
            if {spelling.lstrip("-") for spelling in each.spellings} & set(names):
                found[each.address] = (values, make, name)
    return found


def run(app: Any, words: list[str]) -> Any:
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink):
        made, code = app.run(["tool", *words], exit=False)
    assert code == 0, (words, sink.getvalue())
    return made.root_app.told if hasattr(made.root_app, "told") else (made, ())
