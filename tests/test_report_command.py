"""`webify report` in a terminal."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.serving import ROOT
from webify.commands.site import json_of

GOOD = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--x')\n"
GOOD += "parser.parse_args()\n"


def report(folder, *words):
    ended = subprocess.run(
        [sys.executable, "-m", "webify", "report", str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    return ended.returncode, ended.stdout


def site(tmp_path, **tools):
    folder = tmp_path / "tools"
    folder.mkdir()
    for name, text in tools.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder, "--data", str(tmp_path / "data")


def test_report_of_good_tools_is_a_table_and_ends_with_0(tmp_path):
    code, text = report(*site(tmp_path, good=GOOD))
    assert code == 0
    assert " ".join(text.split()[:7]) == "Tool Parser Result Settings What to do"
    assert "good" in text
    assert "1 of 1" in text
    assert text.splitlines()[-1] == "1 tool: 1 ready, 0 worth a look, 0 not converted."


def test_report_of_a_tool_that_does_not_convert_ends_with_1(tmp_path):
    code, text = report(*site(tmp_path, good=GOOD, bad="import no_such_thing, argparse\n" + GOOD))
    assert code == 1
    assert "no_such_thing" in text


def test_report_json_of_is_one_list(tmp_path):
    code, text = report(*site(tmp_path, good=GOOD), "--json")
    assert code == 0
    (told,) = json.loads(text)
    assert (told["slug"], told["result"], told["settings"]) == ("good", "ready", 1)


def test_words_of_a_tool_cannot_steer_the_terminal(tmp_path):
    evil = GOOD.replace("'--x'", "'--x', metavar='\\x1b[31m', type=lambda text: text")
    _, text = report(*site(tmp_path, evil=evil))
    assert "\x1b" not in text


def test_json_is_text_whatever_a_tool_is_called(tmp_path):
    folder, *words = site(tmp_path, good=GOOD)
    (folder / "webify.toml").write_text('[tools.good]\ntitle = "é"\n', encoding="utf-8")
    code, text = report(folder, *words, "--json")
    assert (code, json.loads(text)[0]["title"]) == (0, "é")
    half = json_of({"title": "odd\udcff"})
    assert half.isascii()
    assert json.loads(half) == {"title": "odd\udcff"}


def test_folder_without_tools_is_reported_as_such(tmp_path):
    code, text = report(*site(tmp_path))
    assert code == 0
    assert text.splitlines()[-1] == "0 tools: 0 ready, 0 worth a look, 0 not converted."


@pytest.mark.parametrize("fault", ["missing", "a file", "broken settings"])
def test_folder_that_cannot_be_used_ends_with_2(tmp_path, fault):
    folder, *words = site(tmp_path, good=GOOD)
    if fault == "missing":
        folder /= "nowhere"
    elif fault == "a file":
        folder /= "good.py"
    else:
        (folder / "webify.toml").write_text("x = [", encoding="utf-8")
    assert report(folder, *words) == (2, "")


def test_table_of_a_tool_that_is_not_there_is_answered_with_its_true_name(tmp_path):
    folder, *options = site(tmp_path, stock_report=GOOD)
    named = '[tools.stock-report]\ntitle = "Levels"\n'
    (folder / "webify.toml").write_text(named, encoding="utf-8")
    code, text = report(folder, *options)
    assert code == 1
    assert "“stock-report”" in text  # on one line, so that it can be found
    assert "Did you mean “stock_report”?" in " ".join(text.split())
    assert "Name it as it is called, or take its table out" in " ".join(text.split())
