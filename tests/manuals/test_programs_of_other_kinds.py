"""Causes met with programs of other kinds: completions of others, help that is always the same."""

from __future__ import annotations

from webify.manuals.command import Tree, to_command
from webify.manuals.facts import NO, YES, CommandFact, OptionFact, Page, PositionalFact
from webify.manuals.man import read_man
from webify.manuals.merging import merged
from webify.manuals.zsh import read_zsh

LISTED = tuple(CommandFact(name) for name in ("install", "list"))


def bold(text: str) -> str:
    return "".join(f"{char}\b{char}" for char in text)


def names_of_commands(usage: str, *, own: bool) -> list[str]:
    root = Page("help text", usage=usage, commands=LISTED)
    pages = {(): merged([root]), ("list",): merged([Page("help text")] if own else [])}
    tree = Tree(pages, dropped={("install",)} if own else {("install",), ("list",)})
    return [each.name for each in to_command(tree, "tool").commands]


def test_commands_stay_where_the_same_help_is_shown_behind_every_word() -> None:
    assert names_of_commands("tool [options] command", own=False) == ["install", "list"]


def test_commands_go_where_the_program_knows_others_or_has_no_place_for_one() -> None:
    assert names_of_commands("tool [options] command", own=True) == ["list"]
    assert names_of_commands("tool [options] FILE", own=False) == []


def test_completion_of_another_program_of_the_name_tells_nothing_of_an_option() -> None:
    mine = Page("help text", options=(OptionFact(("-B", "--relative"), value=NO),))
    other = OptionFact(("-B", "--block-size"), value=YES, metavar="size")
    found = merged([mine, Page("zsh completion", options=(other,))], ["-B, --relative"])
    assert [each.spellings for each in found.page.options] == [("-B", "--relative")]
    assert found.page.options[0].value == NO


def test_long_name_that_the_program_tells_of_elsewhere_is_kept() -> None:
    mine = Page("help text", options=(OptionFact(("-q", "--quiet"), value=NO),))
    other = Page("fish completion", options=(OptionFact(("-q", "--silent"), value=NO),))
    found = merged([mine, other], ["-q, --quiet   same as --silent"])
    assert found.page.options[0].spellings == ("-q", "--quiet", "--silent")


def test_words_of_a_completion_file_are_no_commands_where_the_usage_has_no_place_for_one() -> None:
    words = Page("zsh completion", commands=(CommandFact("mark"), CommandFact("owner")))
    texts = ["wall -A chain rule\n mark owner"]
    without = merged([Page("help text", usage="wall -A chain rule"), words], texts)
    assert without.page.commands == ()
    place = merged([Page("help text", usage="wall OBJECT { mark | owner }"), words], texts)
    assert [each.name for each in place.page.commands] == ["mark", "owner"]


def test_usage_that_lists_the_commands_tells_no_arguments() -> None:
    shown = tuple(PositionalFact(name) for name in ("install", "list", "pkg"))
    page = Page("man page", commands=LISTED, positionals=shown)
    assert merged([page]).page.positionals == ()


def test_what_only_bash_offers_for_a_command_without_help_is_left_out() -> None:
    fish = Page("fish completion", options=(OptionFact(("--purge",), value=NO),))
    bash = Page("bash completion", options=(OptionFact(("--purge",)), OptionFact(("--other",))))
    assert [each.spellings for each in merged([fish, bash]).page.options] == [("--purge",)]
    assert len(merged([bash]).page.options) == 2


def test_what_a_command_would_print_is_no_list_of_choices() -> None:
    script = "#compdef pack\n_arguments '--style=[colours]:style:( $(pack --styles) )' '-k[keep]'\n"
    (style, _) = read_zsh(script, "pack")[()].options
    assert (style.spellings, style.value, style.choices) == (("--style",), YES, ())


def test_options_under_headings_that_are_commands_are_none_of_the_program() -> None:
    text = f"""DEPOT(1)                     General Commands Manual                     DEPOT(1)

{bold("NAME")}
       depot - a store of parcels

{bold("SYNOPSIS")}
       {bold("depot")} command [option]... [argument]...

{bold("OPTIONS")}
       {bold("-q")}, {bold("--quiet")}
              say nothing

{bold("COMMANDS")}
   {bold("pack")}
       put files into a parcel:

       {bold("-U")}, {bold("--unsealed")}
              leave it open

   {bold("send")}
       hand a parcel to the carrier

       {bold("-f")}, {bold("--fast")}
              by air
"""
    page = read_man(text, program="depot")
    assert page is not None
    assert [fact.spellings for fact in page.options] == [("-q", "--quiet")]
    assert [fact.name for fact in page.commands] == ["pack", "send"]


def test_names_under_a_text_about_these_options_are_options_each() -> None:
    text = f"""WRAP(1)                      General Commands Manual                      WRAP(1)

{bold("OPTIONS")}
       {bold("-tls1")}, {bold("-tls1_2")}, {bold("-no_tls1")}
              These options require or disable the use of a protocol.
"""
    page = read_man(text, program="wrap")
    assert page is not None
    assert [fact.spellings for fact in page.options] == [("-tls1",), ("-tls1_2",), ("-no_tls1",)]
