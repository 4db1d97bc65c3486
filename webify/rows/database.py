"""Open the SQLite file of a run's tables: to make it, to read it, to add an index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

BUSY = 5.0  # seconds to wait for somebody else's transaction


def create(path: Path) -> sqlite3.Connection:
    """Make the file; readers may read while we write."""
    connection = sqlite3.connect(path, timeout=BUSY, check_same_thread=False)
    # The log of the output can always be read again, so nothing here waits for the disk.
    _prepare(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = OFF",
        "CREATE TABLE whole (yes INTEGER)",
    )
    connection.commit()
    return connection


def read(path: Path) -> sqlite3.Connection:
    """Open the file for reading only."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None)
    _prepare(connection, "PRAGMA query_only = ON")
    return connection


def _prepare(connection: sqlite3.Connection, *statements: str) -> None:
    """Run the statements; a file that takes them not is let go."""
    try:
        for statement in statements:
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
