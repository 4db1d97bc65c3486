"""A tool that wants a terminal can be run again at one, and later runs start there (POSIX)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

from tests.serving import Site

LEARNT = "It starts at one, as an earlier run wanted it."
TOOL = """
import argparse, os
parser = argparse.ArgumentParser(description="Look at its terminal.")
parser.add_argument("--word", default="")
given = parser.parse_args()
size = os.get_terminal_size(0) if __name__ == "__main__" else None
print("word", given.word, size.columns)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tools")
    for name in ("looker", "wiper", "bare"):
        (folder / f"{name}.py").write_text(TOOL, encoding="utf-8")
    text = "[tools.wiper]\neffect = 'destroys'\n[tools.bare]\nterminal = false\n"
    (folder / "webify.toml").write_text(text, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def fields(page: str, button: str) -> dict[str, str]:
    """Return what the form of a button holds."""
    form = next(each for each in page.split("<form")[1:] if button in each.partition("</form>")[0])
    found = re.findall(r'<input [^>]*name="([^"]+)" value="([^"]*)"', form.partition("</form>")[0])
    return {name: value for name, value in found if name != ":csrf"}


if os.name == "posix":

    def test_run_is_offered_a_terminal_and_keeps_it_when_it_is_run_again(site: Site) -> None:
        run = site.run("/tools/looker", {"word": "north"})
        site.ended(run)
        page = site.page(run)
        assert "The program wants a terminal" in page
        again = site.run("/tools/looker", fields(page, "Run again at a terminal"))
        assert "succeeded" in site.ended(again)
        page = site.page(again)
        assert "word north 160" in page
        assert fields(page, "Run again") == {":terminal": "1", "word": "north"}
        assert LEARNT in site.page("/tools/looker")
        later = site.run("/tools/looker", {"word": "east"})
        assert "succeeded" in site.ended(later)
        assert "word east 160" in site.page(later)

    def test_what_the_site_says_holds_over_what_was_learnt(site: Site) -> None:
        for answers in ({}, {":terminal": "1"}, {}):
            run = site.run("/tools/bare", answers)
            site.ended(run)
        assert "The program wants a terminal" in site.page(run)
        assert LEARNT not in site.page("/tools/bare")

    def test_confirmation_keeps_the_terminal(site: Site) -> None:
        page = site.post("/tools/wiper", {":terminal": "1", "word": "south"}).text
        sent = fields(page, "Yes, run it") | {":sure": "1"}
        assert sent[":terminal"] == "1"
        run = site.run("/tools/wiper", sent)
        assert "succeeded" in site.ended(run)
        assert "word south 160" in site.page(run)
        assert LEARNT not in site.page("/tools/wiper")  # no run of it has wanted one
