"""A command becomes a form: a widget for each parameter, in sections, filled, with its faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.faces.commands import PAIR, argument, choices, command, default, of_kind, option, tool
from webify.errors import CommandUnknown
from webify.faces.fields import Field, Form
from webify.faces.form import build
from webify.faces.values import form_values
from webify.model.command import Bounds, Command, Constraint, Group, Kind, Parameter

WIDGETS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.FLAG: "check",
    Kind.SWITCH: "switch",
    Kind.COUNT: "stepper",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.TIME: "time",
    Kind.UUID: "text",
    Kind.FILE_IN: "file",
    Kind.FILE_OUT: "save",
    Kind.DIRECTORY: "text",
    Kind.PATH: "text",
}


def form(*parameters: Parameter, raw: Any = None, faults: Any = None, **more: Any) -> Form:
    return build(tool(command(*parameters, **more)), (), raw, faults)


def only(parameter: Parameter, raw: Any = None, fault: str = "") -> Field:
    made = form(parameter, raw=raw, faults={parameter.address: fault} if fault else None)
    return made.fields[0]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_widget(kind: Kind) -> None:
    assert only(of_kind(kind)).widget == WIDGETS[kind]


@pytest.mark.parametrize(
    ("parameter", "widget"),
    [
        (option("c", choices=choices(*"abcde")), "radios"),
        (option("c", choices=choices(*"abcdef")), "select"),
        (option("c", choices=choices(*"ab"), most=None), "checks"),
        (option("c", choices=choices(*"ab"), repeat=True), "checks"),
        (option("c", most=None), "list"),
        (option("c", repeat=True), "list"),
        (option("c", least=2, most=2), "boxes"),
        (option("c", least=2, most=2, repeat=True), "rows"),
        (option("c", most=None, repeat=True), "uses"),
        (option("c", least=0), "optional"),
        (option("c", secret=True), "password"),
        (option("c", metavar="TEXT"), "textarea"),
        (option("c", default=default("a\nb")), "textarea"),
        (option("c", Kind.FILE_IN, most=None), "files"),
        (option("c", Kind.FLAG, default=default(True)), "shown"),
        (argument("c", least=0), "text"),
        (argument("c", most=None, rest=True), "list"),
    ],
)
def test_each_feature_of_a_parser_has_its_widget(parameter: Parameter, widget: str) -> None:
    assert only(parameter).widget == widget


def test_an_optional_choice_without_default_may_stay_unset() -> None:
    made = only(option("site", choices=choices("a", "b")))
    assert [(each.value, each.label, each.checked) for each in made.options] == [
        ("", "Not set", True),
        ("a", "a", False),
        ("b", "b", False),
    ]


def test_a_choice_with_default_has_it_checked() -> None:
    made = only(option("site", choices=choices("a", "b"), default=default("b")))
    assert [(each.value, each.checked) for each in made.options] == [("a", False), ("b", True)]


def test_a_default_that_is_no_choice_is_named() -> None:
    made = only(option("site", choices=choices("a", "b"), default=default("all")))
    assert made.options[0].label == "Default (all)"
    assert made.options[0].checked


def test_more_than_twelve_checks_have_a_search_box() -> None:
    assert not only(option("c", choices=choices(*"abcdefghijkl"), repeat=True)).search
    assert only(option("c", choices=choices(*"abcdefghijklm"), repeat=True)).search


def test_a_switch_names_its_default() -> None:
    made = only(option("fast", Kind.SWITCH, negations=("--no-fast",), default=default(False)))
    labels = [(each.value, each.label, each.checked) for each in made.options]
    assert labels == [("", "Default (no)", True), ("yes", "Yes", False), ("no", "No", False)]
    unset = only(option("fast", Kind.SWITCH, negations=("--no-fast",)))
    assert unset.options[0].label == "Not set"


def test_a_number_box_knows_its_range() -> None:
    made = only(option("rows", Kind.INTEGER, bounds=Bounds(1, 5000), help="most rows to show"))
    assert (made.least, made.most, made.inputmode) == ("1", "5000", "numeric")
    assert made.hint == "Most rows to show. A whole number from 1 to 5,000."


def test_a_box_for_numbers_that_may_be_negative_asks_for_no_keypad() -> None:
    assert only(option("rows", Kind.INTEGER)).inputmode == ""
    assert only(option("part", Kind.NUMBER, bounds=Bounds(0))).inputmode == "decimal"


def test_an_answer_that_is_no_number_or_date_stays_in_view() -> None:
    made = only(option("rows", Kind.INTEGER), {"rows": ["abc"]}, "Enter a number.")
    assert (made.widget, made.value, made.fault) == ("number", "abc", "Enter a number.")
    made = only(option("since", Kind.DATE), {"since": ["soon"]}, "Enter a date.")
    assert (made.widget, made.value, made.fault) == ("text", "soon", "Enter a date.")


def test_a_default_stands_in_its_box_and_a_blank_stays_blank() -> None:
    limit = option("limit", Kind.INTEGER, default=default("500"))
    assert only(limit).value == "500"
    assert only(limit, {}).value == "500"
    assert only(limit, {"limit": [""]}).value == ""


def test_a_default_date_stands_as_the_browser_wants_it() -> None:
    day = option("day", Kind.DATE, formats=("%d/%m/%Y",), default=default("22/11/2026"))
    assert only(day).value == "2026-11-22"


def test_a_default_that_is_added_to_is_shown_as_fixed() -> None:
    made = only(option("tag", repeat=True, action="append", default=default(["a"])))
    assert (made.values, made.fixed) == ((), ("a",))
    replaced = only(option("tag", repeat=True, action="multiple", default=default(["a"])))
    assert (replaced.values, replaced.fixed) == (("a",), ())


def test_a_flag_that_is_on_for_good_is_told_and_not_offered() -> None:
    made = only(option("fast", Kind.FLAG, default=default(True)))
    assert (made.name, made.note) == ("", "Always on: the tool has no way to turn it off.")


def test_an_optional_value_is_a_check_box_that_reveals_a_box() -> None:
    made = only(option("color", least=0, const="auto"), {"color:on": ["1"], "color": ["red"]})
    assert (made.name, made.on) == ("color:on", True)
    assert (made.parts[0].name, made.parts[0].value) == ("color", "red")
    assert made.parts[0].id != made.id


def test_boxes_of_a_row_have_heads_and_kinds() -> None:
    made = only(option("size", least=2, most=2, items=PAIR), {"size": ["3", "mm"]})
    assert made.labels == ("Width", "Unit")
    assert [each.widget for each in made.parts] == ["number", "select"]
    assert made.values == ("3", "mm")


def test_a_file_to_write_is_a_check_box_or_told() -> None:
    assert only(option("report", Kind.FILE_OUT)).label == "Save report as a file"
    assert only(option("report", Kind.FILE_OUT)).name == "report:on"
    assert only(argument("report", Kind.FILE_OUT, required=True)).name == ""


def test_a_file_says_how_large_it_may_be_and_makes_the_form_multipart() -> None:
    made = form(option("prices", Kind.FILE_IN))
    assert made.multipart
    assert made.fields[0].hint == "A file of up to 20 MB."
    assert not form(option("name")).multipart


def test_optional_answers_are_marked_and_others_are_not() -> None:
    assert only(option("name")).optional
    assert not only(option("name", required=True)).optional
    assert not only(option("name", default=default("a"))).optional
    assert not only(option("name", prompt="Name")).optional


def test_hidden_parameters_are_not_shown_and_deprecated_ones_are_told() -> None:
    made = form(option("a", hidden=True), option("b", deprecated="Use --c"))
    assert [(each.address, each.deprecated) for each in made.fields] == [("b", "Use --c")]


def test_ids_are_safe_and_differ() -> None:
    made = form(*(option(each) for each in ("a.b", "a-b", "a_b", "a:b", "é", "a b")))
    ids = [each.id for each in made.fields]
    assert len(set(ids)) == len(ids)
    assert all(each.isascii() and " " not in each and ":" not in each for each in ids)


def test_required_answers_come_first_inside_each_group() -> None:
    made = form(
        option("a"),
        option("b", required=True),
        option("c", group="G"),
        option("d", group="G", required=True),
        groups=(Group("G", "Where", "Which place."),),
    )
    assert [
        (each.title, each.help, [f.address for f in each.fields]) for each in made.sections
    ] == [
        ("Settings", "", ["b", "a"]),
        ("Where", "Which place.", ["d", "c"]),
    ]


def many(*more: Parameter) -> tuple[Parameter, ...]:
    flags = (option(each, Kind.FLAG) for each in ("one", "two", "three"))
    return (*(option(f"text{number}") for number in range(3)), *flags, *more)


def test_settings_with_defaults_are_advanced_where_there_are_many_fields() -> None:
    made = form(*many(option("limit", default=default("5"))))
    assert [each.address for each in made.sections[0].fields] == ["text0", "text1", "text2"]
    assert made.advanced is not None
    assert [each.address for each in made.advanced.fields] == ["one", "two", "three", "limit"]
    assert (made.advanced.note, made.advanced.opened) == (
        "4 settings, all at their defaults",
        False,
    )


def test_a_short_form_hides_nothing() -> None:
    assert form(option("name"), option("fast", Kind.FLAG)).advanced is None


def test_advanced_opens_itself_where_something_differs_or_is_wrong() -> None:
    limit = option("limit", default=default("5"))
    changed = form(*many(limit), raw={"limit": ["6"]}).advanced
    assert changed is not None
    assert (changed.note, changed.opened) == ("4 settings, 1 changed", True)
    faulty = form(*many(limit), faults={"limit": "Wrong."}).advanced
    assert faulty is not None
    assert faulty.opened
    same = form(*many(limit), raw={"limit": ["5"], "text0": ["x"]}).advanced
    assert same is not None
    assert not same.opened


def tree() -> Command:
    put = replace(command(option("put.name"), argument("put.file", required=True)), name="put")
    return command(option("url"), commands=(put, replace(put, name="get", aliases=("fetch",))))


def test_answers_for_all_commands_stand_first_and_stay_filled() -> None:
    made = build(tool(tree()), ("put",), {"url": ["x"]})
    assert [each.title for each in made.sections] == ["For all commands", "Settings"]
    assert made.sections[0].fields[0].value == "x"
    assert [each.address for each in made.sections[1].fields] == ["put.file", "put.name"]


def test_an_unknown_command_has_no_form() -> None:
    assert build(tool(tree()), ("fetch",)).sections
    with pytest.raises(CommandUnknown):
        build(tool(tree()), ("no",))


def exclusive(*, required: bool = False, **more: Any) -> tuple[Parameter, ...]:
    del required
    return (
        option("fast", Kind.FLAG, help="as fast as can be"),
        option("level", Kind.INTEGER, **more),
    )


def chooser(raw: Any = None, faults: Any = None, *, required: bool = False) -> Field:
    rule = Constraint("exclusive", ("fast", "level"), required)
    return form(*exclusive(), raw=raw, faults=faults, constraints=(rule,)).fields[0]


def test_an_exclusive_group_is_one_question_that_reveals_a_field() -> None:
    made = chooser({":choose.0": ["level"], "level": ["3"]})
    assert (made.name, made.widget, made.label) == (":choose.0", "exclusive", "Fast or level")
    assert [(each.value, each.label, each.checked) for each in made.options] == [
        ("", "None", False),
        ("fast", "Fast", False),
        ("level", "Level", True),
    ]
    assert made.options[1].hint == "As fast as can be."
    inner = made.options[2].field
    assert inner is not None
    assert (inner.name, inner.value, inner.optional) == ("level", "3", False)


def test_a_required_group_has_no_choice_of_none() -> None:
    assert [each.value for each in chooser(required=True).options] == ["fast", "level"]


def test_faults_that_say_the_same_begin_with_the_names_of_their_fields() -> None:
    faults = {"limit": "Enter a number.", "size": "Enter a number.", "name": "Enter a name."}
    made = form(option("limit"), option("size"), option("name"), faults=faults)
    assert [fault.sentence for fault in made.faults] == [
        "Limit: Enter a number.", "Size: Enter a number.", "Enter a name.",
    ]  # fmt: skip
    assert [field.fault for field in made.fields] == list(faults.values())


def test_faults_lead_to_their_fields_and_those_of_none_stand_first() -> None:
    faults = {"level": "Enter level.", "": "Not so.", "other": "No field."}
    rule = Constraint("exclusive", ("fast", "level"))
    made = form(*exclusive(), option("size", least=2, most=2), constraints=(rule,), faults=faults)
    assert [(each.anchor, each.sentence) for each in made.faults] == [
        ("", "Not so."),
        ("", "No field."),
        ("f-level", "Enter level."),
    ]
    assert only(option("size", least=2, most=2), fault="No.").focus == "f-size-1"
    assert only(option("c", choices=choices("a", "b")), fault="No.").focus == "f-c-1"
    assert chooser(faults={":choose.0": "Choose."}).fault == "Choose."


def test_the_default_among_flags_of_one_place_is_the_choice_of_none() -> None:
    made = form(
        option("table", Kind.FLAG, default=default(True)),
        option("json", Kind.FLAG),
        option("csv", Kind.FLAG),
        constraints=(Constraint("exclusive", ("table", "json", "csv")),),
    )
    asked = next(each for each in made.fields if each.widget == "exclusive")
    assert asked.options[0].label == "Table (default)"


def test_undeclared_arguments_have_a_text_area() -> None:
    made = form(open_options=True, raw={":rest": ["--x\ny"]}).fields[0]
    assert (made.name, made.widget, made.values) == (":rest", "rest", ("--x", "y"))


def test_secrets_never_stand_in_a_form() -> None:
    parameters = (
        option("password", secret=True, default=default("hunter2")),
        option("keys", secret=True, repeat=True, default=default(["hunter2"])),
        option("pair", secret=True, least=2, most=2, default=default(["hunter2", "hunter2"])),
        option("uses", secret=True, most=None, repeat=True),
        option("maybe", secret=True, least=0, default=default("hunter2")),
    )
    raw = {each.address: ["hunter2", "hunter2"] for each in parameters}
    assert "hunter2" not in repr(form(*parameters))
    assert "hunter2" not in repr(form(*parameters, raw=raw))
    assert only(parameters[0]).note == (
        "Never kept: dots stand for it in history, command and output. It goes to the tool as an "
        "argument, which others on the server can read meanwhile."
    )


def test_the_answers_of_a_run_fill_the_form() -> None:
    root = command(
        option("name", default=default("a")),
        option("tags", repeat=True),
        option("fast", Kind.FLAG),
        option("switch", Kind.SWITCH, negations=("--no-switch",)),
        option("verbose", Kind.COUNT),
        option("site", choices=choices("a", "b")),
    )
    values = {"tags": ["x", "y"], "fast": True, "switch": False, "verbose": 2, "site": "b"}
    made = build(tool(root), (), form_values((root,), values))
    found = {each.address: each for each in made.fields}
    assert found["name"].value == "a"
    assert found["tags"].values == ("x", "y")
    assert found["fast"].on
    assert found["verbose"].value == "2"
    assert [each.value for each in found["switch"].options if each.checked] == ["no"]
    assert [each.value for each in found["site"].options if each.checked] == ["b"]


def test_the_picture_of_the_command_knows_how_each_is_spelled() -> None:
    limit = option("limit", Kind.INTEGER, default=default("500"))
    picture = only(limit).preview
    assert (picture["flag"], picture["join"], picture["default"]) == ("--limit", "=", "500")
    assert (picture["kind"], picture.get("negation", "")) == ("value", "")
    assert only(option("n", spellings=("-n",))).preview.get("join", "") == ""
    secret = option("key", secret=True, default=default("x"))
    hidden = only(secret).preview
    assert (hidden["kind"], hidden.get("default", "")) == ("secret", "")
    assert only(argument("file")).preview["kind"] == "positional"
