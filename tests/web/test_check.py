"""`check = true`: the tool's own parser is asked before a run is made."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Site

EVEN = '''
"""Take even numbers from a list."""
import argparse, pathlib

def even(text):
    if int(text) % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return int(text)

def listed(path):
    found = pathlib.Path(path).read_text()
    if "stop" in found:
        raise ValueError(found)
    return found

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--number", type=even)
parser.add_argument("--list", type=argparse.FileType("r"))
parser.add_argument("--plain", type=listed)
parser.add_argument("--report", type=argparse.FileType("w"))
given = parser.parse_args()
pathlib.Path("worked").write_text("worked")
print("took", given.number, given.list and given.list.read().strip())
'''
SETTINGS = """
[tools.even]
check = true
[tools.even.parameters.plain]
kind = "file in"
"""


@pytest.fixture(scope="module")
def checking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool whose parser is asked."""
    folder = tmp_path_factory.mktemp("checking")
    (folder / "even.py").write_text(EVEN, encoding="utf-8")
    (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


LEAVES = """
import argparse, os, sys
def leaves(text):
    if text == "leave":
        sys.exit(0)
    if text == "need":
        raise argparse.ArgumentTypeError(os.environ["NEED"] + " <b>bold</b>")
    if text == "hang":
        import threading
        threading.Event().wait(600)
    return text
parser = argparse.ArgumentParser(description="Leave.")
parser.add_argument("--name", type=leaves)
parser.add_argument("--password")
given = parser.parse_args()
"""
LEAVING = """
[limits]
probe_seconds = 20
[tools.leaves]
check = true
env = { NEED = "needed" }
"""


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("leave", "The tool ends when it reads this, with exit code 0."),
        ("need", "needed &lt;b&gt;bold&lt;/b&gt;"),
    ],
)
def test_parser_is_asked_with_the_env_of_its_tool_and_its_words_are_text(
    tmp_path: Path, word: str, said: str
) -> None:
    with leaving(tmp_path) as site:
        answer = site.post("/tools/leaves", {"name": word})
        assert answer.status_code == 422
        assert said in answer.text


@pytest.mark.clock
def test_parser_that_does_not_answer_in_time_holds_up_no_run(tmp_path: Path) -> None:
    with leaving(tmp_path, "probe_seconds = 20", "probe_seconds = 1\nrun_seconds = 1") as site:
        assert site.ended(site.run("/tools/leaves", {"name": "hang"})) == '{"state": "timed out"}'


def leaving(tmp_path: Path, *changed: str) -> Site:
    (tmp_path / "tools").mkdir()
    settings = LEAVING.replace(*changed) if changed else LEAVING
    (tmp_path / "tools" / "leaves.py").write_text(LEAVES, encoding="utf-8")
    (tmp_path / "tools" / "webify.toml").write_text(settings, encoding="utf-8")
    return Site(tmp_path / "tools", tmp_path / "data")


def runs(site: Site) -> list[Path]:
    return [path for path in (site.data / "runs").glob("*/*/*/*") if path.is_dir()]


def test_refusal_comes_at_once_and_no_run_is_made(checking: Site) -> None:
    before = runs(checking)
    answer = checking.post("/tools/even", {"number": "3"})
    assert answer.status_code == 422
    assert re.search(r'id="f-number-err">.*3 is odd\.', answer.text, re.DOTALL)
    assert runs(checking) == before


def test_answers_that_the_parser_takes_are_run(checking: Site) -> None:
    run = checking.run(
        "/tools/even", {"number": "4"}, {"list": ("list.txt", b"one\n", "text/plain")}
    )
    assert checking.ended(run) == '{"state": "succeeded"}'
    assert checking.browser.get(f"{run}/out").text == "took 4 one\n"


def test_converter_sees_the_uploaded_file(checking: Site) -> None:
    before = runs(checking)
    files = {"plain": ("plain.txt", b"stop\n", "text/plain")}
    answer = checking.post("/tools/even", {"number": "4"}, files)
    assert answer.status_code == 422
    assert 'id="f-plain-err"' in answer.text
    assert runs(checking) == before


def test_file_that_the_parser_opens_for_writing_is_made_by_the_run(checking: Site) -> None:
    run = checking.run("/tools/even", {"number": "4", "report:on": "1"})
    checking.ended(run)
    assert "report" in checking.page(run)


@pytest.mark.clock
def test_check_costs_about_as_much_as_the_help_of_the_tool(checking: Site) -> None:
    checking.post("/tools/even", {"number": "3"})
    begun = time.monotonic()
    checking.post("/tools/even", {"number": "3"})
    assert time.monotonic() - begun < 5.0
