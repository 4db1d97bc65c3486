"""JSON values as the text of cells."""

from __future__ import annotations

from collections.abc import Sequence
from json import JSONDecoder
from json.encoder import encode_basestring
from typing import Any

from webify.readers.flat import flatten

MOST_COLUMNS = 16_384
MOST_GROWN = 2_000  # to which a table grows while it is read: each new column costs all rows


class Number(str):
    """A number in the tool's own words: 1.10 stays 1.10."""

    __slots__ = ()


DECODER = JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number, strict=True)


def cell_text(value: Any) -> str:
    """Return a value as the text of a cell; lists, and what lies deep, as compact JSON."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else _compact(value)


def flat(value: dict[str, Any]) -> dict[str, Any]:
    """Return the members of an object; those of objects inside of it have dotted names."""
    if dict in set(map(type, value.values())):
        return flatten(value, cell_text)
    return value


def _compact(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        inside = (f"{encode_basestring(name)}:{_compact(item)}" for name, item in value.items())
        return "{" + ",".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return {True: "true", False: "false"}.get(value, "null")


class Objects:
    """Objects as rows: columns are added as new names come."""

    open = False

    def __init__(self, columns: Sequence[str]) -> None:
        """Begin with these columns."""
        self.columns = tuple(columns)
        self._known = {name: at for at, name in enumerate(self.columns)}

    def row(self, value: Any) -> list[str] | None:
        """Return the cells of an object, or None where it is none or has too many names."""
        if type(value) is not dict:
            return None
        cells = flat(value)
        if tuple(cells) != self.columns:
            if not self._grow(cells):
                return None
            found = [cells.get(name) for name in self.columns]
        else:
            found = [*cells.values()]
        return [cell if type(cell) is str else cell_text(cell) for cell in found]

    def _grow(self, cells: dict[str, Any]) -> bool:
        for name in cells:
            if name not in self._known:
                if len(self._known) >= MOST_GROWN:
                    return False
                self._known[name] = len(self._known)
        if len(self._known) > len(self.columns):
            self.columns = tuple(self._known)
        return True


class Lists:
    """Arrays as rows."""

    open = False

    def __init__(self, columns: Sequence[str]) -> None:
        """Begin with these columns."""
        self.columns = tuple(columns)

    def row(self, value: Any) -> list[str] | None:
        """Return the cells of an array, or None where it is none or too long."""
        if type(value) is not list or len(value) > max(len(self.columns), MOST_GROWN):
            return None
        missing = len(self.columns) - len(value)
        if missing < 0:
            self.columns = (*self.columns, *[""] * -missing)
        return [*map(cell_text, value), *[""] * missing]


class Scalars:
    """Values that are no objects or arrays: one column without a name."""

    columns: tuple[str, ...] = ("",)
    open = True

    def row(self, value: Any) -> list[str] | None:
        """Return the value as a row."""
        return None if isinstance(value, (dict, list)) else [cell_text(value)]
