"""Manual pages as `man` renders them, from every macro package, beside what is read of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.manuals.written import compared, shown
from webify.manuals.facts import NO, OPTIONAL, YES, OptionFact
from webify.manuals.man import read_man

PAGES = sorted((Path(__file__).parent / "man").glob("*.txt"))
SECONDS = 20.0  # of the processor


def bold(text: str) -> str:
    return "".join(f"{char}\b{char}" for char in text)


def lined(text: str) -> str:
    return "".join(f"_\b{char}" for char in text)


def tag(head: str, text: str) -> str:
    return f"{head}\n              {text}\n"


def options(text: str) -> dict[str, OptionFact]:
    page = read_man(text, program="pack")
    facts = page.options if page else ()
    return {word: fact for fact in facts for word in (*fact.spellings, *fact.negations)}


def page(*entries: str, title: str = "OPTIONS") -> str:
    head = f"{bold('NAME')}\n       pack - put files into one\n\n{bold(title)}\n"
    return head + "\n".join(f"       {entry}" for entry in entries) + "\n"


def test_folder_holds_a_page_of_each_macro_package() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_is_read_as_written_down(path: Path, golden: bool) -> None:
    program, _, rest = path.stem.partition(".")
    found = read_man(
        path.read_text("utf-8"), program=program, path=tuple(rest.split(".")) if rest else ()
    )
    assert found is not None
    compared(shown({(): found}), path.with_suffix(".json"), golden)


def test_underlined_word_behind_a_bold_option_is_its_value() -> None:
    facts = options(
        page(
            f"{bold('-o')} {lined('file')}", "       Write to it.", f"{bold('-v')}", "       Talk."
        )
    )
    assert (facts["-o"].value, facts["-o"].metavar, facts["-v"].value) == (YES, "file", NO)


def test_value_glued_to_a_short_option_is_told_by_its_style() -> None:
    facts = options(page(f"{bold('-O')}{lined('level')}", "       Optimise."))
    assert (facts["-O"].value, facts["-O"].metavar) == (YES, "level")


def test_optional_value_in_brackets_is_optional() -> None:
    facts = options(page(f"{bold('--color')}[=_\bW_\bH_\bE_\bN]", "       Use colours."))
    assert facts["--color"].value == OPTIONAL


def test_text_on_the_line_of_a_short_tag_is_no_value() -> None:
    facts = options(
        page(f"{bold('--help')} Print this help.", f"{bold('-Z')}     Compress it well")
    )
    assert [(facts[name].value, facts[name].help) for name in ("--help", "-Z")] == [
        (NO, "Print this help."),
        (NO, "Compress it well"),
    ]


def test_sentence_that_begins_with_an_option_is_none() -> None:
    prose = "-x is the same as -y and will be used when the file is not there"
    assert "-x" not in options(page(f"{bold('-a')}", "       All.", "", prose, title="DESCRIPTION"))


def test_paragraph_that_goes_on_with_an_option_names_none() -> None:
    lines = ("Files are sorted unless", f"{bold('-q')} or another option of this kind is given.")
    assert options(page(*lines, title="DESCRIPTION")) == {}


def test_options_of_a_command_inside_a_shell_are_not_those_of_the_program() -> None:
    head = f"{bold('read')} [{bold('-r')}]"
    text = page(tag(head, f"{bold('-r')}     Raw words."), title="BUILTINS")
    assert "-r" not in options(text)


def test_examples_name_no_options() -> None:
    text = page(f"{bold('-x')}", "       Try this.", title="EXAMPLES")
    assert options(text) == {}


def test_heads_that_share_their_text_are_one_option_or_several() -> None:
    facts = options(
        page(
            f"{bold('-k')}",
            f"{bold('--keep')}",
            "       Keep it.",
            "",
            f"{bold('-x')}",
            f"{bold('-y')}",
            "       Both.",
        )
    )
    assert facts["-k"] is facts["--keep"]
    assert facts["-x"] is not facts["-y"]
    assert facts["-x"].help == facts["-y"].help == "Both."


def test_text_as_far_left_as_its_head_is_its_text() -> None:
    facts = options(
        page(f"{bold('--all')}", "", "Take all of them.", "", f"{bold('--one')}", "", "Take one.")
    )
    assert (facts["--all"].help, facts["--one"].help) == ("Take all of them.", "Take one.")


def test_colours_in_place_of_overstrikes_are_read_alike() -> None:
    text = page("\x1b[1m-o\x1b[0m \x1b[4mfile\x1b[24m", "       Write to it.")
    assert (options(text)["-o"].value, options(text)["-o"].metavar) == (YES, "file")


def test_synopsis_tells_positionals_and_options_that_no_list_names() -> None:
    form = f"[{bold('-46')}] [{bold('-b')} {lined('to')}] {lined('source')} [{lined('target')} ...]"
    text = f"{bold('SYNOPSIS')}\n       {bold('pack')} {form}\n"
    found = read_man(text, program="pack")
    assert found is not None
    source, target = found.positionals
    assert (source.name, source.required, bool(source.repeat)) == ("source", True, False)
    assert (target.name, target.required, bool(target.repeat)) == ("target", False, True)
    assert {word for fact in found.options for word in fact.spellings} == {"-4", "-6", "-b"}


def test_commands_with_pages_of_their_own_are_listed() -> None:
    listed = (tag(f"{bold('pack-add')}(1)", "Add files."), tag(f"{bold('other-one')}(1)", "No."))
    text = page(*listed, title="COMMANDS")
    found = read_man(text, program="pack")
    assert [(each.name, each.help) for each in (found.commands if found else ())] == [
        ("add", "Add files.")
    ]


def test_bold_commands_count_where_the_synopsis_has_a_place_for_one() -> None:
    listed = (tag(f"{bold('add')} {lined('file')}", "Add it."), tag(bold("drop"), "Drop it."))
    lists = page(*listed, title="COMMANDS")
    wanted = f"{bold('SYNOPSIS')}\n       {bold('pack')} {lined('command')}\n"
    for synopsis, names in ((wanted, ["add", "drop"]), ("", [])):
        found = read_man(synopsis + lists, program="pack")
        assert [each.name for each in (found.commands if found else ())] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\b\b\b",
        "_\b",
        "\x1b[",
        "no page at all",
        "-x\n" * 3,
        "\x00\b\x00",
        "a\b" * 1000,
    ],
)
def test_broken_text_is_read_as_far_as_it_goes(text: str) -> None:
    found = read_man(text, program="pack")
    assert found is None or found.source == "man page"


@pytest.mark.clock
@pytest.mark.parametrize(
    "piece",
    [
        "       -x, --long=VALUE\n              text of it\n",
        "-" * 79 + "\n",
        "       [[[[((((<<<<{{{{\n",
        "       -a -b -c -d -e\n",
        "a\b" * 40 + "\n",
        "                                                                   x\n",
        "       --" + "x" * 70 + "\n",
    ],
)
def test_page_of_megabytes_takes_time_in_proportion(piece: str) -> None:
    text = f"{bold('OPTIONS')}\n" + piece * (600_000 // len(piece))
    begun = time.process_time()
    read_man(text, program="pack")
    assert time.process_time() - begun < SECONDS
