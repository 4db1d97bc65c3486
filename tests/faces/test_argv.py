"""Values become words that a parser cannot take for anything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest

from tests.faces.commands import (
    ARGPARSE,
    CLICK,
    SPOKEN,
    argument,
    choices,
    command,
    default,
    of_kind,
    option,
)
from webify.adapters import click_
from webify.errors import ValuesRefused
from webify.faces.argv import shown, spell
from webify.faces.values import MASK, masked
from webify.model.command import Command, Default, Kind, Parameter, Syntax


def said(root: Command, **values: Any) -> list[str]:
    return spell((root,), {name.replace("__", ":"): value for name, value in values.items()})


def refused(*chain: Command, **values: Any) -> dict[str, str]:
    with pytest.raises(ValuesRefused) as refusal:
        spell(chain, {name.replace("__", "."): value for name, value in values.items()})
    return refusal.value.fields


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_spelled(kind: Kind) -> None:
    _, value, words = SPOKEN[kind]
    assert said(command(of_kind(kind)), it=value) == words


def test_long_options_are_joined_and_short_ones_glued() -> None:
    root = command(option("name", spellings=("-n", "--name")), option("size", spellings=("-s",)))
    assert said(root, name="-x", size="-5") == ["--name=-x", "-s-5"]


def test_an_empty_or_equals_value_of_a_short_option_keeps_its_place() -> None:
    short = option("size", spellings=("-s",))
    assert said(command(short), size="") == ["-s="]
    assert said(command(short), size="=x") == ["-s==x"]
    assert said(command(short, syntax=CLICK), size="") == ["-s", ""]
    assert said(command(short, syntax=CLICK), size="=x") == ["-s", "=x"]


def test_a_short_option_that_begins_another_is_not_glued() -> None:
    root = command(option("n", spellings=("-n",)), option("nv", Kind.FLAG, spellings=("-nv",)))
    assert said(root, n="v") == ["-n=v"]


def test_simple_commands_look_simple() -> None:
    root = command(argument("file"), option("limit"))
    assert said(root, file="a.csv", limit="5") == ["--limit=5", "a.csv"]


def test_one_separator_stands_before_positionals_that_look_like_options() -> None:
    root = command(argument("file"), argument("more", most=None, least=0), option("limit"))
    assert said(root, file="-a", more=["--", "-b"][1:], limit="5") == [
        "--limit=5",
        "--",
        "-a",
        "-b",
    ]


def test_a_separator_stands_behind_a_list_that_would_swallow_what_follows() -> None:
    root = command(argument("file"), option("sku", most=None))
    assert said(root, file="a", sku=["x", "y"]) == ["--sku", "x", "y", "--", "a"]


def test_an_option_that_swallows_stands_before_one_that_does_not() -> None:
    root = command(option("limit"), option("sku", most=None), commands=(Command("put"),))
    chain = (root, root.commands[0])
    words = spell(chain, {"limit": "5", "sku": ["x", "y"]})
    assert words == ["--sku", "x", "y", "--limit=5", "put"]


def test_a_list_that_would_swallow_a_command_is_refused() -> None:
    root = command(option("sku", most=None), commands=(Command("put"),))
    assert refused(root, root.commands[0], sku=["x", "y"]) == {
        "sku": "The tool would take “put” as one more value here. Fill in another option too."
    }
    assert spell((root, root.commands[0]), {"sku": ["x"]}) == ["--sku=x", "put"]


def test_group_options_stand_before_the_next_command_word() -> None:
    put = command(option("put.name"), argument("put.file"))
    root = command(option("verbose", Kind.COUNT, spellings=("-v",)), argument("stock"))
    chain = (root, replace(put, name="put"))
    values = {"verbose": 2, "stock": "main", "put.name": "n", "put.file": "-f"}
    assert spell(chain, values) == ["-vv", "main", "put", "--name=n", "--", "-f"]


def test_a_dashed_positional_of_a_command_above_is_refused() -> None:
    chain = (command(argument("stock")), Command("put", syntax=ARGPARSE))
    assert refused(*chain, stock="-x") == {
        "stock": "“-x” begins with “-”: the tool would read it as an option."
    }


def test_a_list_takes_negative_numbers_and_no_other_dashes() -> None:
    root = command(option("sku", most=None))
    assert said(root, sku=["-1", "-.5"]) == ["--sku", "-1", "-.5"]
    assert set(refused(root, sku=["a", "-1e5"])) == {"sku"}
    assert set(refused(root, sku=["a", "-x y"])) == {"sku"}
    never = replace(ARGPARSE, dash_lists="never", negative_options=True)
    assert set(refused(replace(root, syntax=never), sku=["-1", "2"])) == {"sku"}
    assert said(
        replace(root, syntax=CLICK, parameters=(option("sku", least=2, most=2),)), sku=["-x", "--"]
    ) == ["--sku", "-x", "--"]


def test_a_value_that_names_a_file_of_arguments_is_joined_or_refused() -> None:
    root = command(
        option("name"), argument("file", least=0), syntax=replace(ARGPARSE, fromfile="@")
    )
    assert said(root, name="@x") == ["--name=@x"]
    assert refused(root, file="@x") == {
        "file": "“@x” begins with “@”: the tool would read a file of that name."
    }


def test_the_file_prefix_of_a_parser_above_counts_too() -> None:
    root = command(syntax=replace(ARGPARSE, fromfile="@"))
    assert set(refused(root, command(argument("put.file")), put__file="@x")) == {"put.file"}


def test_values_at_their_defaults_are_left_out() -> None:
    root = command(
        option("limit", Kind.INTEGER, default=default("500")),
        option("fast", Kind.SWITCH, negations=("--no-fast",), default=default(True)),
        option("tags", most=None, default=default(["a", "b"])),
        argument("file", least=0, default=default("x")),
    )
    assert said(root, limit="500", fast=True, tags=["a", "b"], file="x") == []
    assert said(root, limit="501", fast=False, tags=["a"], file="y") == [
        "--limit=501",
        "--no-fast",
        "--tags=a",
        "y",
    ]


def test_a_default_is_spelled_where_leaving_it_out_would_not_do() -> None:
    root = command(
        option("added", repeat=True, action="append", default=default(["a"])),
        option("needed", required=True, default=default("a")),
        option("asked", prompt="Say", default=default("a")),
        option("set", env=("SET",), default=default("a")),
        option("secret", secret=True, default=default("a")),
    )
    words = said(root, added=["a"], needed="a", set="a", secret="a")
    assert words == ["--added=a", "--needed=a", "--asked=a", "--set=a", "--secret=a"]


def test_a_default_before_another_positional_is_spelled() -> None:
    root = command(argument("a", least=0, default=default("x")), argument("b", least=0))
    assert said(root, a="x", b="y") == ["x", "y"]
    assert refused(root, b="y") == {"a": "Enter a too: the tool would take b for it."}


def test_an_optional_value_is_bare_or_joined() -> None:
    root = command(option("color", least=0, const="auto"), argument("file", least=0))
    assert said(root, color=True, file="x") == ["--color", "--", "x"]
    assert said(root, color="red", file="x") == ["--color=red", "x"]


def test_click_would_take_a_dashed_optional_value_for_an_option() -> None:
    root = command(option("color", least=0, const="auto"), syntax=CLICK)
    assert set(refused(root, color="-x")) == {"color"}


def test_each_use_of_a_repeated_option_is_spelled() -> None:
    root = command(
        option("tag", repeat=True), option("point", least=2, most=2, repeat=True, action="append")
    )
    assert said(root, tag=["a", "b"], point=[["1", "2"], ["3", "4"]]) == [
        "--tag=a",
        "--tag=b",
        "--point",
        "1",
        "2",
        "--point",
        "3",
        "4",
    ]


def test_a_count_is_spelled_short_unless_that_is_another_option() -> None:
    plain = option("v", Kind.COUNT, spellings=("-v", "--verbose"))
    assert said(command(plain), v=3) == ["-vvv"]
    assert said(command(plain, option("x", Kind.FLAG, spellings=("-vv",))), v=2) == [
        "--verbose",
        "--verbose",
    ]


def test_dates_are_spelled_in_the_first_format_that_keeps_them_whole() -> None:
    root = command(
        option("day", Kind.DATE, formats=("%d/%m/%Y",)),
        option("at", Kind.DATETIME, formats=("%Y-%m-%d", "%Y-%m-%d %H:%M")),
        option("time", Kind.TIME, formats=("%H.%M",)),
    )
    values = {"day": "2026-11-22", "at": "2026-11-22T14:30:00", "time": "14:30:00"}
    assert spell((root,), values) == ["--day=22/11/2026", "--at=2026-11-22 14:30", "--time=14.30"]
    assert set(refused(root, at="2026-11-22T14:30:01")) == {"at"}


def test_day_that_a_format_cannot_say_is_answered_with_one_that_it_can() -> None:
    root = command(option("day", Kind.DATE, formats=("%d.%m.%y",)))
    said = "Enter a date, like 22.11.26. You entered “1950-03-01”."
    assert refused(root, day="1950-03-01") == {"day": said}


def test_a_default_date_in_the_format_of_the_tool_is_left_out() -> None:
    day = option("day", Kind.DATE, formats=("%d/%m/%Y",), default=default("22/11/2026"))
    assert said(command(day), day="2026-11-22") == []


def test_files_are_spelled_with_their_folder(tmp_path: Path) -> None:
    root = command(option("out", Kind.FILE_OUT), argument("file", Kind.FILE_IN, most=None))
    words = spell((root,), {"out": "o.txt", "file": ["a", "-"]}, tmp_path)
    assert words == [f"--out={tmp_path / 'o.txt'}", "--", str(tmp_path / "a"), "-"]


def test_a_text_that_no_program_can_be_given_is_refused() -> None:
    root = command(option("name"))
    assert set(refused(root, name="a\0b")) == {"name"}
    assert set(refused(root, name="\ud800")) == {"name"}
    assert refused(root, name="é" * 70_000) == {
        "name": "This is 140,000 bytes long. A program takes 131,000 at most."
    }


def test_all_refusals_are_told_at_once() -> None:
    root = command(option("name"), option("sku", most=None), argument("file"))
    assert set(refused(root, name="\0", sku=["-x", "y"], file="--")) == {"name", "sku"}


def test_a_value_of_no_parameter_is_refused() -> None:
    assert set(refused(command(option("name")), other="x")) == {"other"}


def test_an_option_that_a_parser_above_takes_for_two_others_is_refused() -> None:
    root = command(option("verbose"), option("verbatim"))
    put = command(option("put.verb", spellings=("--verb",)), option("put.v", spellings=("-v",)))
    assert set(refused(root, put, put__verb="x")) == {"put.verb"}
    assert spell((root, put), {"put.v": "x"}) == ["tool", "-vx"]


def test_a_short_count_that_a_parser_above_takes_for_two_others_is_spelled_otherwise() -> None:
    root = command(option("x", spellings=("-ab",)), option("y", spellings=("-abc",)))
    put = command(option("put.a", Kind.COUNT, spellings=("-a", "-n")))
    assert spell((root, put), {"put.a": 1}) == ["tool", "-n"]


def test_secrets_are_masked_in_words_for_people() -> None:
    root = command(option("password", secret=True), argument("token", secret=True))
    values = {"password": "it's", "token": "-t"}
    assert spell((root,), values) == ["--password=it's", "--", "-t"]
    assert spell((root,), masked((root,), values)) == [f"--password={MASK}", MASK]


def test_a_refused_secret_is_not_repeated() -> None:
    root = command(option("keys", secret=True, most=None))
    assert refused(root, keys=["-hunter2", "x"]) == {
        "keys": "Enter keys again: it cannot be taken as it is."
    }


def test_words_are_shown_as_a_shell_wants_them() -> None:
    words = ["tool", "--name=it's", "a b", "", "x", f"--password={MASK}", "*"]
    assert shown(words) == f"tool '--name=it'\"'\"'s' 'a b' '' x --password={MASK} '*'"


# -- what is passed on undeclared


def test_undeclared_options_stand_before_the_separator() -> None:
    root = command(argument("file"), option("name"), open_options=True)
    assert said(root, __rest=["--x=1", "-y"], file="-f") == ["--x=1", "-y", "--", "-f"]
    assert said(root, __rest=["--x", "1"], file="f") == ["f", "--x", "1"]


def test_undeclared_words_cannot_set_a_declared_option() -> None:
    root = command(option("name"), open_options=True)
    with pytest.raises(ValuesRefused) as refusal:
        spell((root,), {":rest": ["--nam=x"]})
    assert refusal.value.fields == {
        ":rest": "“--nam=x” cannot be passed on: the tool knows it. Use its field in this form."
    }


def test_undeclared_words_do_not_fill_a_blank_positional() -> None:
    root = command(argument("file", least=0), open_options=True)
    with pytest.raises(ValuesRefused):
        spell((root,), {":rest": ["x"]})


@pytest.mark.parametrize("words", [["--x=1", "-y"], ["--x", "1"], ["a", "b"], ["--", "-n"]])
def test_click_gets_undeclared_words_as_they_are(words: list[str]) -> None:
    seen: list[Any] = []

    @click.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    @click.argument("file")
    @click.option("-n")
    @click.pass_context
    def tool(context: click.Context, file: str, n: str) -> None:
        seen.extend([file, n, context.args])

    root = click_.describe(tool)
    tool.main(spell((root,), {"file": "f", ":rest": words}), standalone_mode=False)
    assert seen == ["f", None, words]


def test_a_parser_without_a_separator_refuses_what_would_need_one() -> None:
    root = command(argument("file"), syntax=Syntax(separator=""))
    assert said(root, file="x") == ["x"]
    assert set(refused(root, file="-x")) == {"file"}


def test_a_flag_is_spelled_by_its_first_long_name() -> None:
    flag = option("all", Kind.FLAG, spellings=("-a", "--all", "--everything"))
    assert said(command(flag), all=True) == ["--all"]
    assert said(command(flag), all=False) == []


def test_a_switch_without_an_off_spelling_cannot_be_turned_off() -> None:
    assert set(refused(command(option("on", Kind.SWITCH)), on=False)) == {"on"}


def test_a_choice_is_spelled_as_it_is() -> None:
    parameter = Parameter("c", spellings=("--c",), choices=choices("-a", "b"), default=Default())
    assert said(command(parameter), c="-a") == ["--c=-a"]
