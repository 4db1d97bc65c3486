"""What the documentation of the settings says is so, and is all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_settings import load
from webify import site_shapes
from webify.model.block import OUTPUTS

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


def examples() -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("text", examples())
def test_example_of_the_documentation_can_be_loaded(tmp_path: Path, text: str) -> None:
    load(tmp_path, text)


def test_documentation_names_every_setting() -> None:
    tables = {
        "site": site_shapes.SITE,
        "limits": site_shapes.LIMITS,
        "prepare": site_shapes.PREPARE,
        "tools": site_shapes.TOOL,
        "commands": site_shapes.COMMAND,
        "parameters": site_shapes.PARAMETER,
        "columns": site_shapes.COLUMN,
        "exits": site_shapes.EXIT,
    }
    text = DOCS.read_text("utf-8")
    missing = [
        f"{table}.{name}"
        for table, shapes in tables.items()
        for name in shapes
        if f"`{name}`" not in text or not re.search(rf"^{name} = ", text, re.MULTILINE)
    ]
    assert missing == []


def test_every_way_to_read_an_output_is_told_in_the_docs() -> None:
    text = DOCS.read_text(encoding="utf-8")
    rows = text.partition("| `output` | what is looked for |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", rows)) == set(OUTPUTS)
