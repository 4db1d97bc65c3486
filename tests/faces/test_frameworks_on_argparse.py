"""Values, spelled and read back by the frameworks that build on argparse, are the values."""

from __future__ import annotations

import argparse
import dataclasses
import enum
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Optional

import argh
import configargparse
import decli
import jsonargparse
import plac_core
import pytest
import simple_parsing
import tyro
from hypothesis import event, given
from hypothesis import strategies as st
from tyro._backends._tyro_backend import TyroBackend

from tests.faces.answers import answered
from tests.faces.tricky import HUNT, numbers, texts
from webify.adapters import (
    argh_,
    configargparse_,
    decli_,
    jsonargparse_,
    plac_,
    simple_parsing_,
    tyro_,
)
from webify.adapters.hearing import heard
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default, levels
from webify.model.command import Item, Kind, Parameter


class Color(enum.Enum):
    """Two colors, by their names."""

    RED = 1
    GREEN = "g"


@dataclasses.dataclass
class Inner:
    """What lies one level down."""

    root: str = "data"
    limit: Optional[int] = None  # noqa: UP045 - as tools of older Pythons write it


@dataclasses.dataclass
class Outer:
    """All that a field may be."""

    steps: int
    rate: float = 0.5
    title: str = "x"
    fast: bool = False
    safe: bool = True
    color: Color = Color.RED
    mode: Literal["x", "-y"] = "x"
    note: str | None = None
    path: Path = Path("out")
    names: list[str] = dataclasses.field(default_factory=list)
    counts: tuple[int, ...] = (1, 2)
    pair: tuple[int, str] = (1, "a")
    inner: Inner = dataclasses.field(default_factory=Inner)


@dataclasses.dataclass
class Case:
    """A parser of one framework, and a parse of its own that tells where each value went."""

    adapter: Any
    parser: Any
    parsed: Callable[[list[str]], Any]
    path: tuple[str, ...] = ()
    start: str = ""


class Silent(argparse.ArgumentParser):
    """A parser that raises where argparse would leave the process."""

    def error(self, message: str) -> Any:
        raise AssertionError(message)


def with_jsonargparse() -> Case:
    parser = jsonargparse.ArgumentParser(exit_on_error=False)
    parser.add_class_arguments(Outer, "o")
    return Case(jsonargparse_, parser, lambda words: parser.parse_args(words).o, start="o_")


def with_jsonargparse_positionals() -> Case:
    def first(name: str, where: str | None, *, names: list[str], deep: bool = False) -> None:
        del name, where, names, deep

    parser = jsonargparse.ArgumentParser(exit_on_error=False)
    below = parser.add_subcommands()
    inner = jsonargparse.ArgumentParser(exit_on_error=False)
    inner.add_function_arguments(first, as_positional=True)
    below.add_subcommand("run", inner)
    return Case(jsonargparse_, parser, lambda words: parser.parse_args(words).run, ("run",))


def with_simple_parsing() -> Case:
    parser = simple_parsing.ArgumentParser()
    parser.add_arguments(Outer, "o")

    def parsed(words: list[str]) -> Any:
        for action in parser._actions:
            simple_parsing_._rewind(action.type)
        return parser.parse_args(words).o

    return Case(simple_parsing_, parser, parsed, start="o_")


@dataclasses.dataclass
class Build:
    """A command of positional arguments."""

    target: tyro.conf.Positional[str]
    others: tyro.conf.Positional[list[int]]
    fast: bool = False


@dataclasses.dataclass
class Commands:
    """A tool of commands."""

    command: tyro.conf.OmitSubcommandPrefixes[tyro.conf.OmitArgPrefixes[Build | Inner]]
    tags: tyro.conf.UseAppendAction[list[str]]
    words: list[str] = dataclasses.field(default_factory=lambda: ["a"])
    loud: tyro.conf.UseCounterAction[int] = 0


def with_tyro_commands() -> Case:
    spec = specified(Commands, ["build", "x", "1"])

    def parsed(words: list[str]) -> Any:
        found = tyro.cli(Commands, args=words)
        return argparse.Namespace(**{**vars(found), **vars(found.command)})

    return Case(tyro_, spec, parsed, ("build",), start="command_")


def with_tyro() -> Case:
    spec = specified(Outer, ["--steps", "1"])
    return Case(tyro_, spec, lambda words: tyro.cli(Outer, args=words))


def specified(annotation: Any, words: list[str]) -> tyro_.Spec:
    """Return what tyro hands to its backend."""
    seen: list[Any] = []

    class Heard(TyroBackend):
        """A backend that keeps what it is given."""

        def parse_args(self, **words: Any) -> Any:
            seen.append(words["parser_spec"])
            return super().parse_args(**words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tyro._backends._tyro_backend.TyroBackend", Heard)
        tyro.cli(annotation, args=words)
    return tyro_.Spec(seen[0], TyroBackend(), "tool")


def declared(parser: Any) -> Any:
    parser.add_argument("source", help="Where from.")
    parser.add_argument("rest", nargs="*", type=int)
    parser.add_argument("-n", "--number", type=int)
    parser.add_argument("--rate", type=float, default=0.5)
    parser.add_argument("--words", nargs="+")
    parser.add_argument("--add", action="append")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--style", choices=["plain", "-y", ""])
    parser.add_argument("--maybe", nargs="?", const="c")
    return parser


def with_configargparse() -> Case:
    class Quiet(configargparse.ArgumentParser):
        error = Silent.error

    parser = declared(Quiet(prog="tool", auto_env_var_prefix="NOBODY_SETS_"))
    parser.add_argument("--config", is_config_file=True)
    return Case(configargparse_, parser, parser.parse_args)


def with_decli() -> Case:
    arguments = [
        {"name": "source"},
        {"name": ["-n", "--number"], "type": int},
        {"name": "--words", "nargs": "+"},
        {"name": "--fast", "action": "store_true"},
    ]
    command = {"name": ["run", "r"], "arguments": arguments}
    data = {"prog": "tool", "subcommands": {"required": True, "commands": [command]}}
    parser = decli.cli(data, parser_class=Silent)
    return Case(decli_, parser, parser.parse_args, ("run",))


def with_argh() -> Case:
    def run(source: str, *names: str, times: int = 1, style: str = "x", loud: bool = False) -> None:
        del source, names, times, style, loud

    class Quiet(argh.ArghParser):
        error = Silent.error

    parser = Quiet(prog="tool")
    parser.add_commands([run])
    return Case(argh_, parser, parser.parse_args, ("run",))


def with_plac() -> Case:
    @plac_core.pos("number", type=int)
    @plac_core.opt("times", type=int, abbrev="n")
    @plac_core.opt("style", choices=["plain", "-y", ""])
    @plac_core.flg("verbose", abbrev="v")
    def run(source, number=3, times=1, style="plain", title="x", verbose=False):  # type: ignore[no-untyped-def] # plac reads no types
        return {**locals()}

    parser = plac_core.parser_from(run)
    return Case(plac_, parser, lambda words: argparse.Namespace(**parser.consume(words)[1]))


def with_plac_pairs() -> Case:
    def run(source, **settings):  # type: ignore[no-untyped-def] # plac reads no types
        return argparse.Namespace(
            source=source, settings=[f"{name}={value}" for name, value in settings.items()]
        )

    parser = plac_core.parser_from(run)
    return Case(plac_, parser, lambda words: parser.consume(words)[1])


CASES = [
    with_argh,
    with_configargparse,
    with_decli,
    with_jsonargparse,
    with_jsonargparse_positionals,
    with_plac,
    with_plac_pairs,
    with_simple_parsing,
    with_tyro,
    with_tyro_commands,
]


def one(parameter: Parameter | Item) -> st.SearchStrategy[Any]:
    if parameter.choices:
        return st.sampled_from([each.value for each in parameter.choices])
    if parameter.kind is Kind.INTEGER:
        return st.integers(-12, 12).map(str)
    if parameter.kind is Kind.NUMBER:
        return numbers
    return texts


def values_of(parameter: Parameter) -> st.SearchStrategy[Any]:
    if parameter.kind is Kind.COUNT:
        return st.integers(1, 4)
    if parameter.bare:
        return st.booleans() if parameter.kind is Kind.SWITCH else st.just(True)
    if parameter.items:
        return st.tuples(*map(one, parameter.items)).map(list)
    if parameter.name == "settings":
        return st.dictionaries(st.sampled_from(["a", "b_1", "Z"]), texts, min_size=1).map(
            lambda pairs: [f"{name}={text}" for name, text in pairs.items()]
        )
    if parameter.several or parameter.repeat:
        return st.lists(one(parameter), min_size=1, max_size=3)
    if parameter.optional_value:
        return st.one_of(one(parameter), st.just(True))
    return one(parameter)


def found_at(result: Any, name: str) -> Any:
    """Return what the framework itself stored under a name, one level down where need be."""
    if hasattr(result, name):
        return getattr(result, name)
    head, _, rest = name.partition("_")
    return found_at(getattr(result, head), rest)


def plain(value: Any, parameter: Parameter) -> Any:
    if isinstance(value, enum.Enum):
        return value.name
    if parameter.optional_value and value in ("c", None):
        return True
    return value if isinstance(value, bool) else heard(value)


def told(value: Any, parameter: Parameter) -> Any:
    """Return an answer as the tool would have it: true is True, a path is what it stands for."""
    if parameter.kind is Kind.PATH:
        return str(Path(value))
    return (
        {"true": True, "false": False, "True": True, "False": False}.get(value, value)
        if isinstance(value, str) and parameter.choices
        else value
    )


@pytest.mark.parametrize("make", CASES, ids=[each.__name__[5:] for each in CASES])
def test_values_spelled_and_read_by_the_framework_are_the_values(make: Callable[[], Case]) -> None:
    case = make()
    chain = case.adapter.describe(case.parser).along(case.path)
    assert chain is not None
    offered = [each for own in levels(chain) for each in own]
    offered = [each for each in offered if not (each.hidden or each.custom)]
    offered = [each for each in offered if each.kind is not Kind.FILE_IN and each.const != ""]
    seen: set[str] = set()

    @HUNT
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        values = {
            each.address: data.draw(values_of(each), each.address)
            for each in offered
            if each.required or (each.least and each.positional) or data.draw(st.booleans())
        }
        try:
            words = spell(chain, values)
        except ValuesRefused:
            event("refused")
            return
        result = case.parsed(list(words))
        read = case.adapter.read(case.parser, words)
        for each in offered:
            if each.address in values and not at_default(each, values[each.address]):
                seen.add(each.address)
                value = answered(told(values[each.address], each))
                stored = found_at(result, each.name.removeprefix(case.start))
                assert answered(plain(stored, each)) == value, (each.address, words)
                assert answered(told(read[each.address], each)) == value, (each.address, words)

    holds()
    assert seen == {each.address for each in offered}
