"""What a question asks for is read from its words, and in doubt it is a text."""

from __future__ import annotations

import pytest

from webify.runs.prompt import read_prompt

YES_NO = "y=Yes n=No"
CASES = [  # the last lines, the kind, choices "value=label ...", the default
    ("Measure it too? [y/N] ", "choice", YES_NO, "n"),
    ("Continue? [Y/n]: ", "choice", YES_NO, "y"),
    ("Overwrite it (yes/no)? ", "choice", "yes=Yes no=No", ""),
    ("Delete everything (yes/No) ", "choice", "yes=Yes no=No", "no"),
    ("Do you want to continue? [Y/n] ", "choice", YES_NO, "y"),
    ("Proceed ([y]/n)? ", "choice", YES_NO, "y"),
    ("rm: remove regular file 'a b'? ", "choice", YES_NO, "n"),
    ("Are you sure you want to continue connecting (yes/no/[fingerprint])? ", "choice",
     "yes=Yes no=No", ""),
    ("Colour (red, green, blue) [green]: ", "choice", "red=red green=green blue=blue", "green"),
    ("Level [low/medium/high]: ", "choice", "low=low medium=medium high=high", ""),
    ("replace x? [y]es, [n]o, [A]ll, [N]one, [r]ename: ", "choice",
     "y=Yes n=No A=All N=None r=Rename", ""),
    ("Pick one\n1) red\n2) dark green\nChoose: ", "choice", "1=1:_red 2=2:_dark_green", ""),
    ("  [1] red\n  [2] green\nColour [1]: ", "choice", "1=1:_red 2=2:_green", "1"),
    ("Delete the password file? [y/N] ", "choice", YES_NO, "n"),
    ("Password: ", "secret", "", ""),
    ("[sudo] password for joe: ", "secret", "", ""),
    ("Password for 'https://joe@example.com': ", "secret", "", ""),
    ("Enter passphrase for key '/home/joe/.ssh/id': ", "secret", "", ""),
    ("Your PIN: ", "secret", "", ""),
    ("Passwort: ", "secret", "", ""),
    ("Warning: Password input may be echoed.\nWord? ", "secret", "", ""),
    ("Press Enter to continue...", "enter", "", ""),
    ("Press any key to continue . . . ", "enter", "", ""),
    ("-- More --", "enter", "", ""),
    ("Press Enter or type a command: ", "text", "", ""),
    ("Your name: ", "text", "", ""),
    ("Name [World]: ", "text", "", "World"),
    ("Folder [usr/local]: ", "text", "", "usr/local"),
    ("Start [2026/11/27]: ", "text", "", "2026/11/27"),
    ("Where is it [/etc/passwd]? ", "text", "", "/etc/passwd"),
    ("Path of the token file: ", "text", "", ""),
    ("> ", "text", "", ""),
    ("1) one\n3) three\nChoose: ", "text", "", ""),
    ("", "input", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "choices", "default"), CASES)
def test_words_of_a_question_tell_its_answers(
    said: str, kind: str, choices: str, default: str
) -> None:
    prompt = read_prompt(said.split("\n"), ended=False)
    offered = " ".join(f"{each.value}={each.label.replace(' ', '_')}" for each in prompt.choices)
    assert (prompt.kind, offered, prompt.default) == (kind, choices, default)


def test_line_that_has_ended_is_a_question_only_where_it_looks_like_one() -> None:
    assert read_prompt(["Go on? [y/N]"], ended=True).kind == "choice"
    assert read_prompt(["What is your name?"], ended=True).text == "What is your name?"
    assert read_prompt(["42 rows read."], ended=True).kind == "input"


def test_word_to_repeat_a_password_is_a_password_too() -> None:
    assert read_prompt(["Repeat for confirmation: "], ended=False).kind == "text"
    again = read_prompt(["Repeat for confirmation: "], ended=False, after_secret=True)
    assert again.kind == "secret"


def test_endless_question_is_shown_by_its_end() -> None:
    prompt = read_prompt(["x" * 5000 + "? [y/N]"], ended=False)
    assert prompt.kind == "choice"
    assert len(prompt.text) < 1100
