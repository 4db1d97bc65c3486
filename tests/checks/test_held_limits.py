"""What is said of who holds the limits of runs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runs.test_cgroup import ALL, Kernel
from webify.checks import limits as checked
from webify.checks.limits import limits
from webify.settings import Limits, Settings
from webify.tool_settings import ToolSettings

LIMITED = Limits(run_memory_bytes=10**9, run_processes=20)
WINDOWS = "Windows holds them"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(checked, "PROCESS", tmp_path / "proc")
    return Settings(folder=tmp_path, data=tmp_path / "data", limits=LIMITED)


def test_site_without_limits_is_told_so(site: Settings) -> None:
    assert "None are set" in limits(replace(site, limits=Limits())).sentence


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (ALL, "The kernel holds those of memory and processes for all"),
        ("memory", "The kernel holds those of memory, and webify looks several times a second"),
        ("io", "webify looks several times a second whether a run is within them, as no group"),
    ],
)
def test_who_holds_the_limits_is_told(
    site: Settings, tmp_path: Path, there: str, said: str
) -> None:
    top = Kernel(tmp_path, "/").add("", there)
    assert limits(site).sentence.startswith(WINDOWS if sys.platform == "win32" else said)
    assert (top / "cgroup.subtree_control").read_text() == ""  # a look changes nothing


def test_limit_of_a_single_tool_counts(site: Settings) -> None:
    alone = replace(site, limits=Limits(), tools={"stock": ToolSettings(processes=5)})
    assert "None are set" not in limits(alone).sentence
