"""What webify.toml changes of a tool's commands and fields."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from webify.faces.effects import effect
from webify.faces.fields import Field
from webify.faces.form import build
from webify.model.block import OUTPUTS
from webify.model.command import (
    DESTROYS,
    READS,
    WIDGETS,
    WRITES,
    Choice,
    Command,
    Group,
    Kind,
    Parameter,
    Tool,
)
from webify.readers.shapes import load_readers
from webify.tool_settings import CommandSettings, ParameterSettings, ToolSettings
from webify.tools.amending import EFFECT, amended

PUT = Command(
    "put",
    parameters=(
        Parameter("put.code", metavar="CODE", required=True),
        Parameter("put.count", ("--count",), kind=Kind.INTEGER, group="more"),
        Parameter("put.mode", ("--mode",), choices=(Choice("a"), Choice("b"))),
        Parameter("put.tags", ("--tags",), choices=(Choice("x"),), most=None),
        Parameter("put.force", ("--force",), kind=Kind.FLAG, least=0, most=0),
    ),
    groups=(Group("more", "More"),),
)
ROOT = Command("stock", commands=(PUT, Command("drop")), needs_command=True)


def fields(settings: ToolSettings) -> list[Field]:
    command, warnings = amended(ROOT, settings)
    assert warnings == []
    return list(build(Tool("stock", "Stock", "stock.py", command=command), ("put",)).fields)


def said(**by_name: ParameterSettings) -> ToolSettings:
    return ToolSettings(parameters={f"put.{name}": each for name, each in by_name.items()})


def test_field_gets_help_example_and_whether_it_must_be_answered() -> None:
    settings = ParameterSettings(help="How many.", example="12", required=True)
    found = {each.address: each for each in fields(said(count=settings))}
    assert found["put.count"].hint == "How many. Like 12."
    assert not found["put.count"].optional


def test_smaller_order_stands_first_and_the_command_line_stays() -> None:
    settings = said(force=ParameterSettings(order=-1), code=ParameterSettings(order=9))
    addresses = [each.address for each in fields(settings)]
    assert (addresses[0], addresses[-2:]) == ("put.force", ["put.code", "put.count"])
    command, _ = amended(ROOT, settings)
    assert [each.address for each in command.commands[0].parameters] == [
        each.address for each in PUT.parameters
    ]


def test_group_is_a_new_heading_or_one_of_the_tool() -> None:
    settings = said(mode=ParameterSettings(group="How"), code=ParameterSettings(group="More"))
    command, _ = amended(ROOT, settings)
    form = build(Tool("stock", "Stock", "stock.py", command=command), ("put",))
    headings = {
        each.title: {one.address.partition(".")[2] for one in each.fields} for each in form.sections
    }
    assert headings["How"] == {"mode"}
    assert headings["More"] == {"code", "count"}


@pytest.mark.parametrize(
    ("name", "widget"),
    [("mode", "select"), ("count", "stepper"), ("code", "textarea"), ("tags", "list")],
)
def test_widget_that_fits_is_taken(name: str, widget: str) -> None:
    found = fields(said(**{name: ParameterSettings(widget=widget)}))
    assert next(each for each in found if each.address == f"put.{name}").widget == widget


def test_password_widget_makes_it_a_secret() -> None:
    found = fields(said(code=ParameterSettings(widget="password")))
    assert next(each for each in found if each.address == "put.code").secret


def test_each_widget_that_a_site_may_choose_fits_something() -> None:
    made = {each.widget for each in fields(ToolSettings())}
    assert made <= {*WIDGETS, "check"}


def test_widget_that_does_not_fit_is_told_and_left() -> None:
    command, warnings = amended(ROOT, said(force=ParameterSettings(widget="select")))
    assert warnings == ["webify.toml asks “put.force” with “select”, which does not fit it."]
    assert build(Tool("s", "S", "s.py", command=command), ("put",)).fields


def test_command_gets_title_help_and_what_it_destroys() -> None:
    settings = ToolSettings(
        commands={
            "drop": CommandSettings(title="Forget", help="All of it.", destructive="It is gone."),
            "put": CommandSettings(hidden=True, output="csv"),
        }
    )
    command, _ = amended(ROOT, settings)
    put, drop = command.commands
    assert (drop.title, drop.help, drop.destructive) == ("Forget", "All of it.", "It is gone.")
    assert (put.hidden, put.output) == (True, "csv")


def test_whole_tool_can_be_destructive() -> None:
    assert amended(ROOT, ToolSettings(destructive=True))[0].destructive == EFFECT


@pytest.mark.parametrize(
    ("drop", "told"),
    [
        ({}, WRITES),
        ({"effect": READS}, READS),
        ({"effect": DESTROYS}, DESTROYS),
        ({"destructive": "It is gone."}, DESTROYS),
        ({"destructive": False}, WRITES),
    ],
)
def test_effect_of_a_tool_holds_for_its_commands_unless_one_says_otherwise(
    drop: dict[str, Any], told: str
) -> None:
    settings = ToolSettings(effect=WRITES, commands={"drop": CommandSettings(**drop)})
    command, _ = amended(ROOT, settings)
    assert [effect((command, each)) for each in command.commands] == [WRITES, told]


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ({}, DESTROYS),
        ({"effect": READS}, READS),
        ({"effect": WRITES}, WRITES),
        ({"effect": DESTROYS}, DESTROYS),
        ({"effect": WRITES, "destructive": "All of it goes."}, DESTROYS),
    ],
)
def test_what_a_site_says_of_a_command_holds_over_what_its_tool_calls_destructive(
    site: dict[str, Any], told: str
) -> None:
    tool = replace(ROOT, commands=(Command("drop", destructive="It is gone."),))
    whole = ToolSettings(effect=WRITES, commands={"drop": CommandSettings(**site)})
    command, _ = amended(tool, whole)
    assert effect((command, command.commands[0])) == told


def test_effect_that_a_tool_tells_of_its_own_command_holds_over_that_of_the_site() -> None:
    tool = replace(ROOT, effect=DESTROYS, commands=(PUT, Command("list", effect=READS)))
    command, _ = amended(tool, ToolSettings(effect=WRITES))
    assert [effect((command, each)) for each in command.commands] == [WRITES, READS]
    assert effect((amended(tool, ToolSettings())[0], PUT)) == ""


def test_address_that_the_tool_does_not_have_is_told() -> None:
    settings = ToolSettings(
        parameters={"put.cod": ParameterSettings(label="x")},
        commands={"dorp": CommandSettings(title="x")},
    )
    assert amended(ROOT, settings)[1] == [
        "webify.toml amends “put.cod”, which this tool does not have. Did you mean “put.code”?",
        (
            "webify.toml amends “dorp”, which this tool does not have as a command. "
            "Did you mean “drop”?"
        ),
    ]


def test_each_way_to_read_an_output_names_readers() -> None:
    for output, wanted in OUTPUTS.items():
        assert {each.NAME for each in load_readers(wanted)} == set(wanted), output
