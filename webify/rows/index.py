"""Make the index of a column when it is sorted for the first time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from webify.model.block import Table
from webify.rows.query import Query

ENOUGH = 2_000  # rows below which sorting needs no index


def make_index(path: Path, table: Table, query: Query) -> None:
    """Make the index that the view's order wants, once the table is whole and large.

    Without it the same rows are found, slower: where the file cannot be written, or is
    still being written, nothing is done.
    """
    if table.rows < ENOUGH or not path.exists():
        return
    name = f"i{int(table.number)}_{query.column}_{'down' if query.sort[0] == '-' else 'up'}"
    key = f"k{query.column}"
    order = f"{key} DESC" if query.sort[0] == "-" else f"{key} IS NULL, {key}"
    try:
        with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as database:
            known = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = ?"
            if database.execute(known, (name,)).fetchone()[0]:
                return
            if database.execute("SELECT count(*) FROM whole").fetchone()[0]:
                database.execute(f"CREATE INDEX IF NOT EXISTS {name} ON k{table.number} ({order})")
    except sqlite3.Error:
        return
