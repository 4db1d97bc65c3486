"""Many runs at once, and none: what the other people of a site notice of them."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.counted import CountedSite
from tests.serving import Site

HELLO = """
import argparse
parser = argparse.ArgumentParser(description="Greets.")
parser.add_argument("name")
print("Hello,", parser.parse_args().name)
"""
WAITS = """
import argparse, time
argparse.ArgumentParser(description="Waits.").parse_args()
print("on", flush=True)
time.sleep(60)
"""
SECONDS = 2.0


def test_pages_are_answered_while_many_runs_wait_and_all_runs_are_right(
    tools: Path, tmp_path: Path
) -> None:
    (tools / "hello.py").write_text(HELLO, encoding="utf-8")
    (tools / "webify.toml").write_text("[limits]\nruns = 2\n", encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        runs = [site.run("/tools/hello", {"name": f"user{number}"}) for number in range(30)]
        for page in ("/", "/runs", "/server", "/tools/hello", runs[-1]):
            assert "<main" in site.page(page)
        assert {site.ended(run) for run in reversed(runs)} == {'{"state": "succeeded"}'}
        for number, run in enumerate(runs):
            assert site.browser.get(f"{run}/out").text.split() == ["Hello,", f"user{number}"]


def test_store_is_asked_nothing_again_and_again_while_a_run_goes_on(
    tools: Path, tmp_path: Path
) -> None:
    (tools / "waits.py").write_text(WAITS, encoding="utf-8")
    with CountedSite(tools, tmp_path / "data") as site:
        run = site.run("/tools/waits")
        with site.browser.stream("GET", f"{run}/events") as events:
            next(line for line in events.iter_lines() if line == "event: out")
            before = len(site.statements)
            with pytest.raises(subprocess.TimeoutExpired):
                site.process.wait(SECONDS)
            said = Counter(site.statements[before:])
        assert before
        assert max(said.values(), default=0) <= SECONDS
        site.post(f"{run}/stop")
        assert site.ended(run) == '{"state": "stopped"}'
