"""Values, spelled and read back by docopt itself, in both of its forms, are the values."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, some, texts
from tests.frameworks import framework
from webify.adapters import docopt_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import levels
from webify.model.command import Command, Kind, Parameter

WORDS = ["add", "rm", "show"]
NAMES = ["<a>", "<b>", "FILE"]
OPTIONS = {
    "-v": "-v", "-q": "-q, --quiet", "--foo": "--foo", "--foobar": "--foobar",
    "-n": "-n <x>", "--name": "--name=<x>", "-f": "-f <x> --file=<x>",
    "--day": "--day=<x>  [default: 5]",
}  # fmt: skip
TAKES = {"-n", "--name", "-f", "--day"}


@pytest.fixture(scope="session", params=["docopt", "docopt-ng==0.9.0"])
def docopt(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """Return one of the two packages that are both called docopt."""
    if request.param == "docopt":
        yield __import__("docopt")
        return
    place = framework(request.param) / "docopt" / "__init__.py"
    spec = importlib.util.spec_from_file_location("docopt_ng", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["docopt_ng"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["docopt_ng"]


@st.composite
def lines(draw: Any, words: list[str], explicit: list[str]) -> str:
    """Return one usage line: options, words, arguments, as people write them."""
    parts = ["prog"]
    if draw(st.booleans()):
        parts.append("[options]")
    for name in explicit:
        spelled = f"{name} <x>" if name in TAKES and name[1] != "-" else name
        spelled = f"{name}=<x>" if name in TAKES and name[1] == "-" else spelled
        shape = draw(st.sampled_from(["[{}]", "[{}]", "({})", "[{}]..."]))
        parts.append(shape.format(spelled))
    if len(explicit) > 1 and draw(st.booleans()):
        one, other, *_ = (each for each in parts if each.strip("[]().").startswith("-"))
        parts = [each for each in parts if each not in (one, other)]
        choice = f"{one.strip('[]().')} | {other.strip('[]().')}"
        parts.append(draw(st.sampled_from(["[{}]", "({})"])).format(choice))
    names = list(NAMES)
    for word in words:
        if draw(st.integers(0, 4)) == 0:
            parts.append(names.pop(0))
        parts.append(word)
    parts += draw(st.sampled_from([[], [], ["[--]"]]))
    parts += names[: draw(st.integers(0, len(names)))]
    last = parts[-1]
    if last in NAMES:
        parts[-1] = draw(st.sampled_from(["{}", "[{}]", "{}...", "[{}...]", "[{}]..."])).format(
            last
        )
    return " ".join(parts)


@st.composite
def documents(draw: Any) -> str:
    """Return a help text of one to three usage lines and their options."""
    told = draw(st.lists(st.sampled_from(sorted(OPTIONS)), unique=True, max_size=5))
    explicit = told[:2] if draw(st.booleans()) else []
    usage = []
    for index in range(draw(st.integers(1, 3))):
        words = draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True))
        mine = explicit if index == 0 or draw(st.booleans()) else []
        usage.append("  " + draw(lines(words, mine)))
    listed = "\n".join(f"  {OPTIONS[each]}" for each in told)
    return "Usage:\n" + "\n".join(usage) + "\n\nOptions:\n" + listed + "\n"


def value_of(data: st.DataObject, each: Parameter) -> Any:
    if each.kind is Kind.COUNT:
        return data.draw(st.integers(1, 3))
    if each.bare:
        return True
    if each.repeat or each.several:
        return data.draw(some(texts, 1, 3))
    return data.draw(st.sampled_from([c.value for c in each.choices]) if each.choices else texts)


def broken(chain: tuple[Command, ...], values: dict[str, Any]) -> bool:
    """Say whether a rule of the commands forbids these values."""
    for command in chain:
        for rule in command.constraints:
            given_ = [each for each in rule.members if each in values]
            if rule.kind == "exclusive" and (len(given_) > 1 or (rule.required and not given_)):
                return True
            if rule.kind == "requires" and given_[:1] == [rule.members[0]] != given_:
                return True
    return False


@HUNT
@given(documents(), st.data())
def test_values_spelled_and_read_by_docopt_are_the_values(
    docopt: ModuleType, text: str, data: st.DataObject
) -> None:
    call = docopt_.Call(text, docopt, docopt.docopt)
    try:
        root = docopt_.describe(call)
    except docopt.DocoptLanguageError:
        assume(False)
    # docopt takes a word for an argument where an earlier line has one there: no author's wish.
    assume(not any(command.commands and command.ways for _, command in root.walk()))
    paths = [path for path, command in root.walk() if not command.needs_command]
    path = data.draw(st.sampled_from(paths))
    chain = root.along(path)
    assert chain is not None
    offered = [each for own in levels(chain) for each in own if not each.hidden]
    values = {
        each.address: value_of(data, each)
        for each in offered
        if each.required or data.draw(st.booleans())
    }
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    if broken(chain, values):
        event("against a rule")
        return
    try:
        found = docopt.docopt(text, words, False)
    except docopt.DocoptExit:
        plain = len(text.split("Options:")[0].splitlines()) == 3
        assert not plain, (text, words)
        event("told by docopt itself")
        return
    if not all(found[word] for word in path):
        assert any(command.leading for _, command in root.walk()), (text, words)
        event("taken by an earlier line, which has an argument where this one has a word")
        return
    heard = docopt_.read(call, words)
    for each in offered:
        if each.address in values:
            value = values[each.address]
            key = next(key for key in found if named(key, each))
            told = (
                found[key][0] if isinstance(found[key], list) and not listed(each) else found[key]
            )
            assert told == value, (text, words, found)
            assert heard[each.address] in (value, [value]), (text, words, heard)


def listed(each: Parameter) -> bool:
    return each.repeat or each.several


def named(key: str, each: Parameter) -> bool:
    return key in each.spellings or (each.positional and key.strip("<>") == each.metavar)
