"""Tools that misbehave when they are asked for their help: each is told in a clear sentence."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.tools.test_checking import found
from webify.tools.dispatching import described
from webify.tools.probing import Answer

PARSER = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--x')\n"


def ask(folder: Path, text: str, seconds: float = 20.0) -> Answer:
    return described(found(folder, text), seconds)


def addresses(answer: Answer) -> list[str]:
    command: Any = answer.command
    assert command is not None, answer
    return [each["address"] for each in command["parameters"]]


def test_missing_dependency_is_named_with_the_real_traceback(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import nowhere_at_all\n" + PARSER)
    assert answer.error == (
        "The tool needs the module nowhere_at_all, which its interpreter does not have."
    )
    assert 'hand.py", line 1' in answer.trace
    assert "ModuleNotFoundError: No module named 'nowhere_at_all'" in answer.trace


def test_tool_that_ignores_help_and_works_is_told(tmp_path: Path) -> None:
    answer = ask(tmp_path, "print('3 orders sent')\n")
    assert answer.error == "It answers --help without a parser that webify knows."
    assert answer.printed == "3 orders sent\n"


@pytest.mark.clock
def test_tool_that_works_before_it_parses_is_given_up_in_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    answer = ask(tmp_path, "import threading\nthreading.Event().wait(600)\n" + PARSER, 0.5)
    assert answer.error == "hand.py did not answer --help within 0.5 s."
    assert "threading.Event().wait(600)" in answer.trace
    assert time.monotonic() - begun < 10


def test_tool_that_works_after_it_parsed_for_itself_is_described(tmp_path: Path) -> None:
    text = PARSER.replace("Parser()", "Parser(add_help=False)") + "parser.parse_known_args()\n"
    answer = ask(tmp_path, text + "import threading\nthreading.Event().wait(600)\n", 1.0)
    assert addresses(answer) == ["x"]
    assert answer.warnings == ("It went on to work though it was asked for its help only.",)


def test_tool_that_opens_a_window_finds_no_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, ":0")
    text = "import os\nif os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY'):\n"
    text += "    open('window', 'w')\nraise RuntimeError('no display name and no $DISPLAY')\n"
    answer = ask(tmp_path, text)
    assert answer.error == (
        "The tool failed before it read its arguments: "
        "RuntimeError: no display name and no $DISPLAY"
    )


HOSTILE = """
import argparse, os

class Hostile:
    def __repr__(self): os._exit(3)
    __str__ = __format__ = __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __repr__

class Raises:
    def __repr__(self): raise SystemExit("gone")
    __str__ = __repr__

class Endless:
    def __repr__(self): return "x" * 10_000_000
    __str__ = __repr__
"""


@pytest.mark.parametrize("name", ["Raises", "Endless"])
def test_values_with_a_hostile_text_are_borne(tmp_path: Path, name: str) -> None:
    text = HOSTILE + "parser = argparse.ArgumentParser()\n"
    text += f"parser.add_argument('--x', default={name}(), type=lambda text: {name}())\n"
    text += f"parser.add_argument('--y', nargs='*', default=[{name}()])\nparser.parse_args()\n"
    answer = ask(tmp_path, text)
    assert addresses(answer) == ["help", "x", "y"]


def test_value_whose_text_ends_the_process_is_told(tmp_path: Path) -> None:
    text = HOSTILE + "parser = argparse.ArgumentParser()\n"
    text += "parser.add_argument('--x', default=Hostile())\nparser.parse_args()\n"
    answer = ask(tmp_path, text)
    assert answer.command is not None or "before it" in answer.error


@pytest.mark.clock
def test_a_hundred_thousand_choices_are_borne(tmp_path: Path) -> None:
    text = "import argparse\nparser = argparse.ArgumentParser()\n"
    text += "parser.add_argument('--x', choices=range(100_000))\nparser.parse_args()\n"
    begun = time.monotonic()
    answer = ask(tmp_path, text)
    assert addresses(answer) == ["help", "x"]
    assert time.monotonic() - begun < 15


CIRCLES = {
    "argparse": PARSER + "below = parser.add_subparsers()\nbelow.add_parser('again')\n"
    "below.choices['again'] = parser\nparser.parse_args()\n",
    "click": "import click\n@click.group()\ndef one(): ...\none.add_command(one, 'two')\none()\n",
    "click in two steps": "import click\n@click.group()\ndef one(): ...\n"
    "@click.group()\ndef two(): ...\none.add_command(two)\ntwo.add_command(one)\none()\n",
    "optparse by hand": "import optparse, sys\n"
    "text = 'commands:\\n  ' + 'again   once more\\n  more    again\\n'\n"
    "optparse.OptionParser(usage=text, description=' '.join(sys.argv)).parse_args(['--help'])\n",
}


@pytest.mark.clock
@pytest.mark.parametrize("text", CIRCLES.values(), ids=CIRCLES)
def test_groups_that_hold_themselves_end(tmp_path: Path, text: str) -> None:
    begun = time.monotonic()
    answer = ask(tmp_path, text, 10.0)
    assert answer.command is not None or answer.error
    assert time.monotonic() - begun < 25


def test_tool_that_forks_and_parses_twice_is_described_once(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import os\nos.fork()\n" + PARSER + "parser.parse_args()\n")
    assert addresses(answer) == ["help", "x"]


def test_help_in_another_language_is_kept(tmp_path: Path) -> None:
    text = "print('Verwendung: hand [Optionen]\\n\\n  -h, --hilfe   zeigt diesen Text\\n')\n"
    assert "zeigt diesen Text" in ask(tmp_path, text).printed


def test_printed_bytes_that_are_no_text_are_borne(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import os\nos.write(1, bytes(range(256)) * 1000)\n")
    assert answer.error == "It answers --help without a parser that webify knows."


def test_what_is_printed_is_kept_up_to_a_bound(tmp_path: Path) -> None:
    answer = ask(tmp_path, "print('x' * 5_000_000)\n")
    assert 900_000 < len(answer.printed) <= 1_000_000
