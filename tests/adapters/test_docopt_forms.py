"""docopt and docopt-ng go by one name: a tool is described the same way by either."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.probed import ROOT, probed
from tests.frameworks import framework

TOOLS = Path(__file__).with_name("tools")


@pytest.mark.parametrize("name", ["docopt_ships", "docopt_plain", "docopt_first"])
def test_a_tool_of_docopt_ng_is_described_as_one_of_docopt(name: str, tmp_path: Path) -> None:
    place = framework("docopt-ng==0.9.0")
    found = probed(TOOLS / f"{name}.py", tmp_path, env={"PYTHONPATH": str(place)})["command"]
    golden = ROOT / "tests" / "golden" / f"{name}.json"
    told = json.loads(golden.read_text(encoding="utf-8"))["command"]
    assert _plain(found) == _plain(told)


def _plain(command: dict[str, Any]) -> dict[str, Any]:
    """Leave out the usage, which golden files have not, and what docopt-ng takes besides."""
    kept = {name: each for name, each in command.items() if name not in ("usage", "commands")}
    syntax = {name: each for name, each in command.get("syntax", {}).items() if name != "negatives"}
    below = [_plain(each) for each in command.get("commands", ())]
    return {**kept, "syntax": syntax, "commands": below}
