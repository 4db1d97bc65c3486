"""The cancel of a run that may have changed something already is asked about first."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

from tests.runs.bench import until
from tests.serving import Site

TOOL = """
import argparse
parser = argparse.ArgumentParser(description="Ask before it goes on.")
parser.add_argument("--dry-run", action="store_true")
parser.parse_args()
input("Go on? ")
"""
QUIET = TOOL.replace('parser.add_argument("--dry-run", action="store_true")\n', "")
DEAF = """
import argparse, signal
argparse.ArgumentParser(description="Hear nothing.").parse_args()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf now", flush=True)
while True:
    signal.pause()
"""
SETTINGS = "[limits]\nruns = 1\n[tools.writer]\neffect = 'writes'\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tools")
    for name, text in {
        "mover.py": TOOL,
        "reader.py": QUIET,
        "writer.py": QUIET,
        "deaf.py": DEAF,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def cancelled(site: Site, run: str, **sent: str) -> str:
    """Press a button that cancels; return where it leads."""
    return site.post(f"{run}/stop", sent).headers["Location"].removeprefix(site.address)


@pytest.mark.parametrize("to", ["", "home", "server"])
def test_cancel_of_a_tool_that_writes_is_asked_about_once(site: Site, to: str) -> None:
    run = site.run("/tools/writer")
    asks = cancelled(site, run, to=to)
    assert asks == f"{run}?cancel=1"
    page = site.page(asks)
    assert "It may have changed something already." in page
    assert re.search(rf'action="{run}/stop".*name="sure" value="1"', page)
    assert "Cancel this run?" not in site.page(run)
    assert cancelled(site, run, sure="1") == run
    assert "stopped" in site.ended(run)
    assert "Cancel this run?" not in site.page(asks)


@pytest.mark.parametrize(("tool", "answers"), [("reader", {}), ("mover", {":try": "1"})])
def test_cancel_of_what_only_reads_is_not_asked_about(
    site: Site, tool: str, answers: dict[str, str]
) -> None:
    run = site.run(f"/tools/{tool}", answers)
    assert cancelled(site, run) == run
    assert "stopped" in site.ended(run)


def test_cancel_of_a_run_that_has_not_begun_is_not_asked_about(site: Site) -> None:
    first, second = site.run("/tools/reader"), site.run("/tools/writer")
    assert cancelled(site, second) == second
    assert "before it began" in site.page(second)
    assert "It never began, so there is no output." in site.page(second)
    assert cancelled(site, first) == first
    site.ended(first)


if os.name == "posix":

    def test_run_that_does_not_hear_is_ended_by_force_and_its_page_says_so(site: Site) -> None:
        run = site.run("/tools/deaf")
        until(lambda: "deaf now" in site.page(run))
        assert cancelled(site, run, to="home") == "/"
        assert "stopped" in site.ended(run)
        assert "It did not stop by itself, so it was ended by force." in site.page(run)
