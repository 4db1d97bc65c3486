"""Values, spelled and read back by typer itself, are the values."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any

import typer
from hypothesis import event, given
from hypothesis import strategies as st
from typer.main import get_command

from tests.faces.tricky import HUNT, address_of, numbers, some, texts, whole
from webify.adapters import typer_
from webify.adapters.hearing import heard
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.model.command import Command


class Way(Enum):
    PLAIN = "x"
    DASHED = "-y"
    FOREIGN = "é"
    ASSIGNED = "=z"


NAMES = ["--a", "--foo", "--foobar", "--fo-bar", "--bar", "--run", "-a", "-b", "-n", "-f"]
TYPES: list[tuple[Any, Any, Any]] = [
    (str, texts, str),
    (int, whole, int),
    (float, numbers, float),
    (Way, st.sampled_from(Way).map(lambda way: way.value), Way),
]
WORDS = ["one", "one", "one", "list", "row", "count", "flag", "switch"]
KINDS = inspect.Parameter


class Told:
    """One parameter of a random function: what Python has of it, its values, what they become."""

    def __init__(
        self,
        parameter: inspect.Parameter,
        names: list[str],
        values: Any,
        becomes: Callable[..., Any],
    ) -> None:
        self.parameter = parameter
        self.names = names
        self.values = values
        self.becomes = becomes

    def __repr__(self) -> str:
        return str(self.parameter)


@st.composite
def options(draw: Any, name: str, free: list[str]) -> Told:
    spelled = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    word = draw(st.sampled_from(WORDS))
    kind, one, make = draw(st.sampled_from(TYPES))
    hint, default, values, becomes = valued(word, kind, one, make)
    names = [f"--on-{name}/--off-{name}"] if word == "switch" else spelled
    info = typer.Option(*names, count=word == "count")
    made = KINDS(name, KINDS.KEYWORD_ONLY, default=default, annotation=Annotated[hint, info])
    return Told(made, [each.partition("/")[0] for each in names], values, becomes)


def valued(word: str, kind: Any, one: Any, make: Any) -> tuple[Any, Any, Any, Callable[..., Any]]:
    """Return the annotation, the default, the values and what they become."""
    if word == "count":
        return int, 0, st.integers(1, 4), lambda value: value
    if word == "flag":
        return bool, False, st.just(True), lambda value: value
    if word == "switch":
        return bool, None, st.booleans(), lambda value: value
    if word == "row":
        values = st.tuples(one, texts).map(list)
        return tuple[kind, str], None, values, lambda v: (make(v[0]), v[1])
    if word == "list":
        return list[kind], None, some(one, 1, 3), lambda v: [make(each) for each in v]
    return kind | None, None, one, make


@st.composite
def arguments(draw: Any, name: str, word: str) -> Told:
    kind, one, make = draw(st.sampled_from(TYPES))
    default: Any = KINDS.empty if word == "required" else None
    hint = list[kind] if word == "list" else kind
    values = some(one, 1, 4) if word == "list" else one
    made = KINDS(
        name,
        KINDS.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[hint, typer.Argument()],
    )
    becomes = (lambda v: [make(each) for each in v]) if word == "list" else make
    return Told(made, [name], values, becomes)


@st.composite
def commands(draw: Any) -> list[Told]:
    free = list(NAMES)
    told: list[Told] = []
    for index in range(draw(st.integers(0, 4))):
        told.append(draw(options(f"o{index}", free)))
        free = [each for each in free if each not in told[-1].names]
    words = draw(st.sampled_from([[], ["required"], ["required", "maybe"], ["maybe", "list"]]))
    told += [draw(arguments(f"p{index}", word)) for index, word in enumerate(words)]
    return told


def built(told: list[Told], seen: list[dict[str, Any]], *, nested: bool) -> Any:
    """Return the root command; it, or the command below it, notes what it is called with."""

    def called(**kwargs: Any) -> None:
        seen.append(kwargs)

    called.__signature__ = inspect.Signature([each.parameter for each in told])  # type: ignore[attr-defined] # as functools.wraps does it
    called.__annotations__ = {each.parameter.name: each.parameter.annotation for each in told}
    app = typer.Typer(add_completion=False)
    app.command("run")(called)
    if nested:
        app.callback()(lambda: None)
    return get_command(app)


def place(command: Command, told: Told) -> str:
    return address_of(command, tuple(told.names))


@HUNT
@given(commands(), st.booleans(), st.data())
def test_values_spelled_and_read_by_typer_are_the_values(
    told: list[Told], nested: bool, data: st.DataObject
) -> None:
    seen: list[dict[str, Any]] = []
    root = built(told, seen, nested=nested)
    chain = typer_.describe(root).along(("run",) if nested else ())
    assert chain is not None
    values = {}
    for each in told:
        if each.parameter.default is KINDS.empty or data.draw(st.booleans()):
            values[place(chain[-1], each)] = data.draw(each.values)
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    event(f"spelled {min(len(words), 4)} words or more")
    root.main(words, prog_name="tool", standalone_mode=False)
    read = typer_.read(root, words)
    for each in told:
        address = place(chain[-1], each)
        if address in values:
            expected = each.becomes(values[address])
            assert seen[-1][each.parameter.name] == expected, words
            assert read[address] == heard(expected), words
