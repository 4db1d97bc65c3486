"""`webify show`: what was understood of one tool, as a person and as a program read it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.test_checking import LIAR, TOOL

BROKEN = "import no_such_module_at_all\nimport argparse\nargparse.ArgumentParser().parse_args()\n"
HOSTILE = TOOL.replace('"--size", type=int', '"--size", type=int, help="x", metavar="\\x1b[31mN"')


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in (("good", TOOL), ("liar", LIAR), ("broken", BROKEN), ("bad", HOSTILE)):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "webify.toml").write_text('[site]\ndata = "../data"\n', encoding="utf-8")
    return tmp_path


def show(*words: str, folder: Path) -> tuple[int, str]:
    asked = [sys.executable, "-m", "webify", "show", *words, str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_settings_of_a_tool_are_shown(site: Path) -> None:
    code, text = show("good", folder=site)
    assert code == 0
    assert "argparse" in text
    assert "--size" in text
    assert "integer" in text
    assert "DIFFERS" not in text


def test_the_whole_description_is_json(site: Path) -> None:
    code, text = show("good", "--json", folder=site)
    assert code == 0
    told = json.loads(text)
    assert told["framework"] == "argparse"
    assert [each["address"] for each in told["command"]["parameters"]] == [
        "help",
        "size",
        "file",
        "names",
    ]


def test_check_of_an_honest_tool_ends_well(site: Path) -> None:
    code, text = show("good", "--check", folder=site)
    assert (code, "differ" in text) == (0, False)
    assert "came back equal" in text


def test_check_says_what_differs_and_fails(site: Path) -> None:
    code, text = show("liar", "--check", folder=site)
    assert code == 1
    assert "'plain'  DIFFERS, 'other' came back" in text


def test_tool_that_cannot_be_described_is_told_with_its_traceback(site: Path) -> None:
    code, text = show("broken", folder=site)
    assert code == 1
    assert "The tool needs the module no_such_module_at_all" in text
    assert "ModuleNotFoundError" in text


def test_tool_without_a_parser_is_said_to_be_spelled_by_its_family(site: Path) -> None:
    text = "print('usage: plain [--name TEXT]\\n\\n  --name TEXT  whose')"
    guarded = f"import argparse\nif __name__ == '__main__':\n    {text}  # ArgumentParser\n"
    (site / "plain.py").write_text(guarded, encoding="utf-8")
    toml = site / "webify.toml"
    added = '[tools.plain]\ntarget = "plain.py"\n'
    toml.write_text(toml.read_text("utf-8") + added, encoding="utf-8")
    code, told = show("plain", "--check", folder=site)
    assert code == 0
    assert "plain.py: described from its help text" in told
    assert "No parser of this tool can be asked" in told


def test_unknown_tool_is_told(site: Path) -> None:
    code, text = show("nothing", folder=site)
    assert code != 0
    assert "There is no tool “nothing”." in text


def test_words_of_a_tool_cannot_steer_the_terminal(site: Path) -> None:
    code, text = show("bad", "--check", folder=site)
    assert code == 0
    assert "\x1b" not in text


def test_tool_that_is_mistyped_is_told_with_the_one_that_may_be_meant(site: Path) -> None:
    code, text = show("Goood", folder=site)
    assert code == 1
    assert "There is no tool “Goood”. Did you mean “good”?" in text
