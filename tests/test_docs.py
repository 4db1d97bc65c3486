"""The docs name every route, command and setting, and their examples work."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from tests.serving import Site
from tests.source import ROOT, holds
from webify import server, site_shapes
from webify.__main__ import main
from webify.services import Services
from webify.settings import load_settings
from webify.web.app import create_app

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
RUN_ELSEWHERE = {"legacy_tools.md"}  # by the tests of the tools themselves
OUR_COMMANDS = ("webify", "python3 cli.py")


class Example(NamedTuple):
    """A fenced block of a page."""

    page: str
    language: str
    text: str


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def examples(*languages: str) -> list[Example]:
    found = [
        Example(page.name, language, text)
        for page in PAGES
        for language, text in BLOCK.findall(page.read_text(encoding="utf-8"))
        if language in languages and page.name not in RUN_ELSEWHERE
    ]
    assert found, f"no page has an example in {languages}"
    return found


def named(text: str) -> set[str]:
    """Return what stands in back quotes, in tables and in prose."""
    return set(re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)))


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    settings = load_settings(
        tmp_path_factory.mktemp("tools"), {"data": str(tmp_path_factory.mktemp("data"))}
    )
    # routes need the settings alone: nothing is found, started or kept here
    parts = [field.name for field in dataclasses.fields(Services) if field.name != "settings"]
    return Services(settings, **dict.fromkeys(parts))


def test_each_address_of_the_site_is_in_the_docs_and_each_in_the_docs_exists(services):
    routes = {"GET /runs/<run_id>/events"}  # Tornado's own, see the next test
    for rule in create_app(services).url_map.iter_rules():
        path = re.sub(r"<\w+:", "<", rule.rule)
        routes |= {f"{method} {path}" for method in rule.methods - {"HEAD", "OPTIONS"}}
    told = {
        name for name in named(read("docs/addresses.md")) if re.match(r"(GET|POST) [^\s?]+$", name)
    }
    assert told == routes


def test_event_stream_has_the_address_of_the_docs(services):
    rules = server.application(services, executor=None).wildcard_router.rules
    streams = [rule for rule in rules if rule.target is server.EventsHandler]
    assert streams[0].matcher.regex.match("/runs/k3f9/events")


def options_of(command: click.Command) -> list[str]:
    return [option for each in command.params for option in each.opts if option.startswith("--")]


def test_each_command_and_option_is_in_the_docs():
    text = read("docs/commands.md")
    told = named(text)
    faults = [name for name in main.commands if f"`webify {name}" not in text]
    faults += [
        f"{name} {option}"
        for name, command in main.commands.items()
        for option in options_of(command)
        if option not in told
    ]
    holds(faults)


def test_each_setting_is_in_the_docs():
    tables = [site_shapes.SITE, site_shapes.LIMITS, site_shapes.PREPARE, site_shapes.TOOL]
    names = {name for table in [*tables, site_shapes.PARAMETER] for name in table}
    names |= {f"WEBIFY_{name.upper()}" for name in [*site_shapes.SITE, *site_shapes.LIMITS]}
    names |= {"[site]", "[limits]", "[[prepare]]"}
    assert names - named(read("docs/settings.md")) == set()


def test_each_kind_that_a_site_may_choose_is_in_the_docs():
    row = next(
        line for line in read("docs/settings.md").splitlines() if line.startswith("| `kind`")
    )
    assert [kind for kind in site_shapes.KINDS if kind not in row] == []


@pytest.mark.parametrize("example", examples("toml"), ids=lambda example: example.page)
def test_example_of_settings_is_read(example, tmp_path):
    (tmp_path / "webify.toml").write_text(example.text, encoding="utf-8")
    assert load_settings(tmp_path, {"data": str(tmp_path / "data")})


@pytest.mark.parametrize("example", examples("console"), ids=lambda example: example.page)
def test_example_of_a_command_does_what_the_page_says(example, tmp_path):
    tool = BLOCK.search(read("README.md"))
    (tmp_path / "parts.py").write_text(tool[2], encoding="utf-8")
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$).*\n)*)", example.text, re.MULTILINE):
        if command.startswith(OUR_COMMANDS):
            check_our_command(shlex.split(command.removeprefix("python3 cli.py")))
        else:
            assert output(shlex.split(command), tmp_path) == shown


def test_tool_of_the_first_screen_prints_the_same_in_the_page(tmp_path):
    folder = tmp_path / "my_tools"
    folder.mkdir()
    (folder / "parts.py").write_text(BLOCK.search(read("README.md"))[2], encoding="utf-8")
    with Site(folder, tmp_path / "data") as site:
        run = site.run("/tools/parts", {"below": "10"})
        site.ended(run)
        printed = site.browser.get(f"{run}/out").text
        table = site.browser.get(f"{run}/tables/1.csv").text
    assert output(["python3", "parts.py", "--below", "10"], folder) == printed
    assert [line.split(",") for line in table.splitlines()[1:]] == [
        line.split() for line in printed.splitlines()[1:]
    ]


def output(words: list[str], folder: Path) -> str:
    """Return what a command prints, run in a folder."""
    assert words[0] == "python3", f"{words} cannot be run here"
    done = subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.stdout + done.stderr


def check_our_command(words: list[str]) -> None:
    """Fail where webify has no such command or option; `test` is the starter's own."""
    words = words[1:] if words[0] == "webify" else words
    if words[0] != "test":
        command = main.commands[words[0]]
        command.make_context(words[0], words[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_link_leads_to_a_file(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_docs_are_written_one_sentence_a_line(page):
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    holds([line for line in prose.splitlines() if re.search(r"[a-z`)][.?!] [A-Z]", line)])
