"""Records whose names become the columns of a table, which may grow while it is read."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 2_000  # columns of one table

Pair = tuple[str, str]


class Columns:
    """The names that records have had so far, in order."""

    def __init__(self) -> None:
        """Begin without any."""
        self._at: dict[str, int] = {}
        self._told = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names."""
        return tuple(self._at)

    def news(self) -> tuple[str, ...] | None:
        """Return all names where there are more than at the last call, else None."""
        if len(self._at) == self._told:
            return None
        self._told = len(self._at)
        return self.names

    def cells(self, record: Iterable[Pair]) -> list[str]:
        """Return the cells of a record; a name that comes twice has both values in its cell."""
        row = [""] * len(self._at)
        for name, value in record:
            at = self._at.get(name)
            if at is None:
                if len(self._at) >= MOST:
                    continue
                at = self._at[name] = len(self._at)
                row.append(value)
            else:
                row[at] = f"{row[at]}\n{value}" if row[at] else value
        return row
