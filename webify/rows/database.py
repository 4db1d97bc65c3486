"""Open the SQLite file of a run's tables: to make it, or to read it.

tables    one line for each table: how many rows and columns it has by now
t1, t2    the cells of a table: each line holds the cells of one column in some rows on end, as one
          text; its id tells the column and the first of these rows
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

LAST_WAIT = 200  # milliseconds to wait for readers at the end
BUSY = 5.0  # seconds to wait for somebody else's transaction
COLUMN = 40  # bits of an id below the number of the column: those of the row


def create(path: Path) -> sqlite3.Connection:
    """Make the file; readers may read while we write."""
    connection = sqlite3.connect(path, timeout=BUSY, check_same_thread=False)
    # The log of the output can always be read again, so nothing here waits for the disk.
    _prepare(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = OFF",
        "CREATE TABLE tables (number INTEGER PRIMARY KEY, rows INTEGER, width INTEGER)",
    )
    connection.commit()
    return connection


def let_go(connection: sqlite3.Connection) -> None:
    """Close the file that was made; what lies beside it goes into it, if nobody reads just now."""
    with closing(connection), suppress(sqlite3.Error):
        connection.execute(f"PRAGMA busy_timeout = {LAST_WAIT}")
        connection.execute("PRAGMA journal_mode = DELETE")


def read(path: Path) -> sqlite3.Connection:
    """Open the file for reading only.  A download is read by one thread after the other."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False
    )
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
