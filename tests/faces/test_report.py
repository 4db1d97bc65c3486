"""What the report says of a tool: its result, its counts, and a sentence for each thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faces.commands import argument, command, default, option, tool
from webify.faces.report import report
from webify.model.command import Command, Constraint, Kind, Tool
from webify.model.report import Habit, Result

PARSE = option("map", metavar="A=B", custom="parse_map")


def of(*parameters, **more):
    return report(replace(tool(command(*parameters, **more)), slug="renamer"))


def test_tool_whose_settings_are_all_understood_is_ready():
    made = of(option("limit", Kind.INTEGER), argument("name"))
    assert (made.result, made.settings, made.understood) == (Result.READY, 2, 2)
    assert made.notes == ()


def test_type_of_the_tools_own_is_told_with_the_place_to_name_its_kind():
    made = of(PARSE, option("limit", Kind.INTEGER))
    assert (made.result, made.settings, made.understood, made.as_text) == (Result.LOOK, 2, 1, 1)
    note = made.notes[0]
    assert note.subject == "--map A=B"
    assert "parse_map" in note.sentence
    assert '[tools.renamer.parameters."map"]' in note.remedy


def test_what_people_never_see_is_not_counted():
    made = of(option("help", Kind.FLAG, hidden=True), option("up", inherited=True))
    assert made.settings == 0
    assert made.result is Result.READY


def test_settings_of_all_commands_count_once_each():
    inner = Command("put", parameters=(option("put.x"), option("put.y")))
    assert of(option("x"), commands=(inner,)).settings == 3


def test_what_no_form_can_offer_counts_as_a_setting_that_is_lost():
    made = of(lost=("--matrix takes a list of lists.",))
    assert (made.settings, made.lost, made.result) == (1, 1, Result.LOOK)
    assert made.notes[0].sentence == "--matrix takes a list of lists."


def test_secret_that_goes_as_an_argument_is_told_with_its_variable():
    told = {"env": "help text"}
    made = of(option("password", secret=True, env=("DB_PASSWORD",), sources=told))
    assert "other users of the server" in made.notes[0].sentence
    assert 'sent_by = "env:DB_PASSWORD"' in made.notes[0].remedy
    assert "Where it takes it" in of(option("password", secret=True)).notes[0].remedy


def test_secret_that_is_no_argument_is_nothing_to_look_at():
    read = option("password", secret=True, env=("DB_PASSWORD",))
    said = option("key", secret=True, sent_by="stdin")
    assert of(read, said).notes == ()


def test_secret_whose_variable_does_not_answer_to_a_rule_is_told():
    rule = Constraint("exclusive", ("password", "file"), required=True)
    made = of(option("password", secret=True, env=("KEY",)), option("file"), constraints=(rule,))
    assert [note.kind for note in made.notes] == ["secret"]


@pytest.mark.parametrize("place", ["/home/joe/out.csv", "C:\\Users\\joe", "\\\\server\\share"])
def test_default_that_is_a_place_of_one_machine_is_told(place):
    assert [each.kind for each in of(option("out", default=default(place))).notes] == ["path"]


@pytest.mark.parametrize("place", ["/dev/null", "/tmp/x", "out.csv", "-", "a:b"])
def test_default_that_every_machine_has_is_not_told(place):
    assert of(option("out", default=default(place))).notes == ()


@pytest.mark.parametrize(
    ("kind", "result"),
    [  # what asks is answered on the page of its run
        ("asks", Result.READY),
        ("screen", Result.LOOK),
        ("window", Result.LOOK),
        ("path", Result.LOOK),
    ],
)
def test_each_habit_has_its_sentence_and_its_remedy(kind, result):
    made = report(tool(command()), [Habit(kind, "words()", 12)])
    assert made.result is result
    assert "words()" in made.notes[0].sentence
    assert "line 12" in made.notes[0].sentence
    assert made.notes[0].remedy


def test_place_that_is_a_default_is_told_once():
    made = report(
        tool(command(option("out", default=default("/home/joe/x")))),
        [Habit("path", "/home/joe/x", 3)],
    )
    assert len(made.notes) == 1


def test_command_that_could_not_be_read_is_told_with_its_last_line():
    broken = Command("sync", error="Traceback:\n  ...\nImportError: no frob\n")
    made = of(commands=(broken,))
    assert made.notes[0].sentence == "sync could not be read: ImportError: no frob"


def test_tool_without_a_command_is_not_converted_and_says_what_to_do():
    sentence = "The tool needs the module frob, which its interpreter does not have."
    broken = Tool("x", "X", "x.py", start=("/usr/bin/python3", "x.py"), error=sentence)
    made = report(broken)
    assert made.result is Result.NOT
    assert made.notes[0].sentence == sentence
    assert made.notes[0].remedy.endswith("/usr/bin/python3 -m pip install frob")


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        ("x did not answer --help within 10 s.", "probe_seconds"),
        ("The tool had not printed its help after 10 s.", "probe_seconds"),
        ("x ended with code 3 before it said what it accepts.", "OpenCLI"),
    ],
)
def test_each_way_not_to_convert_has_a_remedy(error, remedy):
    assert remedy in report(Tool("x", "X", "x", error=error)).notes[0].remedy


def test_description_from_writings_is_told_and_asks_for_nothing():
    made = report(replace(tool(command(option("x"))), sources=("help text", "man page")))
    assert made.result is Result.READY
    assert made.notes[0].sentence.startswith("Read from its help text and man page:")


def test_tool_that_is_being_read_is_not_told_as_a_failure():
    assert report(Tool("x", "X", "x", reading=True, error="Being read…")).result is Result.READING


def test_settings_of_one_converter_are_told_together():
    tags = [option(name, custom="tag_value") for name in ("user", "key", "port", "host", "path")]
    made = of(*tags, option("size", custom="Size"))
    together, alone = (note.sentence for note in made.notes)
    assert together.startswith("--user, --key, --port and 2 more are shown as text: their values")
    assert alone.startswith("--size is shown as text: its values go through Size,")
    assert made.as_text == 6


def test_what_several_commands_share_is_told_once():
    found = (PARSE, option("password", secret=True))
    inner = [
        Command(
            name, parameters=tuple(replace(each, address=f"{name}.{each.name}") for each in found)
        )
        for name in ("put", "get")
    ]
    made = of(commands=tuple(inner))
    assert made.as_text == 2
    assert [note.kind for note in made.notes] == ["text", "secret"]
    assert made.notes[0].sentence.startswith("--map A=B is shown as text:")
