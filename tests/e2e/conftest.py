"""One real site of the shipped tools, shared by the tests of this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, Site

collect_ignore = [] if os.name == "posix" else ["test_reading_mode.py"]  # no disk to fill there
collect_ignore += [] if sys.platform == "linux" else ["test_warm_starts.py"]  # tried there only
LEGACY = ROOT / "legacy_tools"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the legacy tools, as the README does."""
    with Site(LEGACY, tmp_path_factory.mktemp("office")) as site:
        yield site


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return an empty folder for tools of a test's own."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder
