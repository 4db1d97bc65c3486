"""A folder of tools, and catalogs of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools.folder import PARSER, SITE
from webify.settings import Limits, Settings
from webify.tool_settings import ToolSettings
from webify.tools.catalog import Catalog


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SITE]:
    """Start catalogs of one folder; they are closed at the end."""
    opened: list[Catalog] = []

    def start(*, probe_seconds: float = 20.0, **tools: ToolSettings) -> Catalog:
        (tmp_path / "tools").mkdir(exist_ok=True)
        settings = Settings(
            tmp_path / "tools",
            tmp_path / "data",
            tools=tools,
            limits=Limits(probe_seconds=probe_seconds),
        )
        opened.append(Catalog(settings, rescan_seconds=0.0))
        opened[-1].start()
        return opened[-1]

    yield start
    for catalog in opened:
        catalog.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of the served folder."""

    def write(name: str, text: str = "", option: str = "name") -> Path:
        path = tmp_path / "tools" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or PARSER.format(option=option), encoding="utf-8")
        return path

    return write
