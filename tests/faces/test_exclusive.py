"""An exclusive group is one question, be one of its members on already or not."""

from __future__ import annotations

from tests.faces.commands import argument, command, default, option, tool
from webify.faces.argv import spell
from webify.faces.form import build
from webify.faces.values import read_values
from webify.model.command import Command, Constraint, Kind, Parameter

HTTP = option("http", Kind.FLAG, default=default(True))
FTP = option("ftp", Kind.FLAG)
LOG = option("log", Kind.FILE_OUT)
PAGE = option("page", least=0, const="1", help="Which page.")


def grouped(*members: Parameter) -> Command:
    rule = Constraint("exclusive", tuple(each.address for each in members))
    return command(argument("name", least=0), *members, constraints=(rule,))


def test_flag_that_is_on_stands_as_the_first_answer() -> None:
    made = build(tool(grouped(HTTP, FTP)), ()).fields
    assert [each.widget for each in made] == ["text", "exclusive"]
    options = made[1].options
    assert [each.label for each in options] == ["Http (default)", "Ftp"]
    assert [each.checked for each in options] == [True, False]


def test_flag_that_is_on_is_not_called_always_on_beside_others() -> None:
    made = build(tool(grouped(HTTP, FTP, option("sftp", Kind.FLAG))), ()).fields
    assert [each.widget for each in made] == ["text", "exclusive"]
    assert "".join(each.note for each in made) == ""


def test_choice_beside_a_flag_that_is_on_is_read_and_spelled() -> None:
    chain = (grouped(HTTP, FTP),)
    assert read_values(chain, {":choose.0": [""]}) == {}
    values = read_values(chain, {":choose.0": ["ftp"]})
    assert spell(chain, values) == ["--ftp"]


def test_file_to_write_is_chosen_by_one_press() -> None:
    chain = (grouped(FTP, LOG),)
    made = build(tool(chain[0]), ()).fields[1].options[2]
    assert made.field is None
    assert "download" in made.hint
    assert spell(chain, read_values(chain, {":choose.0": ["log"]})) == ["--log=log.txt"]


def test_value_that_may_be_left_out_is_asked_by_one_box() -> None:
    made = build(tool(grouped(FTP, PAGE)), ()).fields[1].options[2].field
    assert made is not None
    assert (made.widget, made.name, made.optional) == ("text", "page", True)
    assert made.hint == "Which page. If left empty: 1."
