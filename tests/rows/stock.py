"""A small table in a file of its own."""

from __future__ import annotations

from pathlib import Path

from webify.model.block import Table
from webify.rows.writer import Writer


def written(path: Path, columns, rows) -> Table:
    """Write one table and return it."""
    writer = Writer(path)
    number = writer.create(columns)
    writer.add(number, rows)
    table = writer.table(number)
    writer.close()
    return table
