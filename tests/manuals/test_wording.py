"""Laws of finding what the words of a help text tell of values."""

from __future__ import annotations

import pytest

from webify.manuals.wording import (
    choices_in,
    default_in,
    deprecated_in,
    env_in,
    repeats_in,
    required_in,
)

CHOICES = {
    "Coloring [default: auto] [possible values: auto, always, never]": "auto always never",
    'what to write (choices: "a", "b", default: "a")': "a b",
    "WHEN is 'always', 'never', or 'auto'": "always never auto",
    "WHEN can be 'always' (default if omitted), 'auto', or 'never'; more": "always auto never",
    "output format, one of: json, text or yaml.": "json text yaml",
    "one of json, text or yaml": "json text yaml",
    "Must be one of `a`, `b`.": "a b",
    "Possible values:\n- always: Always\n- never:  Never\n- auto": "always never auto",
    "format (json|text)": "json text",
    "Platform target (browser | node | neutral, default browser)": "browser node neutral",
    "[string] info | warn | error": "info warn error",
    "Choices: any of [0, 10, 'DEBUG']": "0 10 DEBUG",
    "one of: commonjs, es6/es2015, es2020, nodenext": "commonjs es6 es2015 es2020 nodenext",
}

# text -> name of the value, choices: lists that stand without a word that says what they are
ENDINGS = {
    "Use color (auto, always, never)": ("WHEN", "auto always never"),
    "Private key file type (DER/PEM/ENG)": ("type", "DER PEM ENG"),
    "client certificate type, PEM or DER": ("TYPE", "PEM DER"),
    "Select sort: name,version,size.": ("X", "name version size"),
    "sort by WORD: none (-U), size (-S), time (-t)": ("WORD", "none size time"),
    "across -x, commas -m, long -l": ("WORD", "across commas long"),
    "all lines; METHOD={none(default),prepend,separate}": ("METHOD", "none prepend separate"),
    "which fields to print (name, size, date)": ("LIST", ""),
    "sort by a comma separated list of: name, size, date": ("KEYS", ""),
    "what to copy, default: mode,owner,time": ("ATTRIBUTES", ""),
    "time until it stops (ms, s or m)": ("duration", ""),
}


@pytest.mark.parametrize("text", ENDINGS)
def test_a_list_at_the_end_gives_choices_where_few_are_likely(text: str) -> None:
    metavar, choices = ENDINGS[text]
    assert [choice.value for choice in choices_in(text, metavar)] == choices.split()


@pytest.mark.parametrize("text", CHOICES)
def test_words_that_list_all_values_give_the_choices(text: str) -> None:
    assert [choice.value for choice in choices_in(text, "WHEN")] == CHOICES[text].split()


@pytest.mark.parametrize(
    "text",
    [
        "Must be one of a, b, etc.",
        "one of the following formats is used",
        "This can be any path or url",
        "the key can be either a or b",
        "print a or b",
        "[boolean | string] open a browser",
        "sorts by name, size or date",
    ],
)
def test_words_that_leave_it_open_give_no_choices(text: str) -> None:
    assert choices_in(text) == ()


def test_the_meaning_of_a_choice_is_its_label() -> None:
    found = choices_in("How.\nPossible values:\n- fast: takes little time\n- small: takes no room")
    assert [choice.label for choice in found] == ["takes little time", "takes no room"]


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("[default: 1]", "1"),
        ('(default "a b")', "a b"),
        ("(default: 3, env: LEVEL)", "3"),
        ("Defaults to 80.", "80"),
        ("The default is `x`.", "x"),
        ("(default if omitted)", ""),
        ("by default the system decides", ""),
    ],
)
def test_the_default_is_read_as_told(text: str, default: str) -> None:
    assert default_in(text) == default


def test_words_tell_whether_an_option_may_be_repeated() -> None:
    assert repeats_in("(can be specified multiple times)") is True
    assert repeats_in("This option may be repeated.") is True
    assert repeats_in("cannot be used more than once") is False
    assert repeats_in("the number of files") is None


def test_marks_of_other_kinds_are_read() -> None:
    assert env_in("what [env: A_TOOL=]") == ("A_TOOL",)
    assert env_in("what ($A_TOOL)") == ("A_TOOL",)
    assert deprecated_in("DEPRECATED: use --y") == "DEPRECATED: use --y"
    assert deprecated_in("a fine option") == ""
    assert required_in("its name [required]") is True
    assert required_in("its name") is None


@pytest.mark.parametrize("piece", ["a, ", "'a', ", "one of ", "[default: ", "a|", "(", "can be "])
def test_hostile_words_are_read_at_once(piece: str) -> None:
    text = "one of: " + piece * 200_000
    choices_in(text, "X")
    default_in(text)
    repeats_in(text)
    env_in(text)
    deprecated_in(text)
