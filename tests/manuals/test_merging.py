"""What several writings say becomes one command, each field from its best source."""

from __future__ import annotations

from typing import Any

import pytest

from webify.faces.argv import spell
from webify.manuals.command import Tree, to_command
from webify.manuals.facts import (
    NO,
    OPTIONAL,
    YES,
    CommandFact,
    OptionFact,
    Page,
    PositionalFact,
)
from webify.manuals.merging import merged
from webify.model.command import Choice, Command, Kind, Parameter


def page(source: str, *options: OptionFact, **more: Any) -> Page:
    return Page(source, options=options, **more)


def option(*spellings: str, **more: Any) -> OptionFact:
    return OptionFact(spellings, **more)


def command(*pages: Page, texts: tuple[str, ...] = ()) -> Command:
    return to_command(Tree({(): merged(pages, texts)}), "tool")


def only(*pages: Page, texts: tuple[str, ...] = ()) -> Parameter:
    (parameter,) = command(*pages, texts=texts).parameters
    return parameter


def test_spellings_of_all_sources_come_together() -> None:
    found = only(
        page("help text", option("-o", value=YES, help="Where to.")),
        page("man page", option("-o", "--output", value=YES, metavar="FILE")),
    )
    assert found.spellings == ("-o", "--output")
    assert (found.metavar, found.help) == ("FILE", "Where to.")
    assert found.sources["metavar"] == "man page"
    assert found.sources["help"] == "help text"


def test_two_options_of_a_better_source_stay_two() -> None:
    found = command(
        page("help text", option("--all", value=NO), option("-a", "--almost", value=NO)),
        page("fish completion", option("-a", "--all", value=NO)),
    )
    assert [each.spellings for each in found.parameters] == [("--all",), ("-a", "--almost")]


def test_short_form_without_value_is_no_option_of_its_own() -> None:
    found = only(
        page(
            "help text", option("--backup", value=OPTIONAL, attached=True), option("-b", value=NO)
        ),
        page("fish completion", option("-b", "--backup")),
    )
    assert set(found.spellings) == {"--backup", "-b"}
    assert found.optional_value


@pytest.mark.parametrize(("named", "count"), [("see also --extra", 2), ("nothing of it", 1)])
def test_option_of_an_installed_completion_counts_where_the_program_names_it(
    named: str, count: int
) -> None:
    found = command(
        page("help text", option("--plain", value=NO)),
        page("fish completion", option("--extra", value=NO)),
        texts=("--plain  " + named,),
    )
    assert len(found.parameters) == count


def test_value_that_a_fish_script_leaves_out_is_still_taken() -> None:
    found = only(
        page("man page", option("--level", value=YES, metavar="N")),
        page("fish completion", option("--level", value=NO)),
    )
    assert (found.least, found.most, found.metavar) == (1, 1, "N")


def test_helps_of_several_sources_are_paragraphs_and_nothing_is_said_twice() -> None:
    short = page("help text", option("--create", value=NO, help="create a new archive"))
    chapter = "Create a new archive.  Arguments supply the names of the files to be archived."
    assert only(short, page("man page", option("--create", value=NO, help=chapter))).help == chapter
    other = "Folders are archived with all that lies in them, unless told otherwise."
    more = page("man page", option("--create", value=NO, help=other))
    assert only(short, more).help == f"create a new archive\n\n{other}"


def test_untold_value_may_be_given_or_not() -> None:
    assert only(page("help text", option("--locale"))).optional_value


def test_choices_of_a_parser_are_closed_and_those_of_people_are_suggestions() -> None:
    colour = option("--color", value=YES, choices=(Choice("auto"), Choice("never")))
    closed = only(page("help text", colour, family="clap"))
    open_ = only(page("help text", colour, family="GNU"))
    assert [each.value for each in closed.choices] == ["auto", "never"]
    assert (open_.choices, [each.value for each in open_.suggestions]) == ((), ["auto", "never"])


def test_flag_and_its_negation_are_one_switch() -> None:
    found = only(
        page("help text", option("--cache", value=NO, help="Keep."), option("--no-cache", value=NO))
    )
    assert (found.kind, found.spellings, found.negations) == (
        Kind.SWITCH, ("--cache",), ("--no-cache",),
    )  # fmt: skip


def test_negation_of_an_option_with_a_value_is_a_flag_of_its_own() -> None:
    found = command(page("help text", option("--sort", negations=("--no-sort",), value=YES)))
    assert [each.spellings for each in found.parameters] == [("--sort",), ("--no-sort",)]


def test_repeated_flag_is_counted() -> None:
    assert only(page("help text", option("-v", value=NO, repeat=True))).kind is Kind.COUNT


def test_help_and_version_are_hidden_as_in_other_frameworks() -> None:
    found = command(
        page(
            "help text",
            option("-h", "--help", value=NO),
            option("-V", value=NO, help="Print version and exit"),
            option("-H", value=NO, help="Follow links"),
        )
    )
    assert [each.hidden for each in found.parameters] == [True, True, False]


def test_whole_number_is_asked_for_only_where_the_parser_checks_it() -> None:
    number = option("--limit", value=YES, metavar="int")
    assert only(page("help text", number, family="cobra")).kind is Kind.INTEGER
    assert only(page("help text", number, family="GNU")).kind is Kind.TEXT
    assert only(page("help text", option("-n", value=YES, metavar="NUM"))).kind is Kind.TEXT


def test_file_and_folder_are_known_by_the_name_of_the_value() -> None:
    assert only(page("help text", option("-o", value=YES, metavar="FILE"))).kind is Kind.PATH
    assert only(page("help text", option("-C", value=YES, metavar="<dir>"))).kind is Kind.DIRECTORY


def test_secret_is_known_by_its_spelling() -> None:
    found = only(page("help text", option("--password", value=YES, default="hunter2")))
    assert found.secret
    assert "hunter2" not in repr(found.default)


def test_global_option_shown_again_below_belongs_to_the_command_above() -> None:
    root = page("help text", option("--repo", value=YES), commands=(CommandFact("push"),))
    below = Page(
        "help text", ("push",), options=(option("--repo", value=YES, group="Global Flags"),)
    )
    tree = Tree({(): merged([root]), ("push",): merged([below])})
    (push,) = to_command(tree, "tool").commands
    assert (push.parameters[0].address, push.parameters[0].inherited) == ("repo", True)


def test_option_of_the_same_name_below_is_another_one() -> None:
    root = page("help text", option("-C", value=YES), commands=(CommandFact("log"),))
    below = Page("help text", ("log",), options=(option("-C", value=NO),))
    tree = Tree({(): merged([root]), ("log",): merged([below])})
    (log,) = to_command(tree, "tool").commands
    assert log.parameters[0].address == "log.C"


def test_name_of_a_command_is_not_asked_for_as_an_argument() -> None:
    words = ("tool", "command", "ARGS", "file")
    places = tuple(PositionalFact(word, required=True) for word in words)
    below = (CommandFact("put", help="Put it there."),)
    made = command(page("man page", positionals=places, commands=below))
    assert [each.name for each in made.parameters] == ["file"]
    alone = command(page("man page", positionals=places))
    assert [each.name for each in alone.parameters] == list(map(str.lower, words))


def test_unread_command_is_lazy() -> None:
    root = page("help text", commands=(CommandFact("push", help="Send."),))
    (push,) = to_command(Tree({(): merged([root])}), "tool").commands
    assert (push.lazy, push.help) == (True, "Send.")


FILE = PositionalFact("FILE", required=False, repeat=True)
LONG, SHORT, SINGLE = ("--out", "-o"), ("-o",), ("-out",)
SPELLED = [
    ("GNU", LONG, "-x", ["--out=-x"]),
    ("GNU", SHORT, "-x", ["-o-x"]),
    ("GNU", SHORT, "=x", ["-o", "=x"]),
    ("GNU", SHORT, "", ["-o", ""]),
    ("clap", LONG, "-x", ["--out=-x"]),
    ("clap", SHORT, "=x", ["-o==x"]),
    ("cobra", SHORT, "=x", ["-o==x"]),
    ("yargs", SHORT, "abc", ["-o=abc"]),
    ("go", SINGLE, "-x", ["-out=-x"]),
    ("ffmpeg", SINGLE, "-x", ["-out", "-x"]),
    ("", LONG, "x", ["--out=x"]),
    ("", SHORT, "x", ["-o", "x"]),
    ("", SINGLE, "x", ["-out", "x"]),
]


@pytest.mark.parametrize(("family", "spellings", "value", "words"), SPELLED)
def test_values_are_spelled_as_the_family_reads_them(
    family: str, spellings: tuple[str, ...], value: str, words: list[str]
) -> None:
    root = command(page("help text", OptionFact(spellings, value=YES), family=family))
    assert spell([root], {root.parameters[0].address: value}) == words


def test_values_behind_long_options_stand_apart_where_the_help_shows_them_so() -> None:
    help_page = page("help text", option("--out", value=YES), positionals=(FILE,))
    tree = Tree({(): merged([help_page])}, texts=["  --out <file>  Where to\n"])
    assert spell([to_command(tree, "tool")], {"out": "x", "file": ["y"]}) == ["--out", "x", "y"]


def test_value_of_an_option_never_becomes_an_option() -> None:
    root = command(
        page("help text", option("--color", value=OPTIONAL, attached=True), family="GNU")
    )
    assert spell([root], {"color": "--evil"}) == ["--color=--evil"]
