"""Values, spelled and read back by cleo itself, are the values."""

from __future__ import annotations

import warnings
from typing import Any

from cleo.application import Application
from cleo.commands.command import Command as CleoCommand
from cleo.io.inputs.argument import Argument
from cleo.io.inputs.argv_input import ArgvInput
from cleo.io.inputs.option import Option
from cleo.io.outputs.null_output import NullOutput
from hypothesis import event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, some, texts
from webify.adapters import cleo_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default, levels
from webify.model.command import Command, Parameter

COMMANDS = ["add", "self add", "self show", "self show plugins", "run"]
OPTIONS = ["foo", "foobar", "bar", "name", "x"]
LETTERS = ["f", "b", "n", "x", "z"]


@st.composite
def declared(draw: Any) -> list[Any]:
    """Return the options and arguments of one command."""
    made: list[Any] = []
    letters = draw(st.permutations(LETTERS))
    names = draw(st.lists(st.sampled_from(OPTIONS), unique=True))
    for name, letter in zip(names, letters, strict=False):
        short = letter if draw(st.booleans()) and letter != "n" else None
        sort = draw(st.sampled_from(["flag", "one", "several", "perhaps"]))
        words: dict[str, Any] = {"flag": sort == "flag"}
        if sort == "several":
            words |= {"is_list": True, "default": draw(st.sampled_from([None, ["x"]]))}
        if sort == "perhaps":
            words |= {"requires_value": False}
        made.append(Option(name, short, **words))
    made += [Argument(f"p{index}", required=True) for index in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        made.append(Argument("last", required=draw(st.booleans()), is_list=draw(st.booleans())))
    return made


class App(Application):
    """An application whose commands tell of themselves when they are called."""

    def __init__(self, commands: dict[str, list[Any]]) -> None:
        super().__init__("tool", "1.2")
        self.catch_exceptions(False)
        self.auto_exits(False)
        self.heard: list[CleoCommand] = []
        for name, items in commands.items():
            made = type("Told", (CleoCommand,), {"name": name, "handle": self.called})()
            for each in items:
                keep = made._definition.add_option
                keep = made._definition.add_argument if isinstance(each, Argument) else keep
                keep(each)
            self.add(made)

    @property
    def called(self) -> Any:
        return lambda command: self.heard.append(command) or 0


def value_of(data: st.DataObject, each: Parameter) -> Any:
    if each.bare:
        return data.draw(st.integers(1, 3)) if each.kind.value == "count" else True
    if each.repeat or each.several:
        return data.draw(some(texts, max(each.least, 1), 3))
    return data.draw(st.one_of(texts, st.just(True)) if each.optional_value else texts)


@HUNT
@given(st.fixed_dictionaries({name: declared() for name in COMMANDS}), st.data())
def test_values_spelled_and_read_by_cleo_are_the_values(
    commands: dict[str, list[Any]], data: st.DataObject
) -> None:
    app = App(commands)
    root = cleo_.describe(app)
    path = data.draw(st.sampled_from(COMMANDS)).split()
    chain = root.along(tuple(path))
    assert chain is not None
    values = {
        each.address: value_of(data, each)
        for own in levels(chain)
        for each in own
        if not each.hidden and each.name != "quiet"
        if (each.required and each.address.startswith(".".join(path))) or data.draw(st.booleans())
    }
    mine = {address: value for address, value in values.items() if address in own_of(chain)}
    try:
        words = spell(chain, mine)
    except ValuesRefused:
        event("refused")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app.run(ArgvInput(["tool", *words]), NullOutput(), NullOutput())
    (ran,) = app.heard
    assert ran.name == " ".join(path), words
    compare(chain, mine, ran.io.input, words)
    heard = cleo_.read(app, words)
    assert {address: heard[address] for address in mine if address in heard} == {
        address: value for address, value in mine.items() if address in heard
    }


def own_of(chain: tuple[Command, ...]) -> set[str]:
    return {each.address for command in (chain[0], chain[-1]) for each in command.parameters}


def compare(chain: tuple[Command, ...], values: dict[str, Any], given_: Any, words: Any) -> None:
    """Hold that cleo has the values under the names that they were declared with."""
    for command in chain:
        for each in command.parameters:
            if each.address not in values:
                continue
            value = values[each.address]
            if each.positional:
                assert given_.argument(each.metavar) == value, words
            elif each.kind.value == "count":
                assert "-" + "v" * value in words or (value == 1 and "--verbose" in words)
            elif value is True and each.optional_value:
                assert given_.option(each.spellings[-1][2:]) is None, words
            elif not at_default(each, value):
                assert given_.option(each.spellings[-1][2:]) == value, words
