"""Values, spelled and read back by cyclopts itself, are the values."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from hypothesis import event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, address_of, numbers, some, texts, whole
from webify.adapters import cyclopts_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.model.command import Command

NAMES = ["--a", "--foo", "--foobar", "--fo-bar", "--bar", "--run", "-a", "-b", "-n", "-f"]
TYPES: list[tuple[Any, Any, Any]] = [
    (str, texts, str),
    (int, whole, int),
    (float, numbers, float),
    (Literal["x", "-y", "é", "=z"], st.sampled_from(["x", "-y", "é", "=z"]), str),
]
WORDS = [
    "one",
    "one",
    "one",
    "list",
    "list",
    "row",
    "rows",
    "more",
    "count",
    "flag",
    "switch",
    "on",
]
KINDS = inspect.Parameter


class Told:
    """One parameter of a random function: what Python has of it, its values, what they become."""

    def __init__(
        self, parameter: inspect.Parameter, spelled: str, values: Any, becomes: Callable[..., Any]
    ) -> None:
        self.parameter = parameter
        self.spelled = spelled
        self.values = values
        self.becomes = becomes

    def __repr__(self) -> str:
        return str(self.parameter)


class Level:
    """One command of a random tree."""

    def __init__(self, name: str, told: list[Told]) -> None:
        self.name = name
        self.told = told

    def __repr__(self) -> str:
        return f"{self.name}{self.told}"


@st.composite
def options(draw: Any, name: str, free: list[str]) -> Told:
    spelled = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    word = draw(st.sampled_from(WORDS))
    kind, one, make = draw(st.sampled_from(TYPES))
    more: dict[str, Any] = {"name": spelled}
    default: Any = None
    hint, values, becomes = valued(word, kind, one, make)
    if word in ("count", "flag", "switch", "on"):
        more |= {"count": True} if word == "count" else {}
        more |= {"negative": f"--not-{name}"} if word == "switch" else {"negative": ()}
        default = {"count": 0, "on": True}.get(word, False)
    elif word == "more":
        more["consume_multiple"] = True
    placed = draw(st.sampled_from([KINDS.KEYWORD_ONLY, KINDS.POSITIONAL_OR_KEYWORD]))
    if word in ("row", "rows", "list", "more"):
        placed = KINDS.KEYWORD_ONLY
    made = KINDS(name, placed, default=default, annotation=Annotated[hint, Parameter(**more)])
    return Told(made, spelled[0], values, becomes)


def valued(word: str, kind: Any, one: Any, make: Any) -> tuple[Any, Any, Callable[..., Any]]:
    """Return the annotation, the values and what they become."""
    if word == "count":
        return int, st.integers(1, 4), lambda value: value
    if word == "flag":
        return bool, st.just(True), lambda value: value
    if word in ("switch", "on"):
        return bool, st.booleans(), lambda value: value
    if word == "row":
        return tuple[kind, str] | None, some(one, 2, 2).map(paired), lambda v: (make(v[0]), v[1])
    if word == "rows":
        values = some(some(one, 2, 2).map(paired), 1, 3)
        return (
            list[tuple[kind, str]] | None,
            values,
            lambda v: [(make(each[0]), each[1]) for each in v],
        )
    if word in ("list", "more"):
        return list[kind] | None, some(one, 1, 3), lambda v: [make(each) for each in v]
    return kind | None, one, make


def paired(texts_: list[str]) -> list[str]:
    return texts_


@st.composite
def arguments(draw: Any, name: str, *, required: bool) -> Told:
    kind, one, make = draw(st.sampled_from(TYPES))
    default = KINDS.empty if required else None
    made = KINDS(name, KINDS.POSITIONAL_ONLY, default=default, annotation=kind)
    return Told(made, name, one, make)


@st.composite
def spread(draw: Any, name: str) -> Told:
    kind, one, make = draw(st.sampled_from(TYPES))
    made = KINDS(name, KINDS.VAR_POSITIONAL, annotation=kind)
    return Told(made, name, some(one, 1, 4), lambda v: tuple(make(each) for each in v))


@st.composite
def levels(draw: Any, depth: int) -> Level:
    free = list(NAMES)
    told: list[Told] = []
    first = draw(st.integers(0, 2))
    told += [
        draw(arguments(f"p{depth}{index}", required=index < first))
        for index in range(draw(st.integers(0, 3)))
    ]
    for index in range(draw(st.integers(0, 4))):
        made = draw(options(f"o{depth}{index}", free))
        used = made.parameter.annotation.__metadata__[0].name
        free = [each for each in free if each not in used]
        told.append(made)
    if draw(st.booleans()):
        told.append(draw(spread(f"s{depth}")))
    return Level(draw(st.sampled_from(["run", "add", "a"])), told)


@st.composite
def trees(draw: Any) -> list[Level]:
    return [draw(levels(depth)) for depth in range(draw(st.integers(1, 3)))]


def function(level: Level, seen: list[dict[str, Any]]) -> Callable[..., None]:
    """Return a function of these parameters that notes what it is called with."""
    ordered = sorted((each.parameter for each in level.told), key=lambda each: each.kind)
    signature = inspect.Signature(ordered)

    def called(*args: Any, **kwargs: Any) -> None:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        seen.append(dict(bound.arguments))

    called.__signature__ = signature  # type: ignore[attr-defined] # as functools.wraps does it
    called.__annotations__ = {each.name: each.annotation for each in ordered}
    return called


def built(tree: list[Level], seen: list[dict[str, Any]]) -> App:
    """Return the root; only the innermost command is called."""
    root = app = App(name="tool", help_flags=[], version_flags=[])
    for depth, level in enumerate(tree):
        if depth:
            below = App(name=level.name, help_flags=[], version_flags=[])
            app.command(below)
            app = below
        app.default(function(level, seen))
    return root


def drawn(data: st.DataObject, level: Level) -> dict[int, Any]:
    values = {}
    for index, told in enumerate(level.told):
        if told.parameter.default is KINDS.empty or data.draw(st.booleans()):
            values[index] = data.draw(told.values)
    return values


def place(command: Command, told: Told) -> str:
    """Return its address; what stands before *args is given by its place, and so by its name."""
    name = told.parameter.name
    placed = [each.address for each in command.parameters if each.positional and each.name == name]
    return placed[0] if placed else address_of(command, (told.spelled,))


@HUNT
@given(trees(), st.data())
def test_values_spelled_and_read_by_cyclopts_are_the_values(
    tree: list[Level], data: st.DataObject
) -> None:
    seen: list[dict[str, Any]] = []
    root = built(tree, seen)
    chain = cyclopts_.describe(root).along(tuple(each.name for each in tree[1:]))
    assert chain is not None
    assert not any(command.error for command in chain)
    inner = tree[-1]
    given_ = drawn(data, inner)
    values = {place(chain[-1], inner.told[index]): value for index, value in given_.items()}
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    event(f"spelled {min(len(words), 4)} words or more")
    heard = cyclopts_.read(root, words)
    assert all(heard.get(address, value) == value for address, value in values.items()), words
    root(words, exit_on_error=False, print_error=False, result_action="return_value")
    for index, value in given_.items():
        told = inner.told[index]
        assert seen[-1].get(told.parameter.name) == told.becomes(value), words
