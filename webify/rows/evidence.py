"""What the cells of a table say about the types of its columns."""

from __future__ import annotations

from collections.abc import Sequence

from webify.model.block import Column
from webify.rows.keys import BLANKS, Key, sort_keys

_SHARE = 0.95  # of the filled cells of a number column


class Evidence:
    """Counts of one table, column by column."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._filled: list[int] = []
        self._numbers: list[int] = []
        self._units: list[set[str]] = []

    def take(self, columns: Sequence[Sequence[str]]) -> list[list[Key]]:
        """Look at more cells, given column by column; return their sort keys."""
        while len(self._filled) < len(columns):
            self._filled.append(0)
            self._numbers.append(0)
            self._units.append(set())
        found: list[list[Key]] = []
        for at, cells in enumerate(columns):
            keys, numbers, units = sort_keys(cells)
            found.append(keys)
            self._numbers[at] += numbers
            blank = 0 if numbers == len(keys) else sum(map(BLANKS.__contains__, cells))
            self._filled[at] += len(keys) - blank
            self._units[at] |= units
        return found

    def columns(self, names: Sequence[str]) -> tuple[Column, ...]:
        """Return the columns with the types that the cells have so far."""
        return tuple(self._column(at, name) for at, name in enumerate(names))

    def _column(self, at: int, name: str) -> Column:
        if at >= len(self._filled):
            return Column(name)
        filled, numbers, units = self._filled[at], self._numbers[at], self._units[at]
        if not numbers or numbers < filled * _SHARE or len(units) > 1:
            return Column(name)
        return Column(name, "number", "".join(units), "right")
