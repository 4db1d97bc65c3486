"""The bench on which the tests of this folder run tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.bench import Bench

# Elsewhere nobody but its parent can wait for a process: a run whose supervisor is killed is lost.
# Nor is anything ended by the system with its parent, and only Linux has groups for runs.
LINUX = [
    "test_confinement.py",
    "test_endless_imports.py",
    "test_keeper.py",
    "test_keeper_takes.py",
    "test_ledger.py",
    "test_strange.py",
    "test_waiting_killed.py",
]
collect_ignore = [] if sys.platform == "linux" else LINUX


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()
