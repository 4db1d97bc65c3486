"""A server that is killed while its runs ask: the questions stand and can be answered."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from tests.runs.bench import until
from tests.serving import Site

ASKER = """
    import argparse
    parser = argparse.ArgumentParser(description="Asks.")
    parser.add_argument("name")
    given = parser.parse_args()
    print(given.name, "said", input("Measure it too? [y/N] "))
    print("then", input("And its name: "))
"""
NAMES = ("first", "second")
NUMBER = re.compile(r'name="number" value="(\d+)"')


def asked(site: Site, run: str, words: str) -> str:
    """Wait until a question stands on the page; return its number."""
    until(lambda: f'id="ask-text">{words}' in site.page(run))
    found = NUMBER.search(site.page(run))
    assert found
    return found[1]


def answer(site: Site, run: str, number: str, text: str) -> None:
    sent = site.post(f"{run}/answer", {"number": number, "text": text})
    assert (sent.status_code, sent.headers["Location"]) == (303, run)


def test_kill_9_of_the_server_leaves_open_questions_that_can_be_answered(
    tools: Path, tmp_path: Path
) -> None:
    (tools / "asker.py").write_text(textwrap.dedent(ASKER), encoding="utf-8")
    data = tmp_path / "data"
    with Site(tools, data) as site:
        runs = [site.run("/tools/asker", {"name": name}) for name in NAMES]
        numbers = [asked(site, run, "Measure it too? [y/N]") for run in runs]
        answer(site, runs[1], numbers[1], "n")
        numbers[1] = asked(site, runs[1], "And its name:")
        site.kill()
    with Site(tools, data) as site:
        site.post("/tools/asker")  # which brings the token of this server, and starts nothing
        assert "Waiting for an answer" in site.page(runs[0])
        assert asked(site, runs[0], "Measure it too? [y/N]") == numbers[0]
        assert asked(site, runs[1], "And its name:") == numbers[1]
        answer(site, runs[0], numbers[0], "y")
        answer(site, runs[0], asked(site, runs[0], "And its name:"), "Ann")
        answer(site, runs[1], numbers[1], "Bob")
        for run, name, said, called in zip(runs, NAMES, "yn", ("Ann", "Bob"), strict=True):
            assert "succeeded" in site.ended(run)
            assert site.browser.get(f"{run}/out").text.split("\n") == [
                f"Measure it too? [y/N] {said}", f"{name} said {said}",
                f"And its name: {called}", f"then {called}", "",
            ]  # fmt: skip
