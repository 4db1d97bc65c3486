"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

CLOCK = "pytest.mark.clock"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the files in tests/golden")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no file without such a test where only tests with bounds of the clock are run."""
    if config.getoption("markexpr") == "clock" and collection_path.suffix == ".py":
        return None if marks(collection_path) else True
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hold that what is passed over above has no such test, by whatever way it was marked."""
    files = {item.path for item in items if item.get_closest_marker("clock")}
    if unread := sorted(str(path) for path in files if not marks(path)):
        raise pytest.UsageError(f"{CLOCK} does not stand in {', '.join(unread)}")


def marks(path: Path) -> bool:
    """Say whether tests are marked in this very file."""
    return CLOCK in path.read_text(encoding="utf-8")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden"))
