"""The same tool says the same of itself, whichever version of its framework is installed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.probed import ROOT, probed
from tests.frameworks import framework
from webify.model.command import Command, Default, Kind, Parameter
from webify.model.plain import from_plain

TOOLS = ROOT / "tests" / "adapters" / "tools"
CLICK = ("click==8.1.8",)
TYPER_ON_CLICK = ("typer==0.12.5", "click==8.1.8")
TYPER_ALONE = ("typer==0.29.2",)

KINDS = """
import datetime
import enum
import pathlib
import typing
import uuid

import typer


class Size(str, enum.Enum):
    SMALL = "s"
    LARGE = "l"


def tool(
    source: pathlib.Path,
    rest: typing.Optional[typing.List[int]] = typer.Argument(None),
    count: int = typer.Option(3, min=1, max=9, clamp=True),
    share: float = 0.5,
    size: Size = Size.LARGE,
    sizes: typing.List[Size] = typer.Option([Size.SMALL], case_sensitive=False),
    day: datetime.datetime = typer.Option(None, formats=["%d.%m.%Y"]),
    mark: typing.Optional[uuid.UUID] = None,
    folder: pathlib.Path = typer.Option(None, file_okay=False, exists=True),
    out: typer.FileTextWrite = typer.Option(None),
    pair: typing.Tuple[str, int] = ("a", 1),
    own: str = typer.Option("", parser=lambda text: text.strip()),
    fast: bool = True,
    yes: bool = typer.Option(False, prompt="Sure?"),
    secret: str = typer.Option("", hide_input=True, rich_help_panel="Keys"),
):
    pass


typer.run(tool)
"""


def described(tool: Path, folder: Path, *requirements: str) -> dict[str, Any]:
    """Return what the probe says of a tool that runs with these packages."""
    env = {"PYTHONPATH": str(framework(*requirements))} if requirements else {}
    return probed(tool, folder, env=env)


def command(found: dict[str, Any]) -> Command:
    assert found.get("command"), found
    return from_plain(Command, found["command"])


def parameters(found: dict[str, Any]) -> list[tuple[tuple[str, ...], Parameter]]:
    return [(path, one) for path, each in command(found).walk() for one in each.parameters]


@pytest.mark.parametrize("name", ["click_groups", "click_flags"])
def test_a_tool_of_click_is_the_same_with_click_8_1(name: str, tmp_path: Path) -> None:
    old = described(TOOLS / f"{name}.py", tmp_path, *CLICK)
    golden = json.loads((ROOT / "tests" / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    assert old["framework"] == "click"
    assert [_stable(each) for each in parameters(old)] == [
        _stable(each) for each in parameters(golden)
    ]


def _stable(each: tuple[tuple[str, ...], Parameter]) -> tuple[tuple[str, ...], Parameter]:
    """Leave out the one thing that differs: 8.1 turned a flag off that was on by default."""
    path, one = each
    return path, replace(one, default=Default()) if one.name == "on" else one


@pytest.mark.parametrize("requirements", [(), CLICK])
def test_click_reads_arguments_back_in_either_version(
    requirements: tuple[str, ...], tmp_path: Path
) -> None:
    env = {"PYTHONPATH": str(framework(*requirements))} if requirements else {}
    argvs = [
        ["--debug", "users", "new", "bob"],
        ["steps", "cut", "--size=3", "cut", "--size=4"],
        ["steps", "cut", "--size=x"],
        ["wrap", "-x", "foo"],
    ]
    found = probed(TOOLS / "click_groups.py", tmp_path, env=env, read=argvs)
    named, chained, refused, passed_on = found["heard"]
    assert named["values"]["debug"] is True
    assert named["values"]["users.new.name"] == "bob"
    assert chained["values"]["steps.cut.size"] == 4
    assert refused["about"] == "steps.cut.size"
    assert "not a valid integer" in refused["refused"]
    assert passed_on["values"][":rest"] == ["-x", "foo"]


@pytest.mark.parametrize("requirements", [TYPER_ON_CLICK, TYPER_ALONE])
def test_typer_reads_arguments_back_on_click_and_alone(
    requirements: tuple[str, ...], tmp_path: Path
) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text(KINDS, encoding="utf-8")
    env = {"PYTHONPATH": str(framework(*requirements))}
    given = [
        "a.txt",
        "4",
        "--yes",
        "--size=s",
        "--day=24.12.2026",
        "--out=new.txt",
        "--pair",
        "b",
        "2",
    ]
    found = probed(tool, tmp_path, env=env, read=[given, ["a.txt", "--yes", "--share=x"]])
    values, refused = found["heard"]
    assert values["values"]["rest"] == [4]
    assert values["values"]["size"] == "s"
    assert values["values"]["day"] == "2026-12-24"
    assert values["values"]["pair"] == ["b", 2]
    assert values["values"]["out"] == "new.txt"
    assert not (tmp_path / "work" / "new.txt").exists()
    assert refused["about"] == "share"


@pytest.mark.parametrize("requirements", [TYPER_ON_CLICK, TYPER_ALONE])
def test_commands_of_typer_are_the_same_on_click_and_alone(
    requirements: tuple[str, ...], tmp_path: Path
) -> None:
    found = described(TOOLS / "typer_groups.py", tmp_path, *requirements)
    golden = json.loads((ROOT / "tests" / "golden" / "typer_groups.json").read_text("utf-8"))
    assert found["framework"] == "typer"
    assert parameters(found) == parameters(golden)


def test_kinds_of_typer_are_the_same_on_click_and_alone(tmp_path: Path) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text(KINDS, encoding="utf-8")
    on_click, alone = (
        command(described(tool, tmp_path, *each)) for each in (TYPER_ON_CLICK, TYPER_ALONE)
    )
    assert alone.parameters == on_click.parameters
    kinds = {each.name: each.kind for each in alone.parameters}
    assert kinds["count"] is Kind.INTEGER
    assert kinds["share"] is Kind.NUMBER
    assert kinds["day"] is Kind.DATE
    assert kinds["folder"] is Kind.DIRECTORY
    assert kinds["out"] is Kind.FILE_OUT


def test_rich_click_is_known_by_its_name_and_not_as_click(tmp_path: Path) -> None:
    assert described(TOOLS / "rich_click_groups.py", tmp_path)["framework"] == "rich-click"
    assert described(TOOLS / "click_groups.py", tmp_path)["framework"] == "click"
