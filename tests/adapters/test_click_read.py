"""What click makes of arguments, heard without a command of the tool being called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from webify.adapters import click_
from webify.adapters.hearing import Refused


def never(**_: Any) -> None:
    raise AssertionError("a command was called")


def tool(*parameters: click.Parameter, **more: Any) -> click.Command:
    return click.Command(
        "tool", params=list(parameters), callback=never, add_help_option=False, **more
    )


def test_no_command_is_called_down_a_chain_of_groups() -> None:
    inner = click.Group("inner", callback=never, params=[click.Option(["--deep"], type=int)])
    root = click.Group("tool", callback=never, commands={"inner": inner, "other": inner})
    inner.add_command(tool(click.Argument(["word"])))
    found = click_.read(root, ["other", "--deep", "3", "tool", "--", "-x"])
    assert found["inner.deep"] == 3
    assert found["inner.tool.word"] == "-x"


def test_each_command_of_a_chain_is_read() -> None:
    root = click.Group("tool", chain=True, callback=never)
    root.add_command(click.Command("cut", params=[click.Option(["--size"], type=int)]))
    root.add_command(click.Command("fold", params=[click.Argument(["word"])]))
    found = click_.read(root, ["cut", "--size=2", "fold", "x"])
    assert (found["cut.size"], found["fold.word"]) == (2, "x")


@pytest.mark.parametrize(
    ("words", "about", "said"),
    [
        (["--number=x", "a"], "number", "valid integer"),
        (["--nope"], "--nope", "No such option"),
        ([], "word", "Missing argument"),
        (["a", "b"], "", "unexpected extra argument"),
        (["--size=z", "a"], "size", "is not one of"),
    ],
)
def test_a_refusal_is_in_the_parsers_words_and_names_what_it_is_about(
    words: list[str], about: str, said: str
) -> None:
    made = tool(
        click.Option(["--number"], type=int),
        click.Option(["--size"], type=click.Choice(["s", "m"])),
        click.Argument(["word"]),
    )
    with pytest.raises(Refused, match=said) as refused:
        click_.read(made, words)
    assert refused.value.about == about


def test_a_command_that_is_missing_or_unknown_is_refused() -> None:
    root = click.Group("tool", commands={"run": tool()}, no_args_is_help=False)
    with pytest.raises(Refused, match="Missing command"):
        click_.read(root, [])
    with pytest.raises(Refused, match="No such command"):
        click_.read(root, ["walk"])
    with pytest.raises(Refused, match="only shows its help"):
        click_.read(click.Group("tool", commands={"run": tool()}), [])


def test_a_file_that_would_be_written_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("whole", encoding="utf-8")
    made = tool(
        click.Option(["--out"], type=click.File("w", lazy=False)),
        click.Option(["--add"], type=click.File("a")),
        click.Option(["--pair"], type=(str, click.File("w", lazy=False))),
    )
    words = [f"--out={kept}", f"--add={tmp_path / 'new'}", "--pair", "a", str(tmp_path / "b")]
    found = click_.read(made, words)
    assert found["out"] == str(kept)
    assert kept.read_text(encoding="utf-8") == "whole"
    assert list(tmp_path.iterdir()) == [kept]


def test_what_would_act_or_ask_does_neither(capsys: pytest.CaptureFixture[str]) -> None:
    def act(context: Any, parameter: Any, value: Any) -> None:
        raise AssertionError("an option did its work")

    made = tool(
        click.Option(["--now"], is_flag=True, is_eager=True, callback=act),
        click.Option(["--later"], is_flag=True, expose_value=False, callback=act),
        click.Option(["--when"], default=never),
    )
    assert click_.read(made, ["--now"]) == {"now": True, "later": False, "when": None}
    asked = tool(click.Option(["--name"], prompt=True))
    with pytest.raises(Refused, match="would ask"):
        click_.read(asked, [])


def test_the_tools_own_check_of_a_value_is_heard() -> None:
    def check(context: Any, parameter: Any, value: Any) -> Any:
        if value and value % 2:
            raise click.BadParameter("must be even", param=parameter)
        return value and value // 2

    made = tool(click.Option(["--number"], type=int, callback=check))
    assert click_.read(made, ["--number=4"]) == {"number": 4}
    with pytest.raises(Refused, match="must be even") as refused:
        click_.read(made, ["--number=3"])
    assert refused.value.about == "number"


def test_flags_that_write_into_one_place_are_told_apart() -> None:
    made = tool(
        click.Option(["--up", "mode"], flag_value="up"),
        click.Option(["--down", "mode"], flag_value="down"),
    )
    assert click_.read(made, ["--down"]) == {"down": True}


def test_a_flag_that_says_no_is_heard_as_given() -> None:
    made = tool(
        click.Option(["--reload", "again"], flag_value=True, default=True),
        click.Option(["--no-reload", "again"], flag_value=False),
    )
    assert click_.read(made, ["--no-reload"]) == {"no_reload": True}


def test_words_that_are_not_declared_are_heard_as_the_rest() -> None:
    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    made = tool(click.Option(["--known"], is_flag=True), context_settings=settings)
    found = click_.read(made, ["--known", "--other", "x"])
    assert found == {"known": True, ":rest": ["--other", "x"]}
