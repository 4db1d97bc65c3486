"""Raw answers are read into values, or refused with sentences that a person can use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.faces.commands import (
    PAIR,
    SPOKEN,
    argument,
    choices,
    command,
    default,
    of_kind,
    option,
)
from webify.errors import ValuesRefused
from webify.faces.values import MASK, Upload, form_values, masked, read_values
from webify.model.command import Bounds, Command, Constraint, Kind, Parameter, PathRule


def refusals(root: Command, raw: dict[str, list[str]], **uploads: list[Upload]) -> dict[str, str]:
    with pytest.raises(ValuesRefused) as refused:
        read_values((root,), raw, uploads)
    return refused.value.fields


def refusal(parameter: Parameter, *texts: str) -> str:
    return refusals(command(parameter), {parameter.address: list(texts)})[parameter.address]


def upload(name: str) -> Upload:
    return Upload(name, 3, Path("staging") / name)


def read(root: Command, **raw: list[str]) -> dict[str, Any]:
    return read_values((root,), {name.replace("__", ":"): texts for name, texts in raw.items()})


def test_every_kind_has_a_raw_answer_to_try() -> None:
    assert set(SPOKEN) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_read(kind: Kind) -> None:
    text, value, _ = SPOKEN[kind]
    name = "it:on" if kind is Kind.FILE_OUT else "it"
    uploads = {"it": [upload("prices.csv")]} if kind is Kind.FILE_IN else {}
    assert read_values((command(of_kind(kind)),), {name: [text]}, uploads) == {"it": value}


@pytest.mark.parametrize("kind", Kind)
def test_a_blank_field_of_every_kind_is_not_given(kind: Kind) -> None:
    assert read(command(of_kind(kind)), it=[""]) == {}
    assert read(command(of_kind(kind))) == {}


@pytest.mark.parametrize(
    ("parameter", "text", "sentence"),
    [
        (option("rows", Kind.INTEGER), "abc", "Enter a number, like 20. You entered “abc”."),
        (
            option("rows", Kind.INTEGER),
            "1.5",
            "Enter a whole number, like 20. You entered “1.5”.",
        ),
        (
            option("rows", Kind.INTEGER, bounds=Bounds(1, 5000)),
            "12000",
            "Enter a number from 1 to 5,000. You entered 12,000.",
        ),
        (
            option("rows", Kind.INTEGER, bounds=Bounds(1)),
            "0",
            "Enter a number of 1 or more. You entered 0.",
        ),
        (
            option("part", Kind.NUMBER, bounds=Bounds(0, 1, least_open=True)),
            "0",
            "Enter a number above 0 and up to 1. You entered 0.",
        ),
        (
            option("part", Kind.NUMBER, bounds=Bounds(0, 1, clamp=True)),
            "2,5",
            "Enter a number from 0 to 1. You entered 2.5.",
        ),
        (
            option("site", choices=choices("leeds", "hull", "york")),
            "paris",
            "“paris” is not one of the choices: leeds, hull and york.",
        ),
        (
            option("since", Kind.DATE),
            "22.11.26",
            "Enter a date, like 2026-11-22. You entered “22.11.26”.",
        ),
        (
            option("at", Kind.DATETIME),
            "noon",
            "Enter a date, like 2026-11-22 14:30. You entered “noon”.",
        ),
        (option("at", Kind.TIME), "noon", "Enter a time, like 14:30. You entered “noon”."),
        (
            option("fast", Kind.SWITCH, negations=("--no-fast",)),
            "maybe",
            "“maybe” is not one of the choices: Yes and No.",
        ),
        (
            option("verbose", Kind.COUNT),
            "100",
            "Enter a number from 0 to 99. You entered “100”.",
        ),
        (
            option("price", Kind.NUMBER),
            "1,204",
            "“1,204” can be read in two ways. Enter 1204 or 1.204.",
        ),
        (
            option("price", Kind.NUMBER),
            "1.204,50",
            "Enter the number without thousands marks, like 1204.50. You entered “1.204,50”.",
        ),
        (
            option("price", Kind.NUMBER),
            "1,204,000",
            "Enter the number without thousands marks, like 1204000. You entered “1,204,000”.",
        ),
    ],
)
def test_a_fault_is_told_in_a_sentence(parameter: Parameter, text: str, sentence: str) -> None:
    assert refusal(parameter, text) == sentence


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("1,5", "1.5"), ("-0,25", "-0.25"), ("1e-5", "1e-5"), (".5", ".5"), ("\u22123", "-3")],
)
def test_a_number_takes_comma_and_point(text: str, read_as: str) -> None:
    assert read(command(option("price", Kind.NUMBER)), price=[text]) == {"price": read_as}


def test_a_file_for_a_folder_is_refused(tmp_path: Path) -> None:
    parameter = option("folder", Kind.DIRECTORY, path=PathRule(exists=True, file_okay=False))
    (tmp_path / "a.txt").touch()
    assert refusal(parameter, str(tmp_path / "a.txt")).endswith("a.txt” is a file, not a folder.")
    assert refusal(parameter, str(tmp_path / "b")).endswith("b” on the server.")
    files = option("file", Kind.PATH, path=PathRule(exists=True, dir_okay=False))
    assert refusal(files, str(tmp_path)).endswith("is a folder, not a file.")


def test_missing_answers_are_asked_for_by_their_label() -> None:
    root = command(
        option("max_rows", required=True),
        option("site", required=True, choices=choices("a", "b")),
        argument("SKU", required=True),
        option("price_list", Kind.FILE_IN, required=True),
    )
    assert refusals(root, {}) == {
        "max_rows": "Enter max rows.",
        "site": "Choose site.",
        "SKU": "Enter SKU.",
        "price_list": "Choose price list.",
    }


def test_all_faults_are_told_at_once() -> None:
    root = command(
        option("rows", Kind.INTEGER), option("since", Kind.DATE), option("name", required=True)
    )
    assert set(refusals(root, {"rows": ["x"], "since": ["y"]})) == {"rows", "since", "name"}


def test_blanks_are_an_answer_to_a_text_and_none_to_a_number() -> None:
    root = command(option("text"), option("rows", Kind.INTEGER))
    assert read(root, text=[" "], rows=["  "]) == {"text": " "}


def test_line_ends_of_browsers_become_plain() -> None:
    assert read(command(option("text")), text=["a\r\nb"]) == {"text": "a\nb"}


def test_several_answers_to_a_single_question_are_refused() -> None:
    assert refusal(option("name"), "a", "b") == "Enter one value for name, not several."


def test_blank_boxes_of_a_list_are_left_out() -> None:
    root = command(option("sku", most=None), option("tag", repeat=True))
    assert read(root, sku=["a", "", "b"], tag=["", "x", "x"]) == {
        "sku": ["a", "b"],
        "tag": ["x", "x"],
    }


def test_too_few_values_are_refused() -> None:
    parameter = option("pair", least=2, most=2)
    assert refusal(parameter, "a", "") == "Enter 2 values for pair. You entered 1."
    assert refusal(option("few", least=2, most=None), "a") == (
        "Enter at least 2 values for few. You entered 1."
    )


def test_each_position_of_a_row_has_its_own_rule() -> None:
    parameter = option("size", least=2, most=2, items=PAIR)
    assert read(command(parameter), size=["3", "mm"]) == {"size": ["3", "mm"]}
    assert refusal(parameter, "x", "mm").startswith("Enter a number")
    assert refusal(parameter, "3", "km") == "“km” is not one of the choices: mm and in."


def test_rows_are_read_by_their_width_and_blank_ones_left_out() -> None:
    parameter = option("point", least=2, most=2, repeat=True)
    found = read(command(parameter), point=["1", "2", "", "", "3", "4"])
    assert found == {"point": [["1", "2"], ["3", "4"]]}
    assert refusal(parameter, "1", "") == "Enter 2 values for point. You entered 1."


def test_each_text_area_is_one_use_with_a_value_a_line() -> None:
    parameter = option("group", most=None, repeat=True)
    assert read(command(parameter), group=["a\r\nb\r\n", "", "c"]) == {"group": [["a", "b"], ["c"]]}


def test_an_optional_value_is_bare_where_only_its_box_is_ticked() -> None:
    root = command(option("color", least=0, const="auto"))
    assert read(root, color__on=["1"], color=[""]) == {"color": True}
    assert read(root, color__on=["1"], color=["red"]) == {"color": "red"}
    assert read(root, color=["red"]) == {"color": "red"}
    assert read(root, color=[""]) == {}


def exclusive(*, required: bool = False) -> Command:
    return command(
        option("fast", Kind.FLAG),
        option("level", Kind.INTEGER),
        option("color", least=0),
        constraints=(Constraint("exclusive", ("fast", "level", "color"), required),),
    )


def test_the_chosen_member_of_a_group_is_given() -> None:
    assert read(exclusive(), **{":choose.0": ["fast"], "level": ["3"]}) == {"fast": True}
    assert read(exclusive(), **{":choose.0": ["level"], "level": ["3"]}) == {"level": "3"}
    assert read(exclusive(), **{":choose.0": ["color"]}) == {"color": True}
    assert read(exclusive(), **{":choose.0": [""], "fast": ["1"], "level": ["3"]}) == {}


def test_the_chosen_member_of_a_group_has_to_be_filled() -> None:
    assert refusals(exclusive(), {":choose.0": ["level"]}) == {"level": "Enter level."}


def test_a_choice_that_is_no_member_is_refused() -> None:
    assert refusals(exclusive(), {":choose.0": ["other"]}) == {
        ":choose.0": "“other” is not one of the choices: Fast, Level and Color."
    }


def test_a_required_group_is_asked_for() -> None:
    sentence = {":choose.0": "Choose one of fast, level and color."}
    assert refusals(exclusive(required=True), {":choose.0": [""]}) == sentence
    assert refusals(exclusive(required=True), {}) == sentence


def test_two_of_an_exclusive_group_are_refused_where_no_choice_was_sent() -> None:
    assert refusals(exclusive(), {"fast": ["1"], "level": ["3"]}) == {
        "level": "Choose only one of fast and level."
    }


def test_a_group_of_a_sub_command_is_named_by_its_path() -> None:
    below = command(
        option("put.fast", Kind.FLAG),
        option("put.slow", Kind.FLAG),
        constraints=(Constraint("exclusive", ("put.fast", "put.slow")),),
    )
    chain = (command(), below.__class__(**{**vars(below), "name": "put"}))
    assert read_values(chain, {":choose.put.0": ["put.slow"]}) == {"put.slow": True}


def test_one_answer_may_need_another() -> None:
    root = command(
        option("user"),
        option("password_file"),
        constraints=(Constraint("requires", ("user", "password_file")),),
    )
    assert refusals(root, {"user": ["me"]}) == {
        "password_file": "Enter password file too: user needs it."
    }


def test_at_least_one_of_several_is_asked_for() -> None:
    root = command(
        option("name"), option("code"), constraints=(Constraint("at least one", ("name", "code")),)
    )
    assert refusals(root, {}) == {"name": "Enter at least one of name and code."}


def test_an_uploaded_file_is_its_safe_name_and_no_typed_path_is() -> None:
    root = command(option("prices", Kind.FILE_IN), option("more", Kind.FILE_IN, most=None))
    uploads = {"prices": [upload("p.csv")], "more": [upload("a"), upload("b")]}
    assert read_values((root,), {"prices": ["/etc/passwd"]}) == {}
    assert read_values((root,), {}, uploads) == {"prices": "p.csv", "more": ["a", "b"]}


def test_a_file_to_write_gets_a_name_of_ours() -> None:
    root = command(
        option("report", Kind.FILE_OUT, default=default("out/r.csv")),
        argument("target", Kind.FILE_OUT, required=True),
        option("aux", Kind.FILE_OUT),
    )
    assert read(root, report__on=["1"], aux__on=["1"]) == {
        "report": "report.csv",
        "target": "target.txt",
        "aux": "aux-file.txt",
    }


def test_a_question_of_the_tool_has_to_be_answered_beforehand() -> None:
    root = command(
        option("name", prompt="Your name"),
        option("size", prompt="Size", default=default("5")),
        option("sure", Kind.FLAG, prompt="Are you sure?"),
    )
    assert refusals(root, {}) == {
        "name": "Enter name.",
        "sure": "Tick sure: the tool asks, and nobody can answer it here.",
    }


def test_hidden_parameters_cannot_be_set() -> None:
    root = command(option("debug", hidden=True))
    assert "no field “debug”" in refusals(root, {"debug": ["1"]})[""]


def test_answers_to_unknown_fields_are_refused() -> None:
    assert "no field “other”" in refusals(command(), {"other": ["1"], ":csrf": ["x"]})[""]


def test_a_command_that_needs_another_word_asks_for_it() -> None:
    root = command(commands=(Command("put"), Command("get")), needs_command=True)
    assert refusals(root, {}) == {"": "Choose one of the commands: put and get."}


def test_undeclared_arguments_are_read_one_a_line() -> None:
    assert read(command(open_options=True), **{":rest": ["--x=1\r\n\r\ny z"]}) == {
        ":rest": ["--x=1", "y z"]
    }


def test_a_refused_secret_is_not_repeated() -> None:
    pin = option("pin", Kind.INTEGER, secret=True)
    assert refusal(pin, "hunter2") == "Enter pin again: it cannot be taken as it is."


def test_secrets_are_masked_and_never_go_back_into_a_form() -> None:
    chain = (command(option("password", secret=True), option("keys", secret=True, repeat=True)),)
    values = {"password": "hunter2", "keys": ["a", "b"]}
    assert masked(chain, values) == {"password": MASK, "keys": [MASK, MASK]}
    assert form_values(chain, values) == {}


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.FILE_IN])
def test_raw_answers_of_every_kind_give_the_values_they_came_from(kind: Kind) -> None:
    chain = (command(of_kind(kind)),)
    values = {"it": SPOKEN[kind][1]}
    assert read_values(chain, form_values(chain, values)) == values
