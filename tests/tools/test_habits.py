"""What a source text gives away, without running it."""

from __future__ import annotations

import pytest

from webify.tools.habits import habits_of


def found(tmp_path, text, name="tool.py"):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [(each.kind, each.what, each.line) for each in habits_of(path)]


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("x = input('Sure? ')\n", ("asks", "input()", 1)),
        ("import getpass\ngetpass.getpass()\n", ("asks", "getpass.getpass()", 2)),
        ("import click\nclick.confirm('Go?')\n", ("asks", "click.confirm()", 2)),
        ("import curses\n", ("screen", "curses", 1)),
        ("from textual.app import App\n", ("screen", "textual", 1)),
        ("import tkinter as tk\n", ("window", "tkinter", 1)),
        ("OUT = '/home/joe/out.csv'\n", ("path", "/home/joe/out.csv", 1)),
        ("OUT = r'C:\\work'\n", ("path", "C:\\work", 1)),
        ("OUT = r'\\\\server\\share'\n", ("path", "\\\\server\\share", 1)),
    ],
)
def test_habit_is_found_with_its_line(tmp_path, text, habit):
    assert found(tmp_path, text) == [habit]


@pytest.mark.parametrize(
    "text",
    [
        "# input('Sure?')\n",
        '"""Reads input() from /home/joe/x."""\n',
        "def input_file(): pass\ninput_file()\n",
        "self.input()\n",
        "from . import curses\n",
        "x = '\\\\\\\\.\\\\C:'\n",
        "def broken(:\n",
        b"\x00\xff",
    ],
)
def test_what_only_looks_like_a_habit_is_none(tmp_path, text):
    assert found(tmp_path, text) == []


def test_each_habit_is_told_once_at_its_first_place(tmp_path):
    assert found(tmp_path, "import curses\ninput()\ninput()\n") == [
        ("screen", "curses", 1),
        ("asks", "input()", 2),
    ]


def test_shell_script_that_reads_an_answer_asks(tmp_path):
    text = "#!/bin/sh\necho Sure?\nread answer\n"
    assert found(tmp_path, text, "tool.sh") == [("asks", "read", 3)]


def test_binary_and_missing_files_say_nothing(tmp_path):
    assert found(tmp_path, b"\x7fELF" + b"input()" * 100, "tool") == []
    assert habits_of(tmp_path / "none.py") == ()
