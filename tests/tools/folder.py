"""What the tests of the catalog write into a folder of tools, and how they look at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from webify.model.command import Tool
from webify.tools.catalog import Catalog

PATIENCE = 60.0
PARSER = """
import argparse
parser = argparse.ArgumentParser(description="Says hello. Twice, if asked.")
parser.add_argument("--{option}", help="Who.")
if __name__ == "__main__":
    parser.parse_args()
"""
SITE = Callable[..., Catalog]


def settled(catalog: Catalog) -> dict[str, Tool]:
    assert catalog.settled(PATIENCE)
    return {tool.slug: tool for tool in catalog.tools(hidden=True)}


def options(tool: Tool) -> set[str]:
    assert tool.command is not None, tool.error
    return {each.address for each in tool.command.parameters} - {"help"}


def counting(tmp_path: Path, text: str = PARSER.format(option="name")) -> str:
    """Return a tool that adds a line to a file whenever it is started."""
    return f"open({str(tmp_path / 'count')!r}, 'a').write('x\\n')\n{text}"


def count(tmp_path: Path) -> int:
    path = tmp_path / "count"
    return len(path.read_text("utf-8").splitlines()) if path.exists() else 0
