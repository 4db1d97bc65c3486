"""What the readers make of one text, as a measure of table recognisers asks for it.

    python measure_tables.py --py benchmarks/read_text.py:blocks
    python -m benchmarks.read_text < FILE          # prints the blocks as JSON

`blocks` takes a text and returns {"blocks": [...]}: tables and logs with their columns and
rows, pairs as a table of one row, all else as text, in the order of the output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from webify.model.block import Block, Column, Table
from webify.readers import Reading

TABLES = ("table", "log")


class Memory:
    """A writer that keeps the tables of one output in memory."""

    def __init__(self) -> None:
        """Begin with no table."""
        self.tables: dict[int, tuple[list[str], list[list[str]]]] = {}
        self.closed = False

    def create(self, columns: Sequence[str]) -> int:
        """Begin a table; return its number."""
        number = len(self.tables) + 1
        self.tables[number] = (list(columns), [])
        return number

    def add(self, number: int, rows: Iterable[Sequence[str]]) -> None:
        """Add rows to a table."""
        self.tables[number][1].extend(list(row) for row in rows)

    def rename(self, number: int, columns: Sequence[str]) -> None:
        """Name the columns anew."""
        self.tables[number] = (list(columns), self.tables[number][1])

    def table(self, number: int) -> Table:
        """Return the table as it is known so far."""
        columns, rows = self.tables[number]
        return Table(number, tuple(Column(name) for name in columns), len(rows))

    def tick(self) -> None:
        """Keep nothing: all is kept already."""

    def close(self) -> None:
        """Remember that nothing more comes."""
        self.closed = True


def blocks(text: str) -> dict[str, Any]:
    """Return the blocks of a text that came to its end."""
    data = text.encode("utf-8", "surrogateescape")
    memory = Memory()
    reading = Reading(memory)
    reading.feed(data)
    reading.finish()
    if reading.faults:
        raise RuntimeError(reading.faults[0].trace)
    return {"blocks": [_plain(block, memory, data) for block in reading.blocks]}


def _plain(block: Block, memory: Memory, data: bytes) -> dict[str, Any]:
    if block.pairs:
        names, values = zip(*block.pairs, strict=True)
        return {"kind": "table", "columns": list(names), "rows": [list(values)]}
    if block.table is not None:
        columns, rows = memory.tables[block.table.number]
        kind = block.kind if block.kind in TABLES else "table"
        return {"kind": kind, "columns": columns, "rows": rows}
    return {"kind": "text", "text": data[block.start : block.end].decode("utf-8", "replace")}


if __name__ == "__main__":
    print(json.dumps(blocks(sys.stdin.read()), indent=1, ensure_ascii=False))
