"""What changed in a form, in words."""

from __future__ import annotations

from dataclasses import replace

from tests.faces.commands import argument, choices, command, default, option
from webify.faces.drift import changes
from webify.model.command import Command, Kind

SITE = option("site", choices=choices("York", "Leeds"))


def told(old, new):
    return [(each.kind, each.what, each.detail) for each in changes(old, new)]


def test_same_command_has_not_changed():
    assert changes(command(SITE), command(SITE)) == ()


def test_parameters_that_came_and_went_are_told():
    old, new = command(SITE, argument("name")), command(SITE, option("limit", Kind.INTEGER))
    assert told(old, new) == [("added", "--limit", ""), ("dropped", "Name", "")]


def test_choices_are_told_by_name():
    new = replace(SITE, choices=choices("York", "Hull"))
    detail = "more choices: Hull, fewer choices: Leeds"
    assert told(command(SITE), command(new)) == [("altered", "--site", detail)]


def test_kind_default_and_need_are_told():
    old = option("limit", default=default("20"))
    new = option("limit", Kind.INTEGER, default=default("50"), required=True)
    detail = "integer instead of text, now required, default 50 instead of 20"
    assert told(command(old), command(new)) == [("altered", "--limit", detail)]


def test_default_of_a_secret_is_never_told():
    old = option("password", secret=True, default=default("swordfish"))
    new = replace(old, default=default("marlin"))
    assert told(command(old), command(new)) == []


def test_commands_are_compared_by_their_path():
    inner = Command("put", parameters=(option("put.x"),))
    deeper = Command("put", parameters=(option("put.x", Kind.INTEGER),))
    found = changes(command(commands=(inner,)), command(commands=(deeper, Command("get"))))
    assert [(each.path, each.what) for each in found] == [((), "get"), (("put",), "--x")]


def test_wording_of_a_help_text_is_no_change_of_the_form():
    assert changes(command(SITE), command(replace(SITE, help="Another one."))) == ()
