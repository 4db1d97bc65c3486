"""The stores that each test of this folder runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import postgres
from webify.store.store import Store

__all__ = ["postgres"]


@pytest.fixture(params=["memory", "file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    if request.param == "memory":
        return "sqlite://"
    if request.param == "file":
        return f"sqlite:///{(tmp_path / 'webify.db').as_posix()}"
    return str(request.getfixturevalue("postgres").create("store").url)


@pytest.fixture(params=["file", "postgres"])
def lasting_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database that can be opened more than once."""
    if request.param == "file":
        return f"sqlite:///{(tmp_path / 'webify.db').as_posix()}"
    return str(request.getfixturevalue("postgres").create("lasting").url)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store."""
    made = Store(url)
    yield made
    made.close()
