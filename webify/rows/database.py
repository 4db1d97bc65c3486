"""Open the SQLite file of a run's tables: to make it, to read it, to add an index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

BUSY = 5.0  # seconds to wait for somebody else's transaction


def create(path: Path) -> sqlite3.Connection:
    """Make the file; readers may read while we write."""
    connection = sqlite3.connect(path, timeout=BUSY, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # The log of the output can always be read again, so nothing here waits for the disk.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE whole (yes INTEGER)")
    connection.commit()
    return connection


def read(path: Path) -> sqlite3.Connection:
    """Open the file for reading only."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection
