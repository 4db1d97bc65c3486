"""A secret is an argument only where its tool takes it in no other way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from unittest.mock import patch

import click
import configargparse
import cyclopts
import jsonargparse
import pytest
from hypothesis import assume, given
from plumbum import cli, local

from tests.faces.commands import argument, command, option
from tests.faces.tricky import HUNT, texts
from webify.adapters import click_, configargparse_, cyclopts_, jsonargparse_, plumbum_
from webify.errors import ValuesRefused
from webify.faces.argv import command_line, shown, spell
from webify.faces.handing import handed, way
from webify.model.command import Command, Constraint, Parameter, Values


def secret(name: str = "password", **more: Any) -> Parameter:
    return option(name, secret=True, **more)


def given_to(root: Command, values: Values) -> tuple[list[str], dict[str, str], str]:
    """Return the arguments, the environment and the standard input of a call."""
    apart = handed((root,), values)
    return spell((root,), values, None, apart), dict(apart.env), apart.stdin


@contextmanager
def environment(env: dict[str, str]) -> Iterator[None]:
    with patch.dict(os.environ, env), local.env(**env):  # plumbum keeps a copy of its own
        yield


def of_click() -> tuple[Command, Callable[[list[str]], Any]]:
    @click.command()
    @click.option("--password", envvar="T_PASSWORD", prompt=True, hide_input=True)
    @click.option("--other")
    def tool(**values: str) -> dict[str, str]:
        return values

    return click_.describe(tool), lambda words: tool(words, standalone_mode=False)


def of_configargparse() -> tuple[Command, Callable[[list[str]], Any]]:
    parser = configargparse.ArgumentParser()
    parser.add_argument("--password", env_var="T_PASSWORD", required=True)
    parser.add_argument("--other")
    return configargparse_.describe(parser), lambda words: vars(parser.parse_args(words))


def of_jsonargparse() -> tuple[Command, Callable[[list[str]], Any]]:
    parser = jsonargparse.ArgumentParser(default_env=True, env_prefix="T", exit_on_error=False)
    parser.add_argument("--password", type=str, required=True)
    parser.add_argument("--other", type=str)
    return jsonargparse_.describe(parser), lambda words: parser.parse_args(words).as_dict()


def of_cyclopts() -> tuple[Command, Callable[[list[str]], Any]]:
    app = cyclopts.App(result_action="return_value")

    @app.default
    def tool(
        *, password: Annotated[str, cyclopts.Parameter(env_var="T_PASSWORD")], other: str = ""
    ) -> dict[str, str]:
        return {"password": password, "other": other}

    return cyclopts_.describe(app), lambda words: app(words, exit_on_error=False)


def of_plumbum() -> tuple[Command, Callable[[list[str]], Any]]:
    class Tool(cli.Application):
        password = cli.SwitchAttr("--password", str, envname="T_PASSWORD", mandatory=True)
        other = cli.SwitchAttr("--other", str)

        def main(self) -> None:
            heard.update(password=self.password, other=self.other)

    heard: dict[str, Any] = {}

    def read(words: list[str]) -> dict[str, Any]:
        _, code = Tool.run(["tool", *words], exit=False)
        assert code == 0
        return heard

    return plumbum_.describe(Tool("tool")), read


FRAMEWORKS = [of_click, of_configargparse, of_jsonargparse, of_cyclopts, of_plumbum]


@pytest.mark.parametrize("framework", FRAMEWORKS)
@HUNT
@given(texts, texts)
def test_what_a_framework_reads_from_its_variable_is_the_value(
    framework: Callable[[], Any], value: str, other: str
) -> None:
    root, read = framework()
    assume(value)
    try:
        words, env, _ = given_to(root, {"password": value, "other": other})
    except ValuesRefused:
        return
    assert env in ({}, {"T_PASSWORD": value})
    with environment(env):
        assert read(words)["password"] == value


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_variable_of_the_framework_is_used_without_any_setting(
    framework: Callable[[], Any],
) -> None:
    words, env, _ = given_to(framework()[0], {"password": "hunter22"})
    assert env == {"T_PASSWORD": "hunter22"}
    assert "hunter22" not in " ".join(words)


def test_what_only_a_help_text_says_of_a_variable_is_left_to_the_site() -> None:
    root = command(secret(env=("KEY",), sources={"env": "help text"}))
    assert given_to(root, {"password": "x"}) == (["--password=x"], {}, "")


@pytest.mark.parametrize(
    "parameter",
    [
        argument("password", secret=True, env=("KEY",)),
        secret(env=("KEY",), repeat=True),
        secret(env=("KEY",), least=2, most=2),
        option("password", env=("KEY",)),
        secret(env=("KEY",), sent_by="argument"),
        secret(),
    ],
)
def test_others_are_arguments(parameter: Parameter) -> None:
    assert way(parameter) == "argument"


def test_a_variable_does_not_answer_to_a_rule_that_counts_arguments() -> None:
    rule = Constraint("exclusive", ("password", "file"), required=True)
    root = command(secret(env=("KEY",)), option("file"), constraints=(rule,))
    assert way(root.parameters[0], (root,)) == "argument"


def test_the_site_says_how_a_secret_is_sent() -> None:
    root = command(
        secret("one", sent_by="env:ONE"),
        secret("two", sent_by="stdin"),
        secret("three", sent_by="stdin:--three-stdin -v"),
        argument("four", secret=True, required=True, sent_by="stdin"),
        option("plain"),
    )
    values = {"one": "1st", "two": "2nd", "three": "-3rd", "four": "4th", "plain": "x"}
    words = ["--three-stdin", "-v", "--plain=x"]
    assert given_to(root, values) == (words, {"ONE": "1st"}, "2nd\n-3rd\n4th\n")


def test_words_instead_of_a_secret_stand_at_its_own_command() -> None:
    below = Command("put", parameters=(secret("put.key", sent_by="stdin:--key=-"),))
    root = command(option("v"), commands=(below,))
    values = {"v": "1", "put.key": "hunter22"}
    words = spell((root, below), values, None, handed((root, below), values))
    assert words == ["--v=1", "put", "--key=-"]


def test_a_secret_that_is_not_given_leaves_everything_as_it_is() -> None:
    root = command(secret(sent_by="stdin:--password-stdin"))
    assert given_to(root, {}) == ([], {}, "")


@pytest.mark.parametrize("value", ["a\0b", "a\nb", "\ud800"])
def test_what_cannot_be_sent_is_refused_without_a_word_of_it(value: str) -> None:
    with pytest.raises(ValuesRefused) as refused:
        given_to(command(secret(sent_by="stdin")), {"password": value})
    sentence = "Enter password again: it cannot be taken as it is."
    assert refused.value.fields == {"password": sentence}


def test_lines_of_a_key_go_by_the_environment() -> None:
    key = "-----BEGIN-----\nabc\n"
    assert given_to(command(secret(sent_by="env:KEY")), {"password": key})[1] == {"KEY": key}


def test_the_command_for_people_is_what_a_shell_takes() -> None:
    root = command(secret("one", sent_by="env:ONE"), secret("two", sent_by="stdin"), option("a"))
    values = {"one": "hunter22", "two": "hunter33", "a": "b c"}
    line = shown(command_line("stock", (root,), values))
    assert line == "ONE=•••••• stock '--a=b c' <<< ••••••"
    both = command(secret("one", sent_by="stdin"), secret("two", sent_by="stdin"))
    line = shown(command_line("stock", (both,), {"one": "hunter22", "two": "hunter33"}))
    assert line == "stock <<< $'••••••\\n••••••'"
