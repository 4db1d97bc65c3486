"""Commands with hostile names: each has an address that leads to it, and runs with its own name."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest

from tests.serving import Site
from webify.web.addresses import address_of, path_of

NAMES = [
    "a/b", "..", ".", "", "?", "#", "%2f", "a b", "<b>bold</b>", '"', "\\", "ünï", "a\nb", "it's",
    ";", "&amp;", ":show", "~", "~2f", "a?b=c", "%00", "../../..", "//evil.example/x",
    "/etc/passwd", "https://evil.example", "javascript:alert(1)", "\u202eevil", "x" * 300, "events",
]  # fmt: skip
TOOL = f"""
import argparse, json, sys
parser = argparse.ArgumentParser(description="Many names.")
below = parser.add_subparsers(dest="command", required=True)
for name in {NAMES!r}:
    below.add_parser(name, help="Named so.").add_argument("--value")
parser.parse_args()
print(json.dumps(sys.argv[1:]))
"""
LINK = re.compile(r'<li><a href="([^"]*)"(?: aria-current="page")?><b>')


@pytest.fixture(scope="module")
def naming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a tool whose commands have such names."""
    folder = tmp_path_factory.mktemp("naming")
    (folder / "names.py").write_text(TOOL, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def links(site: Site) -> list[str]:
    return [html.unescape(link) for link in LINK.findall(site.page("/tools/names"))]


def test_each_command_has_a_link_of_this_site(naming: Site) -> None:
    found = links(naming)
    assert len(set(found)) == len(NAMES)
    assert all(link.startswith("/tools/names/") for link in found)


@pytest.mark.parametrize("name", [each for each in NAMES if each])
def test_link_leads_to_its_command_and_runs_it(naming: Site, name: str) -> None:
    link = links(naming)[NAMES.index(name)]
    run = naming.run(link, {f"{name}.value": "-x"})
    assert naming.ended(run) == '{"state": "succeeded"}'
    assert json.loads(naming.browser.get(f"{run}/out").text) == [name, "--value=-x"]
    again = html.unescape(naming.page(run))
    assert f'href="{link}?from=' in again


@pytest.mark.parametrize("path", [(), ("levels",), ("a", "b"), ("~", "", "a/b"), ("~41", "\udc80")])
def test_address_is_read_back_as_it_was(path: tuple[str, ...]) -> None:
    assert path_of(address_of(path)) == path


@pytest.mark.parametrize("typed", ["~", "~x", "a~zz", "~ff", "a//b", "~e2~80"])
def test_address_that_nobody_made_names_some_path(typed: str) -> None:
    assert isinstance(path_of(typed), tuple)


def test_usual_name_stands_in_its_address_as_it_is() -> None:
    assert address_of(("stock", "re-order.all", "ünï_1")) == "stock/re-order.all/ünï_1"
