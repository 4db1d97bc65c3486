"""A long form folds what nobody has to answer; a short one shows all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.faces.commands import argument, command, option, tool
from webify.faces.fields import Form
from webify.faces.form import build
from webify.model.command import Group, Parameter


def form(*parameters: Parameter, raw: Any = None, faults: Any = None, **more: Any) -> Form:
    return build(tool(command(*parameters, **more)), (), raw, faults)


def groups(*names: str) -> tuple[Group, ...]:
    return tuple(Group(name, title=name.capitalize()) for name in names)


def heads(made: Form) -> list[tuple[str, str, bool]]:
    """Return the heading and note of each section, and whether it is folded away."""
    return [(each.title, each.note, each.folded) for each in made.sections]


def test_a_long_form_folds_the_groups_in_which_nothing_must_be_answered() -> None:
    some = [option(f"one{number}", group="one") for number in range(20)]
    others = [option(f"two{number}", group="two") for number in range(4)]
    needed = option("must", required=True, group="two")
    made = form(argument("file"), *some, *others, needed, groups=groups("one", "two"))
    assert made.long
    assert heads(made) == [
        ("Settings", "", False),
        ("One", "20 settings", True),
        ("Two", "", False),
    ]


def test_a_long_form_parts_what_must_be_answered_from_the_rest() -> None:
    made = form(argument("file"), *(option(f"text{number}") for number in range(30)))
    assert heads(made) == [("Settings", "", False), ("More settings", "30 settings", True)]
    assert [each.address for each in made.sections[0].fields] == ["file"]


def test_a_folded_section_opens_itself_where_something_was_answered_or_is_wrong() -> None:
    some = [argument("file"), *(option(f"text{number}") for number in range(30))]
    answered = form(*some, raw={"text3": ["x"]}).sections[1]
    assert (answered.note, answered.opened) == ("30 settings, 1 changed", True)
    assert form(*some, faults={"text3": "Wrong."}).sections[1].opened


def test_a_form_of_a_few_screens_is_neither_long_nor_folded() -> None:
    made = form(
        *(option(f"text{number}", group="one") for number in range(24)), groups=groups("one")
    )
    assert not made.long
    assert heads(made) == [("One", "", False)]


def test_answers_do_not_depend_on_how_alike_parameters_are() -> None:
    made = form(*(option(f"text{number}") for number in range(3000)))
    assert [each.preview["at"] for each in made.fields] == [f"0.{at}" for at in range(3000)]


def test_much_that_belongs_to_all_commands_is_folded_where_nothing_of_it_is_needed() -> None:
    put = replace(command(argument("put.file")), name="put")
    some = [option(f"text{number}") for number in range(7)]
    made = build(tool(command(*some, commands=(put,))), ("put",))
    assert heads(made) == [("For all commands", "7 settings", True), ("Settings", "", False)]
    few = build(tool(command(*some[:6], commands=(put,))), ("put",))
    assert [folded for _, _, folded in heads(few)] == [False, False]
