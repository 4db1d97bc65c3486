"""Corners of argparse: each is described as the parser itself has it, or left without harm."""

from __future__ import annotations

import argparse
import enum
import inspect
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.probed import probed
from webify.adapters import argparse_
from webify.adapters.catching import around
from webify.model.command import Command, Kind, Parameter
from webify.model.plain import from_plain


class Hostile:
    """A value that raises whatever is asked of it."""

    __hash__ = None  # type: ignore[assignment] # hashing is refused too

    def __str__(self) -> str:
        raise RuntimeError("str")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")


def described(*arguments: Any, **settings: Any) -> Command:
    parser = argparse.ArgumentParser("tool", **settings)
    for names, words in arguments:
        parser.add_argument(*names.split(), **words)
    return argparse_.describe(parser)


def parameter(names: str, **words: Any) -> Parameter:
    return described((names, words)).parameters[-1]


@pytest.mark.parametrize("field", ["default", "const", "choices", "metavar", "help"])
def test_a_value_that_raises_when_it_is_shown_does_no_harm(field: str) -> None:
    words: dict[str, Any] = {field: [Hostile()] if field == "choices" else Hostile()}
    if field == "const":
        words["nargs"] = "?"
    parser = argparse.ArgumentParser("tool")
    action = parser.add_argument("--x")
    for name, value in words.items():
        setattr(action, name, value)
    found = argparse_.describe(parser).parameters[-1]
    assert found.spellings == ("--x",)


def test_choices_that_no_person_can_choose_from_are_text() -> None:
    found = parameter("--x", choices=range(0, 200_000, 2), type=int)
    assert (found.choices, found.kind) == ((), Kind.INTEGER)
    assert parameter("--x", choices=[str(each) for each in range(100_000)]).choices == ()


def test_choices_without_an_end_are_not_read_to_it() -> None:
    class Endless:
        def __contains__(self, value: object) -> bool:
            return True

        def __iter__(self) -> Any:
            while True:
                yield "x"

    parser = argparse.ArgumentParser("tool")
    parser.add_argument("--x").choices = Endless()
    assert argparse_.describe(parser).parameters[-1].choices == ()


def test_choices_that_cannot_be_listed_are_none() -> None:
    class Closed:
        def __contains__(self, value: object) -> bool:
            return True

    parser = argparse.ArgumentParser("tool")
    parser.add_argument("--x").choices = Closed()  # type: ignore[assignment] # as some tools do
    assert argparse_.describe(parser).parameters[-1].choices == ()


def test_a_parser_that_is_its_own_sub_parser_ends() -> None:
    parser = argparse.ArgumentParser("tool")
    below = parser.add_subparsers(dest="command")
    below.add_parser("plain")
    below._name_parser_map["again"] = parser  # type: ignore[attr-defined] # as a shell does it
    command = argparse_.describe(parser)
    assert [each.name for each in command.commands] == ["plain"]


def test_arguments_of_parents_are_its_own() -> None:
    above = argparse.ArgumentParser(add_help=False)
    above.add_argument_group("Common").add_argument("--debug", action="store_true")
    found = described(parents=[above]).parameters[-1]
    assert (found.address, found.group) == ("debug", "Common")


def test_a_conflict_that_is_resolved_leaves_the_later_one_its_spelling() -> None:
    command = described(
        ("-x --one", {}), ("-x --two", {}), conflict_handler="resolve", add_help=False
    )
    assert [each.spellings for each in command.parameters] == [("--one",), ("-x", "--two")]


def test_an_enum_as_a_type_gives_its_members_as_choices() -> None:
    color = enum.Enum("color", {"RED": "red", "GREEN": "green"})
    found = parameter("--x", type=color)
    assert [each.value for each in found.choices] == ["red", "green"]
    assert found.custom == ""


def test_an_enum_that_no_text_makes_is_a_type_of_the_tools_own() -> None:
    level = enum.Enum("level", {"LOW": 1, "HIGH": 2})
    found = parameter("--x", type=level)
    assert (found.choices, found.custom) == ((), "level")


def test_a_converter_of_the_tools_own_is_named() -> None:
    def evenly(text: str) -> int:
        return int(text) * 2

    assert parameter("--x", type=evenly).custom == "evenly"
    assert parameter("--x", type=lambda text: text).custom == "its own type"
    assert parameter("--x", type=bool).custom == "bool"
    assert [parameter("--x", type=each).custom for each in (None, str, int, float)] == [""] * 4


def test_an_action_of_the_tools_own_that_takes_nothing_is_a_flag() -> None:
    class Now(argparse.Action):
        def __init__(self, option_strings: Any, dest: str, **words: Any) -> None:
            super().__init__(option_strings, dest, nargs=0, **words)

        def __call__(self, *given: Any, **named: Any) -> None:
            raise AssertionError("it is not to be run")

    found = parameter("--x", action=Now)
    assert (found.kind, found.bare, found.action) == (Kind.FLAG, True, "Now")


def test_a_help_action_of_the_tools_own_is_no_field() -> None:
    class More(argparse._HelpAction):
        pass

    assert parameter("--help-all", action=More).hidden


def test_sub_parsers_of_an_own_action_are_commands() -> None:
    class Listing(argparse._SubParsersAction):  # type: ignore[type-arg] # any parser will do
        pass

    parser = argparse.ArgumentParser("tool")
    parser.add_subparsers(action=Listing).add_parser("go", aliases=["g"], help="Go.")
    command = argparse_.describe(parser).commands[0]
    assert (command.name, command.aliases, command.help) == ("go", ("g",), "Go.")


def test_defaults_are_suppressed_for_a_whole_parser() -> None:
    found = described(("--x", {}), argument_default=argparse.SUPPRESS).parameters[-1]
    assert found.default.source == "suppressed"


def test_other_prefixes_and_files_of_arguments_are_told() -> None:
    command = described(("+x", {}), prefix_chars="+/", fromfile_prefix_chars="@", add_help=False)
    assert (command.syntax.prefix_chars, command.syntax.fromfile) == ("+/", "@")
    assert command.parameters[-1].spellings == ("+x",)


def test_a_switch_of_two_options_keeps_both_of_their_texts() -> None:
    command = described(
        ("--wait", {"action": "store_true", "help": "Wait for it.", "dest": "w"}),
        ("--go", {"action": "store_false", "help": "Do not wait.", "dest": "w"}),
    )
    assert command.parameters[-1].help == "Wait for it.\n--go: Do not wait."


def test_a_remainder_and_a_group_in_a_group_are_described() -> None:
    parser = argparse.ArgumentParser("tool")
    group = parser.add_argument_group("Outer")
    group.add_mutually_exclusive_group(required=True).add_argument("--x")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    option, rest = argparse_.describe(parser).parameters[1:]
    assert (option.group, option.required) == ("Outer", True)
    assert (rest.rest, rest.least, rest.most) == (True, 0, None)


def test_a_method_that_was_hooked_still_tells_its_arguments() -> None:
    class Parser(argparse.ArgumentParser):
        pass

    around(Parser, "__init__", lambda original, self, args, kwargs: original(self, *args, **kwargs))
    assert "add_help" in inspect.getfullargspec(Parser.__init__).args


VENDORED = """
from parts import argparse

parser = argparse.ArgumentParser("tool")
parser.add_argument("--wait", action=argparse.BooleanOptionalAction)
parser.add_subparsers().add_parser("go").add_argument("--far", type=int)
parser.parse_args()
"""


def test_a_copy_of_argparse_that_a_tool_carries_is_met(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "__init__.py").touch()
    copy = Path(argparse.__file__).read_text(encoding="utf-8")
    (parts / "argparse.py").write_text(copy, encoding="utf-8")
    (tmp_path / "tool.py").write_text(VENDORED, encoding="utf-8")
    command = from_plain(Command, probed(tmp_path / "tool.py", tmp_path)["command"])
    assert command.parameters[-1].negations == ("--no-wait",)
    assert command.commands[0].parameters[-1].kind is Kind.INTEGER


class Later:
    """A text that is translated when it is shown, and is no str itself."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __mod__(self, words: object) -> str:
        return self.text % words


def test_texts_that_are_translated_late_are_read_as_they_are_shown() -> None:
    parser = argparse.ArgumentParser("tool", description=Later("What %(prog)s does."))  # type: ignore[arg-type] # translated late
    group = parser.add_argument_group(Later("Sizes"))  # type: ignore[arg-type] # translated late
    group.add_argument("--wide", help=Later("How wide.\n  No more."))  # type: ignore[arg-type] # translated late
    command = argparse_.describe(parser)
    assert command.help == "What tool does."
    assert [each.title for each in command.groups] == ["Sizes"]
    wide = command.parameters[-1]
    assert (wide.help, wide.group) == ("How wide.\nNo more.", "Sizes")


@pytest.mark.parametrize(
    ("metavar", "values"),
    [
        ("{auto,never}", ["auto", "never"]),
        ("{A,B}", ["A", "B"]),
        ("[yes|no]", ["yes", "no"]),
        ("on|off", ["on", "off"]),
        ("FILE|URL", []),
        ("KEY,VALUE", []),
        ("{host}", []),
        ("<a|b>", []),
        ("{" + ",".join(["x"] * 1_000) + "}", []),
    ],
)
def test_values_that_a_metavar_lists_are_suggested(metavar: str, values: list[str]) -> None:
    command = described(("--when", {"metavar": metavar}))
    assert [each.value for each in command.parameters[-1].suggestions] == values
    assert command.parameters[-1].choices == ()


def test_commands_whose_choices_became_a_list_of_words_are_described(tmp_path: Path) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text(
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "below = parser.add_subparsers()\n"
        "for name in ('add', 'ad', 'drop'):\n    below.add_parser(name).add_argument('--' + name)\n"
        "below.choices = ['add', 'drop']\nparser.parse_args()\n",
        encoding="utf-8",
    )
    command = from_plain(Command, probed(tool, tmp_path)["command"])
    assert [each.name for each in command.commands] == ["add", "drop"]
