"""The fidelity table of docs/fidelity.md is what the frameworks' own parsers say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters.probed import ROOT
from tests.fidelity.page import CELLS, FAMILIES, cells, page
from tests.fidelity.table import TOOLS, WRONG, Asked

PAGE = ROOT / "docs" / "fidelity.md"
NAMES = sorted(path.stem for path in TOOLS.glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_cells_of_a_tool_are_what_its_parser_says(name: str, tmp_path: Path, golden: bool) -> None:
    asked = Asked(TOOLS / f"{name}.py", tmp_path)
    found = {"framework": asked.framework, "cells": dict(asked.cells())}
    place = CELLS / f"{name}.json"
    if golden:
        place.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == json.loads(place.read_text(encoding="utf-8"))


def test_nothing_comes_back_otherwise_than_it_was_spelled() -> None:
    wrong = [
        (framework, feature)
        for framework, found in cells().items()
        for feature, cell in found.items()
        if cell == WRONG
    ]
    assert wrong == []


def test_every_tool_has_its_cells_and_every_framework_its_column() -> None:
    assert sorted(path.stem for path in CELLS.glob("*.json")) == NAMES
    assert set(cells()) == {name for _, names in FAMILIES for name in names}


def test_page_is_made_of_the_cells(golden: bool) -> None:
    if golden:
        PAGE.write_text(page(cells()), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(cells())
