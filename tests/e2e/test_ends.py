"""What the page of a run says of its end, where webify.toml knows what its codes mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serving import Site

TOOL = """
import argparse, sys
parser = argparse.ArgumentParser(description="End as asked.")
parser.add_argument("code", type=int)
parser.add_argument("--fill", type=int, default=0, help="bytes of memory")
args = parser.parse_args()
if __name__ == "__main__":
    block = bytearray(b"x") * args.fill
    sys.exit(args.code)
"""
SETTINGS = """
[tools.ending]
memory_bytes = 100_000_000
owner = "warehouse@example.com"

[tools.pack]
target = "pack"

[tools.ending.exits]
1 = { state = "succeeded", words = "Nothing was found" }
2 = { state = "failed", words = "The list is <b>locked</b>", changed = false }
4 = { state = "failed", words = "Half of it is moved", changed = true }
"""
DOCUMENT = """
{"opencli": "0.1", "info": {"title": "pack", "version": "1"},
 "exitCodes": [{"code": 4, "description": "Nothing to pack"}]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("ending")
    (folder / "ending.py").write_text(TOOL, encoding="utf-8")
    (folder / "pack.opencli.json").write_text(DOCUMENT, encoding="utf-8")
    (folder / "pack").write_text("#!/bin/sh\nexit 4\n", encoding="utf-8")
    (folder / "pack").chmod(0o700)
    (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def page(site: Site, **answers: str) -> str:
    run = site.run("/tools/ending", answers)
    site.ended(run)
    return site.page(run)


def test_words_of_a_run_that_succeeded_are_no_warning(site: Site) -> None:
    shown = page(site, code="1")
    assert "<p>Nothing was found.</p>" in shown
    assert "note warn" not in shown
    assert "is kept" not in shown


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2", "Nothing was changed."),
        ("4", "It changed something before it stopped."),
        ("9", "The program stopped with code 9"),
    ],
)
def test_failed_run_says_whether_anything_was_changed(site: Site, code: str, said: str) -> None:
    assert said in page(site, code=code)


def test_words_of_a_code_are_never_markup(site: Site) -> None:
    assert "The list is &lt;b&gt;locked&lt;/b&gt;" in page(site, code="2")


def test_run_that_took_too_much_memory_says_so_and_what_to_do(site: Site) -> None:
    shown = page(site, code="0", fill="400000000")
    assert "it used more than 100 MB" in shown
    assert "Ask for less at once, or ask the owner for more memory." in shown


def test_lists_tell_an_end_in_the_words_of_its_code(site: Site) -> None:
    for code in ("2", "9"):
        page(site, code=code)
    history, home = site.page("/runs?tool=ending"), site.page("/")
    assert '<span class="small muted">The list is &lt;b&gt;locked&lt;/b&gt;</span>' in history
    assert ", the list is &lt;b&gt;locked&lt;/b&gt;</span>" in home
    assert ", exit code 9</span>" in home
    assert "The program stopped with code 9" not in history


def test_lists_tell_an_end_in_the_words_of_the_document_beside_the_tool(site: Site) -> None:
    site.ended(site.run("/tools/pack"))
    assert '<span class="small muted">Nothing to pack</span>' in site.page("/runs?tool=pack")
    assert ", nothing to pack</span>" in site.page("/")
