"""The SQL of one view of a table.  Values are bound; names of columns are webify's own."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Sequence

from webify.model.block import Table

_SORT = re.compile(r"-?\d{1,4}\Z", re.ASCII)
_MOST_WORDS = 10
_GROUP = 100  # columns in one condition; SQLite bounds its depth and its arguments


class Query:
    """How the rows of a view are found."""

    def __init__(self, table: Table, q: str, sort: str) -> None:
        """Look at this table; a sort that names no column is none."""
        self._number = int(table.number)
        self._width = len(table.columns)
        fits = _SORT.match(sort) and int(sort.lstrip("-")) < self._width
        self.sort = sort if fits else ""
        self._words = q.split()[:_MOST_WORDS]

    @property
    def filtered(self) -> bool:
        """Say whether only some rows are wanted."""
        return bool(self._words)

    @property
    def column(self) -> int:
        """Return the number of the column that is sorted by."""
        return int(self.sort.lstrip("-"))

    @property
    def order(self) -> str:
        """Return the ORDER BY: empty cells last, equal ones in the order of the output."""
        if not self.sort:
            return "rowid"
        key = f"k{self.column}"
        return f"{key} DESC, rowid" if self.sort[0] == "-" else f"{key} IS NULL, {key}, rowid"

    def prepare(self, database: sqlite3.Connection) -> None:
        """Teach a connection the function that the conditions use."""
        database.create_function("holds", -1, _holds, deterministic=True)

    def total(self, database: sqlite3.Connection) -> int:
        """Return how many rows the table has; they are numbered without a gap."""
        found = database.execute(f"SELECT max(rowid) FROM t{self._number}").fetchone()
        return int(found[0] or 0)

    def sorted_ids(self, database: sqlite3.Connection, count: int, skip: int) -> list[int]:
        """Return the ids of some rows in sorted order."""
        found = database.execute(
            f"SELECT rowid FROM k{self._number} ORDER BY {self.order} LIMIT ? OFFSET ?",
            (count, skip),
        )
        return [row[0] for row in found]

    def matches(self, database: sqlite3.Connection) -> array[int]:
        """Return the ids of all rows that match, in order."""
        where, values = self._where()
        if not self.sort:
            text = f"SELECT rowid FROM t{self._number} WHERE {where} ORDER BY rowid"
        else:
            text = (
                f"SELECT t.rowid FROM t{self._number} AS t CROSS JOIN k{self._number} AS k"
                f" ON k.rowid = t.rowid WHERE {where} ORDER BY {self._order_of('k')}"
            )
        return array("q", (row[0] for row in database.execute(text, values)))

    def rows(self, database: sqlite3.Connection, ids: Sequence[int]) -> tuple[tuple[str, ...], ...]:
        """Return the rows of these ids, in their order."""
        text = f"SELECT {self._columns()} FROM t{self._number} WHERE rowid = ?"
        found = (database.execute(text, (each,)).fetchone() for each in ids)
        return tuple(tuple(cell or "" for cell in row) for row in found if row is not None)

    def all_rows(self) -> tuple[str, Sequence[str]]:
        """Return the SQL and the values for all rows of the view."""
        where, values = self._where()
        columns = self._columns("t.")
        text = f"SELECT {columns} FROM t{self._number} AS t"
        if self.sort:
            text += f" JOIN k{self._number} AS k ON k.rowid = t.rowid"
        if self._words:
            text += f" WHERE {where}"
        return f"{text} ORDER BY {self._order_of('k' if self.sort else 't')}", values

    def _order_of(self, name: str) -> str:
        return re.sub(r"(k\d+|rowid)", rf"{name}.\1", self.order)

    def _columns(self, prefix: str = "") -> str:
        return ",".join(f"{prefix}c{at}" for at in range(self._width))

    def _where(self) -> tuple[str, list[str]]:
        """Return the condition that each word is in some cell, and its values."""
        parts: list[str] = []
        values: list[str] = []
        for word in self._words:
            text, count = self._holds(word)
            parts.append(f"({text})")
            values += [_pattern(word) if word.isascii() and self._like else word.casefold()] * count
        return " AND ".join(parts) or "1", values

    @property
    def _like(self) -> bool:
        return self._width <= _GROUP

    def _holds(self, word: str) -> tuple[str, int]:
        """Return the condition for one word, and how often its value is bound."""
        names = [f"c{at}" for at in range(self._width)]
        if self._like and word.isascii():
            return " OR ".join(f"{name} LIKE ? ESCAPE '\\'" for name in names), len(names)
        groups = [names[at : at + _GROUP] for at in range(0, len(names), _GROUP)]
        return " OR ".join(f"holds(?, {','.join(group)})" for group in groups), len(groups)


def _pattern(word: str) -> str:
    r"""Return the LIKE pattern for a word; %, _ and \ stand for themselves."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", word) + "%"


def _holds(word: str, *cells: str | None) -> bool:
    """Say whether a word is in one of the cells; SQLite's own LIKE knows case only in ASCII."""
    return any(cell is not None and word in cell.casefold() for cell in cells)
