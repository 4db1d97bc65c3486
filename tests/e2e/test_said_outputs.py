"""What a site says of outputs: kinds for a tool and for a command, columns, a module of its own."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator

import pytest

from tests.serving import Site

TOOL = r"""
    import argparse
    parser = argparse.ArgumentParser(description="Lists parts.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="Lists them.")
    commands.add_parser("raw", help="Prints them.")
    commands.add_parser("json", help="Prints records.")
    given = parser.parse_args()
    rows = '[{"Part": "wheel", "Size": 3}, {"Part": "saddle", "Size": 5}]'
    print(rows if given.command != "list" else "Part Size\nwheel 3\nsaddle 5\n")
"""
SETTINGS = """
    [tools.parts]
    target = "parts.py"
    output = "words"
    columns = { Size = { type = "size", unit = "MB", title = "Size on disk" } }
    [tools.parts.commands.raw]
    output = "text"
    [tools.parts.commands.json]
    output = "json"
    [tools.parts.commands.json.columns.Part]
    hidden = true
    [tools.own]
    target = "parts.py"
    columns = { Size = { unit = "kg" } }
"""
OWN = """
    def read(lines):
        rows = [["2026-11-22 09:00:00", "ERROR", lines[0]]]
        return [
            {"columns": ["Part", "Size"], "rows": [["<b>wheel</b>", 3], [None, 4]]},
            {"title": "Log", "columns": ["Time", "Level", "Message"], "rows": rows},
            {"pairs": [("Lines", len(lines))]},
            {"text": (0, 1)},
        ]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    tools = tmp_path_factory.mktemp("tools")
    (tools / "adapters").mkdir()
    for name, text in {
        "parts.py": TOOL,
        "webify.toml": SETTINGS,
        "adapters/own.py": OWN,
    }.items():
        (tools / name).write_text(textwrap.dedent(text), encoding="utf-8")
    with Site(tools, tmp_path_factory.mktemp("data")) as site:
        yield site


def run(site: Site, path: str) -> tuple[str, list[str]]:
    """Run a command; return its path and the kinds of its blocks."""
    run = site.run(path)
    assert "succeeded" in site.ended(run)
    (file,) = site.data.glob(f"runs/*/*/*/{run.rpartition('/')[2]}/blocks.json")
    return run, [block["kind"] for block in json.loads(file.read_text(encoding="utf-8"))]


def test_command_takes_the_output_of_its_tool_or_has_its_own(site: Site) -> None:
    assert run(site, "/tools/parts/list")[1] == ["table"]
    assert run(site, "/tools/parts/json")[1] == ["table"]
    path, kinds = run(site, "/tools/parts/raw")
    assert kinds == ["text"]
    assert not list(site.data.glob(f"runs/*/*/*/{path.rpartition('/')[2]}/rows.db"))


def test_columns_are_what_tool_and_command_say(site: Site) -> None:
    page = site.page(run(site, "/tools/parts/list")[0])
    assert "Size on disk" in page
    assert "MB" in re.sub(r"<[^>]+>", " ", page)
    path, _ = run(site, "/tools/parts/json")
    assert "Size on disk" in site.page(path)
    assert "saddle" not in site.page(f"{path}/tables/1").partition("<tbody")[2]
    assert "saddle" in site.page(f"{path}/tables/1.csv")


def test_module_of_the_site_makes_tables_logs_pairs_and_text(site: Site) -> None:
    path, kinds = run(site, "/tools/own/raw")
    assert kinds == ["table", "table", "pairs", "text"]
    page = site.page(path)
    assert "&lt;b&gt;wheel&lt;/b&gt;" in page
    assert "<b>wheel" not in page
    assert "kg" in re.sub(r"<[^>]+>", " ", page)
    assert site.page(f"{path}/tables/2.csv").splitlines()[1].startswith("2026-11-22")
