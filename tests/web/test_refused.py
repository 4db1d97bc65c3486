"""Answers that a tool's own parser does not take: the person is back on the form."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import Site

# Each takes a text that only its own converter can refuse, so that no check of ours comes first.
CONVERTER = """
def even(text):
    if int(text) % 2:
        raise ValueError(text)
    return int(text)

"""
TOOLS = {
    "by_argparse": CONVERTER
    + """
import argparse, sys
parser = argparse.ArgumentParser(description="Take even numbers.")
parser.add_argument("--number", type=even, default=2)
parser.add_argument("--word", default="")
parser.add_argument("--password")
parser.add_argument("--list", type=argparse.FileType("r"))
given = parser.parse_args()
if given.word == "work":
    print("row one")
    sys.exit(2)
if given.word == "file":
    open("made.txt", "w").write("made")
    parser.error("argument --number: too late")
if given.word == "trace":
    raise SystemExit("Traceback (most recent call last):")
print("took", given.number)
""",
    "by_optparse": """
import optparse
parser = optparse.OptionParser(usage="%prog [options]")
parser.add_option("--number", default="2", help="An even number.")
given, rest = parser.parse_args()
if int(given.number) % 2:
    parser.error("option --number: invalid even value: %r" % given.number)
""",
    "by_click": CONVERTER
    + """
import click
@click.command()
@click.option("--number", type=even, default="2", help="An even number.")
def main(number):
    print(number)
main()
""",
    "by_typer": CONVERTER
    + """
import typer
def main(number: int = typer.Option(2, parser=even)):
    print(number)
typer.run(main)
""",
    "talks": """
import argparse
parser = argparse.ArgumentParser(description="Tell too much.")
parser.add_argument("--how", choices=["refuse", "fail"])
parser.add_argument("--password")
given = parser.parse_args()
if given.how == "refuse":
    parser.error(f"bad words {given.password!r} for --how <b>&amp;</b>")
raise SystemExit(f"could not log in with {given.password}")
""",
    "native": """
import argparse, os, sys
parser = argparse.ArgumentParser(description="Print numbers.")
parser.add_argument("--number", default="2")
given = parser.parse_args()
os.execvp("head", ["head", f"--lines={given.number}", __file__])
""",
}
SAID = {
    "by_argparse": "Argument --number: invalid even value: '3'.",
    "by_optparse": "Option --number: invalid even value: '3'.",
    "by_click": "Invalid value for '--number': 3.",
    "by_typer": "Invalid value for '--number': Value error, 3.",
    "native": "head: invalid number of lines: ‘three’.",
}
TAG = re.compile(r"<[^>]+>")
QUOTES = {"LC_ALL": "C.UTF-8"}  # those of programs in other languages


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve tools of several frameworks."""
    folder = tmp_path_factory.mktemp("refusing")
    for name, text in TOOLS.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data"), **QUOTES) as site:
        yield site


def sent_back(site: Site, run: str) -> httpx.Response:
    """Return the page to which the address of an ended run leads."""
    assert site.ended(run) == '{"state": "refused"}'
    answer = site.browser.get(run)
    assert answer.status_code == 303
    return site.browser.get(answer.headers["Location"])


def text_of(page: str) -> str:
    return html.unescape(TAG.sub(" ", page))


@pytest.mark.parametrize("tool", SAID)
def test_sentence_of_the_parser_stands_at_its_field(refusing: Site, tool: str) -> None:
    value = "three" if tool == "native" else "3"
    run = refusing.run(f"/tools/{tool}", {"number": value})
    page = sent_back(refusing, run).text
    fault = re.search(r'id="f-number-err">.*?</div>', page, re.DOTALL)
    assert fault
    assert SAID[tool] in text_of(fault[0])
    assert f'value="{value}"' in page


def test_refused_run_is_in_no_history_and_no_count(refusing: Site) -> None:
    run = refusing.run("/tools/by_argparse", {"number": "5"})
    page = sent_back(refusing, run).text
    assert "Failed" not in page
    identity = run.rpartition("/")[2]
    for address in ("/", "/runs", "/tools/by_argparse", "/go?part=go&q="):
        assert identity not in refusing.page(address)
    assert "Not taken" not in refusing.page("/runs")


def test_form_keeps_answers_and_asks_again_for_what_is_secret(refusing: Site) -> None:
    answers = {"number": "7", "word": "kept", "password": "hunter2"}
    run = refusing.run(
        "/tools/by_argparse", answers, {"list": ("list.txt", b"one\n", "text/plain")}
    )
    page = sent_back(refusing, run).text
    assert 'value="kept"' in page
    assert "hunter2" not in page
    assert "Give them again before you run it." in page
    assert "1 answer needs another look" in page


def test_form_of_a_refused_run_can_be_run(refusing: Site) -> None:
    run = refusing.run("/tools/by_argparse", {"number": "9"})
    sent_back(refusing, run)
    again = refusing.run("/tools/by_argparse", {"number": "8"})
    assert refusing.ended(again) == '{"state": "succeeded"}'
    assert "took 8" in refusing.page(again)


@pytest.mark.parametrize("word", ["work", "trace", "file"])
def test_other_ends_with_an_error_are_failed_runs(refusing: Site, word: str) -> None:
    run = refusing.run("/tools/by_argparse", {"word": word})
    assert refusing.ended(run) == '{"state": "failed"}'
    assert "Failed" in refusing.page(run)


def test_piece_of_the_page_of_a_refused_run_sends_the_script_to_the_form(refusing: Site) -> None:
    run = refusing.run("/tools/by_argparse", {"number": "5"})
    refusing.ended(run)
    answer = refusing.browser.get(run, params={"part": "page"})
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["HX-Redirect"].startswith("/tools/by_argparse?from=")


def test_usage_alone_stands_at_the_form_as_a_whole(tmp_path: Path) -> None:
    tool = (
        "import argparse, sys\np = argparse.ArgumentParser(); p.add_argument('--number')\n"
        "p.parse_args()\nsys.exit('Usage: pairs NAME [--number=N]')\n"
    )
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "pairs.py").write_text(tool, encoding="utf-8")
    with Site(folder, tmp_path / "data") as site:
        page = sent_back(site, site.run("/tools/pairs", {"number": "5"})).text
    assert "It says: Usage: pairs NAME [--number=N]." in text_of(page)
    assert sys.executable not in page


def test_program_in_another_language_sends_answers_back_too(tmp_path: Path) -> None:
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "webify.toml").write_text('[tools.head]\ntarget = "head"\n', encoding="utf-8")
    with Site(folder, tmp_path / "data", **QUOTES) as site:
        page = sent_back(site, site.run("/tools/head", {"lines": "abc"})).text
        missing = site.run("/tools/head", {"file": "/no-such-file"})
        assert site.ended(missing) == '{"state": "failed"}'
    fault = re.search(r'id="f-lines-err">.*?</div>', page, re.DOTALL)
    assert fault
    assert "Invalid number of lines: ‘abc’." in text_of(fault[0])


@pytest.mark.parametrize("how", ["refuse", "fail"])
def test_secret_that_a_tool_quotes_stands_in_no_sentence_of_ours(refusing: Site, how: str) -> None:
    run = refusing.run("/tools/talks", {"how": how, "password": "hidden-\\-wyrd"})
    page = text_of(refusing.browser.get(run, follow_redirects=True).text.partition("<main")[2])
    refusing.ended(run)
    end = next(refusing.data.rglob(f"*{run.rpartition('/')[2]}/end.json")).read_text("utf-8")
    assert "-wyrd" not in end
    if how == "refuse":
        assert "bad words" in page.lower()
        assert "••••••" in page
        assert "-wyrd" not in page
