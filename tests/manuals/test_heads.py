"""Laws of reading the head of an entry into an option."""

from __future__ import annotations

import pytest

from webify.manuals.facts import NO, OPTIONAL, YES
from webify.manuals.heads import read_head

# head -> spellings, negations, value, metavar
HEADS = {
    "-o, --output=FILE": (("-o", "--output"), (), YES, "FILE"),
    "-o FILE, --output FILE": (("-o", "--output"), (), YES, "FILE"),
    "--color[=WHEN]": (("--color",), (), OPTIONAL, "WHEN"),
    "--color [WHEN]": (("--color",), (), OPTIONAL, "WHEN"),
    "--[no-]verify": (("--verify",), ("--no-verify",), NO, ""),
    "--[section-]headers": (("--section-headers", "--headers"), (), NO, ""),
    "--colo[u]r=WHEN": (("--colour", "--color"), (), YES, "WHEN"),
    "-v, --verbose...": (("-v", "--verbose"), (), NO, ""),
    "--shout / --no-shout": (("--shout",), ("--no-shout",), NO, ""),
    "--foo, --no-foo": (("--foo",), ("--no-foo",), NO, ""),
    "-f|--force": (("-f", "--force"), (), NO, ""),
    "-h [ --help ]": (("-h", "--help"), (), NO, ""),
    "-O [ --level ] arg (=10)": (("-O", "--level"), (), YES, "arg"),
    "-j [N], --jobs[=N]": (("-j", "--jobs"), (), OPTIONAL, "N"),
    "-L [bind_address:]port:host": (("-L",), (), YES, "[bind_address:]port:host"),
    "-D<name>[=<value>]": (("-D",), (), YES, "<name>[=<value>]"),
    "-I[DIR]": (("-I",), (), OPTIONAL, "DIR"),
    "-nNUM": (("-n",), (), YES, "NUM"),
    "--define:K=V": (("--define",), (), YES, "K=V"),
    "-exec COMMAND {} +": (("-exec",), (), YES, "COMMAND {} +"),
    "-adaptive-blur geometry": (("-adaptive-blur",), (), YES, "geometry"),
    "-#, --progress-bar": (("-#", "--progress-bar"), (), NO, ""),
    "-:, --next": (("-:", "--next"), (), NO, ""),
    '-1 ("one"), --single': (("-1", "--single"), (), NO, ""),
    "--version,-version,/V [<file>]": (("--version", "-version"), (), OPTIONAL, "file"),
    "-p, p, --pid <PID>": (("-p", "--pid"), (), YES, "PID"),
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_shows_its_spellings_and_its_value(head: str) -> None:
    fact = read_head(head)
    assert fact
    assert (fact.spellings, fact.negations, fact.value, fact.metavar) == HEADS[head]


@pytest.mark.parametrize("head", ["--x={a|b}", "--x {a,b}", "--x [a|b]", "--x=<a|b>", "--x (a|b)"])
def test_a_placeholder_that_spells_out_choices_gives_them(head: str) -> None:
    fact = read_head(head)
    assert fact
    assert [choice.value for choice in fact.choices] == ["a", "b"]
    assert fact.value == YES


@pytest.mark.parametrize("head", ["--x <FILE|DIR>", "--x NAME|ID", "--x A,B,..."])
def test_names_of_kinds_of_values_are_no_choices(head: str) -> None:
    fact = read_head(head)
    assert fact
    assert fact.choices == ()


def test_an_optional_value_at_the_option_must_be_joined_to_it() -> None:
    joined, apart = read_head("--color[=WHEN]"), read_head("--color [WHEN]")
    assert [fact and fact.attached for fact in (joined, apart)] == [True, False]


def test_a_value_with_dots_may_be_given_again() -> None:
    fact = read_head("-x, --exec <cmd>...")
    assert fact
    assert fact.repeat


@pytest.mark.parametrize("head", ["--hidden is an option", "the -x option", "--", "-", "", "- x"])
def test_a_sentence_is_no_head(head: str) -> None:
    assert read_head(head, sure=False) is None


@pytest.mark.parametrize("piece", ["[", "-x[", "--a=", "<", ", -x", "|-a", "(", "{a,", "...", " "])
def test_a_hostile_head_is_read_at_once(piece: str) -> None:
    read_head("-x " + piece * 100_000)
