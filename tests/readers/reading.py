"""A writer that keeps rows in memory, and an output read with it."""

from __future__ import annotations

from collections.abc import Iterable

from webify.model.block import Column, Table
from webify.model.plain import to_plain
from webify.readers import Reading


class Memory:
    """The tables of one output: names of columns, and rows."""

    def __init__(self) -> None:
        self.tables: dict[int, tuple[list[str], list[list[str]]]] = {}
        self.closed = False

    def create(self, columns):
        number = len(self.tables) + 1
        self.tables[number] = (list(columns), [])
        return number

    def add(self, number, rows):
        self.tables[number][1].extend(list(row) for row in rows)

    def rename(self, number, columns):
        self.tables[number] = (list(columns), self.tables[number][1])

    def table(self, number):
        columns, rows = self.tables[number]
        return Table(number, tuple(Column(name) for name in columns), len(rows))

    def tick(self):
        pass

    def close(self):
        self.closed = True


def read(pieces: Iterable[bytes]) -> tuple[Reading, Memory]:
    """Read an output that comes in these pieces, to its end."""
    memory = Memory()
    reading = Reading(memory)
    for piece in pieces:
        reading.feed(piece)
    reading.finish()
    return reading, memory


def plain(reading: Reading, memory: Memory, data: bytes) -> list[dict[str, object]]:
    """Return the blocks as data for JSON, with their words."""
    found = []
    for block in reading.blocks:
        each = to_plain(block)
        each.pop("table", None)
        if block.table is not None:
            each["columns"], each["rows"] = memory.tables[block.table.number]
        if block.kind == "text":
            each["text"] = data[block.start : block.end].decode("utf-8", "replace")
        found.append(each)
    return found
