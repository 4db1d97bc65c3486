"""No value becomes an option, whichever parser a program may have."""

from __future__ import annotations

import pytest

from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.manuals.spelling import syntax_of
from webify.model.command import Command, Parameter

GNU = ("--color", "--directory", "-C", "-v", "--verbose")
GNU_AND_ONE = (*GNU, "-EFG")
SINGLE = ("-name", "-exec", "-delete", "-o")
MOSTLY_SINGLE = (*SINGLE, "--help", "--version")
PLAIN = ("--target", "--all", "-t", "-a")


def argv(family: str, words: tuple[str, ...], said: str, option: str, value: str) -> list[str]:
    own = [Parameter("option", (option,))] if option else []
    command = Command(
        "program",
        parameters=(*own, Parameter("word", least=0)),
        syntax=syntax_of(family, words, [said]),
    )
    return spell((command,), {"option" if option else "word": value})


@pytest.mark.parametrize(
    ("family", "words", "said"),
    [
        ("", PLAIN, ""),
        ("", SINGLE, ""),
        ("", MOSTLY_SINGLE, ""),
        ("GNU", MOSTLY_SINGLE, "see gnu.org/"),
        ("ffmpeg", SINGLE, ""),
    ],
)
def test_word_with_a_dash_is_refused_where_no_separator_is_known(
    family: str, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValuesRefused):
        argv(family, words, said, "", "-delete")
    assert argv(family, words, said, "", "plain") == ["plain"]


@pytest.mark.parametrize(
    ("family", "words", "said"),
    [
        ("GNU", GNU, ""),
        ("GNU", GNU_AND_ONE, ""),
        ("getopt", ("-a", "-b"), ""),
        ("clap", PLAIN, ""),
        ("rich", PLAIN, ""),
        ("cobra", PLAIN, ""),
        ("go", SINGLE, ""),
        ("", PLAIN, "Usage: program [-t TARGET] [--] FILE"),
        ("", PLAIN, "Options:\n  --all  All\n  --     ends the options\n"),
    ],
)
def test_separator_stands_before_a_word_with_a_dash_where_it_is_known(
    family: str, words: tuple[str, ...], said: str
) -> None:
    assert argv(family, words, said, "", "-delete") == ["--", "-delete"]


@pytest.mark.parametrize("words", [SINGLE, MOSTLY_SINGLE])
def test_value_apart_that_begins_with_a_dash_is_refused_where_the_parser_is_unknown(
    words: tuple[str, ...],
) -> None:
    with pytest.raises(ValuesRefused):
        argv("", words, "", "-name", "-delete")
    assert argv("", words, "", "-name", "-5") == ["-name", "-5"]
    assert argv("", words, "", "-name", "x") == ["-name", "x"]


def test_value_apart_may_begin_with_a_dash_where_the_next_word_is_always_the_value() -> None:
    assert argv("ffmpeg", SINGLE, "", "-name", "-delete") == ["-name", "-delete"]
    assert argv("GNU", GNU, "", "-C", "-delete") == ["-C-delete"]
