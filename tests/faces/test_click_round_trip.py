"""Values, spelled and read back by click itself, are the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from hypothesis import event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, address_of, numbers, some, texts, whole
from webify.adapters import click_
from webify.adapters.hearing import heard
from webify.errors import ValuesRefused
from webify.faces.argv import spell

LONG = [
    "--a",
    "--foo",
    "--foobar",
    "--fo-bar",
    "--no-foo",
    "--bar",
    "--run",
    "-foo",
    "-ab",
    "++foo",
]
SHORT = ["-a", "-b", "-n", "-1", "-f", "+x", "+a"]
TYPES: list[tuple[Any, Any, Any]] = [
    (str, texts, str),
    (click.UNPROCESSED, texts, str),
    (click.INT, whole, int),
    (click.FLOAT, numbers, float),
    (click.IntRange(-5, 20), st.integers(-5, 20).map(str), int),
    (click.Choice(["x", "-y", "é", "=z"]), st.sampled_from(["x", "-y", "é", "=z"]), str),
]
WORDS = ["store", "store", "store", "many", "many", "count", "flag", "switch", "value", "maybe"]


class Told:
    """One parameter of a random command: the parameter, its values, what they become."""

    def __init__(
        self, parameter: click.Parameter, values: Any, becomes: Callable[..., Any]
    ) -> None:
        self.parameter = parameter
        self.values = values
        self.becomes = becomes

    @property
    def names(self) -> tuple[str, ...]:
        if isinstance(self.parameter, click.Argument):
            return (str(self.parameter.name),)
        return tuple(self.parameter.opts)

    @property
    def bare(self) -> bool:
        """Say whether it is a flag that stands for a value: it is heard as given or not."""
        flag = getattr(self.parameter, "is_flag", False)
        return flag and not self.parameter.is_bool_flag and not self.parameter.count

    def __repr__(self) -> str:
        info = self.parameter.to_info_dict()
        return repr({key: info[key] for key in info if info[key] not in (None, False, ())})


class Level:
    """One command of a random tree."""

    def __init__(self, name: str, told: list[Told], settings: dict[str, Any]) -> None:
        self.name = name
        self.told = told
        self.settings = settings

    def __repr__(self) -> str:
        return f"{self.name} {self.settings} {self.told}"


@st.composite
def options(draw: Any, name: str, free: list[str]) -> Told:
    spelled = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    names = [name, *spelled]
    word = draw(st.sampled_from(WORDS))
    if word == "count":
        return Told(click.Option(names, count=True), st.integers(1, 4), lambda value: value)
    if word == "flag":
        return Told(click.Option(names, is_flag=True), st.just(True), lambda _: True)
    if word == "value":
        return Told(click.Option(names, flag_value="C", default="D"), st.just(True), lambda _: "C")
    if word == "switch":
        on = next((each for each in spelled if each.startswith("--")), f"--on-{name}")
        default = draw(st.sampled_from([None, True, False]))
        made = click.Option([name, f"{on}/{on.replace('--', '--off-')}"], default=default)
        return Told(made, st.booleans(), lambda value: value)
    kind, one, make = draw(st.sampled_from(TYPES))
    if word == "maybe":
        made = click.Option(names, is_flag=False, flag_value="1", type=str)
        values = st.one_of(texts, st.just(True))
        return Told(made, values, lambda value: "1" if value is True else value)
    return draw(valued(names, kind, one, make, multiple=word == "many"))


@st.composite
def valued(draw: Any, names: list[str], kind: Any, one: Any, make: Any, *, multiple: bool) -> Told:
    count = draw(st.sampled_from([1, 1, 2, 3]))
    default = None
    if draw(st.booleans()):
        value = "x" if make is str else make("3")
        default = value if count == 1 else (value,) * count
        default = [default, default] if multiple else default
    extra = {"prompt": "Say"} if default and not multiple and draw(st.booleans()) else {}
    made = click.Option(names, type=kind, nargs=count, multiple=multiple, default=default, **extra)

    def read(value: Any) -> Any:
        return make(value) if count == 1 else tuple(make(each) for each in value)

    use = one if count == 1 else some(one, count, count)
    if multiple:
        return Told(made, some(use, 1, 3), lambda v: tuple(read(each) for each in v))
    return Told(made, use, read)


@st.composite
def arguments(draw: Any, name: str, counts: list[int]) -> Told:
    kind, one, make = draw(st.sampled_from(TYPES))
    count = draw(st.sampled_from(counts))
    required = draw(st.booleans())
    made = click.Argument([name], type=kind, nargs=count, required=required)
    if count == 1:
        return Told(made, one, make)
    bound = count if count > 0 else None
    values = some(one, bound or 1, bound or 4)
    return Told(made, values, lambda v: tuple(make(each) for each in v))


@st.composite
def levels(draw: Any, depth: int, *, inner: bool) -> Level:
    free = [*LONG, *SHORT]
    told: list[Told] = []
    for index in range(draw(st.integers(0, 4))):
        told.append(draw(options(f"o{depth}{index}", free)))
        used = (*told[-1].parameter.opts, *told[-1].parameter.secondary_opts)
        free = [each for each in free if each not in used]
    for index in range(draw(st.integers(0, 3 if inner else 1))):
        spread = any(each.parameter.nargs == -1 for each in told)
        counts = [1, 1, 2] if spread or not inner else [1, 1, 2, -1]
        told.append(draw(arguments(f"p{depth}{index}", counts)))
    settings: dict[str, Any] = {}
    if inner and draw(st.booleans()):
        settings["allow_interspersed_args"] = draw(st.booleans())
    return Level(draw(st.sampled_from(["run", "add", "a"])), told, settings)


@st.composite
def trees(draw: Any) -> list[Level]:
    depth = draw(st.integers(1, 3))
    return [draw(levels(index, inner=index + 1 == depth)) for index in range(depth)]


def built(tree: list[Level], seen: list[dict[str, Any]]) -> click.Command:
    """Return the root command; each command that is called notes its parameters in `seen`."""
    below: click.Command | None = None
    for each in reversed(tree):
        parameters = [told.parameter for told in each.told]

        def note(**found: Any) -> None:
            seen.append(found)

        words: dict[str, Any] = {"params": parameters, "callback": note, "add_help_option": False}
        words["context_settings"] = each.settings
        if below is None:
            below = click.Command(each.name, **words)
        else:
            below = click.Group(each.name, commands={below.name or "": below}, **words)
    assert below is not None
    return below


def drawn(data: st.DataObject, tree: list[Level]) -> dict[tuple[int, int], Any]:
    values = {}
    for depth, each in enumerate(tree):
        for index, told in enumerate(each.told):
            if told.parameter.required or data.draw(st.booleans()):
                values[depth, index] = data.draw(told.values)
    return values


@HUNT
@given(trees(), st.data())
def test_values_spelled_and_read_by_click_are_the_values(
    tree: list[Level], data: st.DataObject
) -> None:
    seen: list[dict[str, Any]] = []
    root = built(tree, seen)
    chain = click_.describe(root).along(tuple(each.name for each in tree[1:]))
    assert chain is not None
    given_ = drawn(data, tree)
    values = {
        address_of(chain[depth], tree[depth].told[index].names): value
        for (depth, index), value in given_.items()
    }
    try:
        words = spell(chain, values)
    except ValuesRefused:
        event("refused")
        return
    event(f"spelled {min(len(words), 4)} words or more")
    root.main(words, prog_name="tool", standalone_mode=False)
    read = click_.read(root, words)
    for (depth, index), value in given_.items():
        told = tree[depth].told[index]
        assert seen[depth][str(told.parameter.name)] == told.becomes(value), words
        address = address_of(chain[depth], told.names)
        assert read[address] == (True if told.bare else heard(told.becomes(value))), words
