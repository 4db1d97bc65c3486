"""How a tool is started, as `webify show` says it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from webify.settings import load_settings
from webify.tool_settings import ToolSettings
from webify.tools.catalog import Catalog
from webify.tools.finding import MODULE, Found
from webify.tools.importing import recipe_of
from webify.tools.readiness import readiness

IMPORTS = "import csv, json\nfrom decimal import Decimal\nimport xml.dom\nimport re, uuid\n"


def told(path: Path, text: str = IMPORTS, **settings: bool) -> str:
    path.write_text(text, encoding="utf-8")
    found = Found(
        "tool", "tool.py", ask=str(path), interpreter=sys.executable,
        start=(sys.executable, str(path)), settings=ToolSettings(**settings),
    )  # fmt: skip
    return readiness(found, recipe_of(found, warm=found.settings.warm))


def test_warm_tool_says_what_is_imported_before(tmp_path: Path) -> None:
    assert told(tmp_path / "tool.py", warm=True) == (
        "It starts warm: csv, json, decimal, xml.dom, re and 1 more"
        " are imported before its runs come."
    )


def test_warm_tool_without_imports_says_so(tmp_path: Path) -> None:
    assert "imports nothing that could be ready" in told(tmp_path / "tool.py", "print()", warm=True)


def test_tool_of_which_nothing_is_said_waits_without_imports(tmp_path: Path) -> None:
    assert "within 5 minutes" in told(tmp_path / "tool.py")


@pytest.mark.parametrize("settings", [{"warm": False}, {"terminal": True, "warm": True}])
def test_tool_that_starts_anew_says_why(tmp_path: Path, settings: dict[str, bool]) -> None:
    name, value = next(iter(settings.items()))
    expected = f"It starts anew for each run: {name} = {str(value).lower()}."
    assert told(tmp_path / "tool.py", **settings) == expected


def test_tool_under_limits_starts_anew_where_they_are_set_from_inside(tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text(IMPORTS, encoding="utf-8")
    (tmp_path / "webify.toml").write_text("[tools.tool]\ncpu_seconds = 9\nwarm = true\n", "utf-8")
    catalog = Catalog(load_settings(tmp_path, {"data": tmp_path / "data"}))
    catalog.start()
    ready = catalog.readiness("tool")
    catalog.close()
    assert ("anew for each run: what its runs may take is limited" in ready) is (os.name == "posix")


def test_command_of_a_module_that_is_no_plain_start_says_so() -> None:
    found = Found("tool", "tool", kind=MODULE, ask="tool", interpreter=sys.executable, start=("x",))
    assert "not started as Python" in readiness(found, recipe_of(found, warm=True))


def test_program_of_another_language_says_nothing() -> None:
    assert readiness(Found("tool", "tool"), None) == ""
