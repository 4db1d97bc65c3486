"""The tool's own parser is asked: what it refuses, and whether values reach it as they are."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tools.test_dispatching import HAND
from webify.model.command import Command
from webify.model.plain import from_plain
from webify.settings import Settings
from webify.tool_settings import ToolSettings
from webify.tools.checking import Refusal, asked, behind, heard_of
from webify.tools.dispatching import described
from webify.tools.finding import Finder, Found
from webify.tools.probing import Answer, read_answer
from webify.tools.trying import Outcome, tried

TOOL = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--size", type=int)
parser.add_argument("--file", type=argparse.FileType())
parser.add_argument("names", nargs="*")
parser.parse_args()
open("worked", "w")
"""


def found(folder: Path, text: str) -> Found:
    (folder / "hand.py").write_text(text, encoding="utf-8")
    tools = {"hand": ToolSettings(target="hand.py")}
    return (Finder(Settings(folder, folder / "data", tools=tools), "1").find() or ())[0]


def command(tool: Found) -> Command:
    answer = described(tool, 20.0)
    assert answer.command is not None, answer
    return from_plain(Command, answer.command)


def test_parser_that_takes_the_arguments_refuses_nothing(tmp_path: Path) -> None:
    assert asked(found(tmp_path, TOOL), ["--size=3", "--", "-x"], 20.0) is None


def test_refusal_is_the_parsers_own_sentence(tmp_path: Path) -> None:
    refusal = asked(found(tmp_path, TOOL), ["--size=big"], 20.0)
    assert refusal == Refusal("argument --size: invalid int value: 'big'", "size")


SECRET = "Hunter-22 'quagmire'"
KNOWS = f"import os\n{TOOL}".replace('nargs="*"', 'nargs="*", default=os.environ["SECRET"]')
AGAIN = """
import os, sys
if "AGAIN" not in os.environ:
    os.environ["AGAIN"] = "1"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.argv])
with open({shown!r}, "wb") as file:
    file.write(open("/proc/self/environ", "rb").read())
"""


def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what probes write from now on."""
    seen: list[str] = []

    def read(out: Path) -> Answer | None:
        seen.append(repr(json.loads(out.read_bytes())))
        return read_answer(out)

    monkeypatch.setattr("webify.tools.probing.read_answer", read)
    return seen


@pytest.mark.parametrize("secret", [SECRET, "n", "hand", "17"])
def test_no_file_holds_the_secrets_of_a_run_that_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    seen = written(monkeypatch)
    tool = replace(found(tmp_path, KNOWS), env={"SECRET": secret})
    assert asked(tool, ["--size=3", "--", secret], 20.0, hide=(secret,)) is None
    refusal = asked(tool, [f"--size=x {secret}"], 20.0, hide=(secret,))
    assert refusal is not None
    assert refusal.sentence[:-1].endswith("x ••••••")
    assert len(seen) == 2
    assert secret == "hand" or not any(re.search(rf"\b{secret}\b", each) for each in seen)


if sys.platform == "linux":

    def test_tool_that_starts_itself_again_is_asked_without_a_secret_in_its_environment(
        tmp_path: Path,
    ) -> None:
        shown = tmp_path / "shown"
        tool = found(tmp_path, AGAIN.format(shown=str(shown)) + TOOL)
        refusal = asked(tool, ["--size=Hunter-22"], 20.0, hide=("Hunter-22", SECRET))
        assert refusal == Refusal("argument --size: invalid int value: '••••••'", "size")
        assert b"AGAIN=1" in shown.read_bytes()
        assert b"unter-22" not in shown.read_bytes()


def test_tool_that_is_asked_does_none_of_its_work(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert asked(found(tmp_path, TOOL), [], 20.0, cwd=tmp_path / "run") is None
    assert list((tmp_path / "run").iterdir()) == []


def test_command_that_is_chosen_by_hand_is_asked_itself(tmp_path: Path) -> None:
    tool = found(tmp_path, HAND)
    assert asked(tool, ["add", "--size=3", "x"], 20.0, ["add"]) is None
    refusal = asked(tool, ["add", "--size=big", "x"], 20.0, ["add"])
    assert refusal is not None
    assert "big" in refusal.sentence
    assert refusal.about in ("add.size", "--size")


def test_tool_without_a_parser_is_not_asked(tmp_path: Path) -> None:
    tool = found(tmp_path, "print('usage: hand')")
    assert asked(tool, ["--size=big"], 20.0) is None
    assert heard_of(tool, [((), ["--size=big"])], 20.0) == [None]


def test_words_before_a_command_are_left_out() -> None:
    assert behind(["-v", "store", "add", "x"], ["store", "add"]) == ["x"]
    assert behind(["-v", "x"], []) == ["-v", "x"]


def test_values_come_back_from_the_parser(tmp_path: Path) -> None:
    tool = found(tmp_path, TOOL)
    trials = tried(tool, command(tool), 20.0) or []
    assert {each.parameter.address for each in trials} == {"size", "file", "names"}
    assert {each.outcome for each in trials} == {Outcome.SAME}


def test_values_of_commands_that_are_chosen_by_hand_come_back(tmp_path: Path) -> None:
    tool = found(tmp_path, HAND)
    trials = tried(tool, command(tool), 20.0) or []
    assert {each.path for each in trials} >= {("add",)}
    assert {each.outcome for each in trials} <= {Outcome.SAME, Outcome.REFUSED}


def test_options_before_a_command_that_is_chosen_by_hand_come_back(tmp_path: Path) -> None:
    text = HAND.replace(
        "OptionParser(usage=USAGE).print_help()",
        """OptionParser(usage=USAGE)
    parser = optparse.OptionParser(usage=USAGE)
    parser.disable_interspersed_args()
    parser.add_option("--debug", action="store_true")
    parser.parse_args()""",
    )
    tool = found(tmp_path, text)
    heard: Any = heard_of(tool, [(("add",), ["--debug", "add", "--size=3", "x"])], 20.0)
    assert heard[0].values["debug"] is True
    assert heard[0].values["add.size"] == 3


LIAR = """
import argparse
class Parser(argparse.ArgumentParser):
    def parse_known_args(self, args=None, namespace=None):
        args = [each.replace("plain", "other") for each in args or ["--help"]]
        return super().parse_known_args(args, namespace)
parser = Parser()
parser.add_argument("--name")
parser.parse_args()
"""


def test_value_that_comes_back_as_another_differs(tmp_path: Path) -> None:
    tool = found(tmp_path, LIAR)
    trials: Any = tried(tool, command(tool), 20.0)
    differing = [each for each in trials if each.outcome is Outcome.DIFFERS]
    assert [(each.value, each.detail) for each in differing] == [("plain", "'other'")]


def test_values_that_the_tool_refuses_are_told_with_its_sentence(tmp_path: Path) -> None:
    text = TOOL.replace("type=int", "type=__import__('ipaddress').ip_address")
    tool = found(tmp_path, text)
    trials: Any = tried(tool, command(tool), 20.0)
    declined = [each for each in trials if each.outcome is Outcome.DECLINED]
    assert {each.parameter.address for each in declined} == {"size"}
    assert "plain" in declined[0].detail


def test_tool_that_has_no_parser_cannot_be_tried(tmp_path: Path) -> None:
    root = command(found(tmp_path, TOOL))
    assert tried(found(tmp_path, "print('usage: hand')"), root, 20.0) is None
