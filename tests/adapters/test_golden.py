"""What the adapters say of small tools, one for each family of features."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.probed import ROOT, probed
from webify.model.command import Command
from webify.model.plain import from_plain, to_plain

TOOLS = Path(__file__).with_name("tools")
GOLDEN = ROOT / "tests" / "golden"
NAMES = sorted(path.stem for path in TOOLS.glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_tool_is_described_as_its_golden_file_says(
    name: str, tmp_path: Path, golden: bool
) -> None:
    found = _plain(probed(TOOLS / f"{name}.py", tmp_path))
    place = GOLDEN / f"{name}.json"
    if golden:
        place.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(place.read_text(encoding="utf-8"))


def test_there_are_tools_and_each_has_its_golden_file_and_each_file_its_tool() -> None:
    assert NAMES
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_was_described_is_read_back_whole(name: str) -> None:
    plain = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["command"]
    assert to_plain(from_plain(Command, plain)) == plain


@pytest.mark.parametrize("name", NAMES)
def test_every_address_of_a_chain_is_its_own(name: str) -> None:
    plain = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["command"]
    for _, command in from_plain(Command, plain).walk():
        addresses = [parameter.address for parameter in command.parameters]
        assert len(set(addresses)) == len(addresses)


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what differs between versions of Python: usage lines, and lines of tracebacks."""
    if isinstance(found, dict):
        return {name: _plain(each) for name, each in found.items() if name != "usage"} | (
            {"error": found["error"].splitlines()[-1]} if found.get("error") else {}
        )
    return [_plain(each) for each in found] if isinstance(found, list) else found
