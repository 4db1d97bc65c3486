"""Killed servers, launchers and supervisors lose nothing: benchmarks/torture.py, a small one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.torture import tried

# Elsewhere a run whose supervisor is killed is told as lost: tests/runs/test_restart.py.
SEEDS = [3] if sys.platform == "linux" else []


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_servers_launchers_and_supervisors_lose_nothing(tmp_path: Path, seed: int) -> None:
    killed, faults = tried(tmp_path, runs=8, kills=5, seed=seed)
    assert killed == {"supervisor": 3, "server": 1, "launcher": 1}
    assert +faults == {}
