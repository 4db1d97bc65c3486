"""Values inside of values as cells of one row: dotted names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

DEEPEST = 5  # names that one column may be made of; what lies deeper is one cell
MOST = 2_000  # cells of one row


def flatten(value: dict[str, Any], text: Callable[[Any], str]) -> dict[str, str]:
    """Return the cells of a value by their dotted names; lists are one cell each."""
    cells: dict[str, str] = {}
    _add(cells, "", value, text, DEEPEST)
    return cells


def _add(
    cells: dict[str, str],
    before: str,
    value: dict[str, Any],
    text: Callable[[Any], str],
    left: int,
) -> None:
    for name, item in value.items():
        whole = f"{before}{name}"
        if isinstance(item, dict) and item and left > 1 and len(item) + len(cells) <= MOST:
            _add(cells, f"{whole}.", item, text, left - 1)
        elif whole not in cells:
            cells[whole] = item if type(item) is str else text(item)
