"""Commands of click that are hard to read: broken, endless, hostile, huge."""

from __future__ import annotations

import time
from typing import Any

import click
import pytest

from webify.adapters import click_
from webify.model.command import Command, Kind


def command_of(*parameters: click.Parameter, **more: Any) -> Command:
    """Return what is said of a command with these parameters."""
    return click_.describe(click.Command("tool", params=list(parameters), **more))


def option(*words: str, **facts: Any) -> Any:
    """Return what is said of one option."""
    return command_of(click.Option([*words], **facts)).parameters[0]


class Broken(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["gone", "ends", "whole"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        if name == "gone":
            raise ModuleNotFoundError("No module named 'plugin'")
        if name == "ends":
            raise SystemExit(3)
        return click.Command("whole")


def test_a_broken_member_of_a_group_loses_none_of_the_others() -> None:
    gone, ends, whole = click_.describe(Broken("tool")).commands
    assert "No module named 'plugin'" in gone.error
    assert "SystemExit" in ends.error
    assert whole.error == ""
    assert whole.parameters


def test_a_group_that_cannot_list_its_commands_keeps_its_own_options() -> None:
    class Plugins(click.Group):
        def list_commands(self, ctx: click.Context) -> list[str]:
            raise RuntimeError("No plugins")

    found = click_.describe(Plugins("tool", params=[click.Option(["--deep"])]))
    assert "No plugins" in found.error
    assert found.parameters[0].address == "deep"


def test_a_group_that_holds_itself_is_described_once() -> None:
    one, other = click.Group("one"), click.Group("other")
    one.add_command(other)
    one.add_command(one)
    other.add_command(one)
    found = click_.describe(one)
    assert [path for path, _ in found.walk()] == [(), ("other",)]
    assert found.lost
    assert found.commands[0].lost


@pytest.mark.clock
def test_a_group_that_makes_itself_anew_comes_to_an_end() -> None:
    class Endless(click.Group):
        def list_commands(self, ctx: click.Context) -> list[str]:
            return ["again", "once-more"]

        def get_command(self, ctx: click.Context, name: str) -> click.Command:
            return Endless(name)

    begun = time.monotonic()
    found = list(click_.describe(Endless("tool")).walk())
    assert len(found) < 6000
    assert any(command.lost for _, command in found)
    assert time.monotonic() - begun < 20


class Hostile:
    def __repr__(self) -> str:
        raise RuntimeError("no words")

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no comparison")

    __hash__ = object.__hash__

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("no attribute")


@pytest.mark.parametrize(
    "facts",
    [{}, {"is_flag": True}, {"type": click.Choice(["a", "b"])}, {"multiple": True}, {"nargs": 2}],
)
def test_a_default_that_cannot_be_told_costs_no_parameter(facts: dict[str, Any]) -> None:
    made = click.Option(["--it"], **facts)
    made.default = Hostile()
    found = command_of(made, click.Option(["--other"]))
    assert [each.address for each in found.parameters[:2]] == ["it", "other"]
    assert found.parameters[0].spellings == ("--it",)


@pytest.mark.clock
def test_a_hundred_thousand_choices_are_read_in_a_breath() -> None:
    begun = time.monotonic()
    found = option("--it", type=click.Choice([f"value-{each}" for each in range(100_000)]))
    assert len(found.choices) == 100_000
    assert time.monotonic() - begun < 10


def test_a_type_of_the_tool_itself_is_told_by_its_name() -> None:
    class Percent(click.ParamType):
        name = "percent"

    class Port(click.IntRange):
        def convert(self, value: Any, param: Any, ctx: Any) -> Any:
            return value

    assert option("--it", type=Percent()).custom == "percent"
    assert option("--it", type=Port()).custom == "Port"
    assert option("--it", type=int).custom == ""
    assert option("--it", type=lambda text: text.split(",")).custom == "its own type"
    assert option("--it", type=Percent(), is_flag=True, flag_value="x").custom == ""


def test_options_are_as_the_settings_of_the_context_say() -> None:
    settings = {
        "help_option_names": ["-?", "--usage"],
        "auto_envvar_prefix": "TOOL",
        "token_normalize_func": str.lower,
        "default_map": {"level": 7},
    }
    found = command_of(click.Option(["--level"], type=int), context_settings=settings)
    level, usage = found.parameters
    assert level.env == ("TOOL_LEVEL",)
    assert level.default.value == "7"
    assert usage.spellings == ("-?", "--usage")
    assert click_.read(_named(settings), ["--LEVEL=3"]) == {"level": 3, "usage": False}


def test_a_help_option_keeps_spellings_that_the_context_does_not_name() -> None:
    made = click.help_option("--help", "-h", "--usage")(lambda: None)
    found = command_of(*made.__click_params__)
    assert found.parameters[0].spellings == ("--help", "-h", "--usage")


def _named(settings: dict[str, Any]) -> click.Command:
    made = [click.Option(["--level"], type=int)]
    return click.Command("tool", params=made, context_settings=settings)


def test_a_command_that_reads_its_words_by_itself_is_described_and_read() -> None:
    class Numbers(click.Command):
        def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
            return super().parse_args(ctx, [w for w in args if not w.startswith("#")])

    made = Numbers("tool", params=[click.Argument(["word"])], add_help_option=False)
    assert click_.describe(made).parameters[0].kind is Kind.TEXT
    assert click_.read(made, ["#x", "a"]) == {"word": "a"}


def test_an_option_that_cannot_be_spelled_is_no_positional_argument() -> None:
    heading = click.Option(["--heading"], hidden=True)
    heading.opts = []  # as packages do it that draw headings between options
    found = command_of(heading, click.Argument(["word"]), click.Option(["--it"]))
    assert [each.address for each in found.parameters] == ["word", "it", "help"]


def test_help_that_is_translated_late_is_told() -> None:
    class Later(str):
        __slots__ = ()

    class Lazy:
        def __str__(self) -> str:
            return "Was übersetzt wird."

    found = command_of(click.Option(["--it"], help=Later("Now")))
    assert found.parameters[0].help == "Now"
    made = click.Option(["--it"])
    made.help = Lazy()  # type: ignore[assignment] # as packages for translation do it
    assert command_of(made).parameters[0].help == "Was übersetzt wird."
