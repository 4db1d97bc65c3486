"""What was found once in a large table and is worth keeping: orders, rows that match, sums.

It lies in a file beside the rows, which may be lost at any time: then it is found again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from array import array
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUSY = 2.0  # seconds to wait for somebody else
MOST_ROWS = 40_000_000  # row numbers that are kept; the oldest go first
BEAT = 5.0  # seconds without a sign after which work is taken for dead
MOST_FACTS = 500
PIECE = 8_192  # row numbers that lie together, so that a page reads a few of them only
_LAST = 1 << 40
TRIES = 3  # times that work is begun anew
_MAKE = (
    "PRAGMA journal_mode = WAL",
    "CREATE TABLE IF NOT EXISTS lists (key TEXT PRIMARY KEY, total INTEGER, made REAL, size INT)",
    "CREATE TABLE IF NOT EXISTS pieces (key TEXT, at INTEGER, rows BLOB, PRIMARY KEY (key, at))",
    "CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, total INTEGER, made REAL, said TEXT)",
    "CREATE TABLE IF NOT EXISTS work (key TEXT PRIMARY KEY, beat REAL, share REAL, tries INTEGER)",
)


@dataclass(frozen=True)
class Found:
    """Rows that were found: of how many, when, and how many."""

    total: int
    made: float
    count: int


class Kept:
    """The file beside the rows.  Where it fails, nothing is known and nothing is kept."""

    def __init__(self, rows: Path) -> None:
        """Keep beside this file of rows."""
        self._path = rows.with_name(f"{rows.stem}-found.db")

    def found(self, key: str) -> Found | None:
        """Return what is known under a key."""
        row = self._one("SELECT total, made, size FROM lists WHERE key = ?", key)
        return Found(*row) if row else None

    def rows(self, key: str, skip: int = 0, count: int = -1) -> array[int] | None:
        """Return some of the rows that are known under a key, or all."""
        last = _LAST if count < 0 else (skip + count - 1) // PIECE
        some = "SELECT rows FROM pieces WHERE key = ? AND at BETWEEN ? AND ? ORDER BY at"
        known = "SELECT size FROM lists WHERE key = ?"
        found: array[int] | None = None

        def ask(database: sqlite3.Connection) -> None:
            nonlocal found
            database.execute("BEGIN")
            if database.execute(known, (key,)).fetchone():
                found = array("I")
                for (piece,) in database.execute(some, (key, skip // PIECE, last)):
                    found.frombytes(piece)

        self._ask(ask)
        if found is None or count < 0:
            return found
        first = skip % PIECE
        return found[first : first + count]

    def keep(self, key: str, total: int, rows: array[int]) -> None:
        """Keep rows under a key."""
        bound = memoryview(rows)
        pieces = ((key, at // PIECE, bound[at : at + PIECE]) for at in range(0, len(rows), PIECE))

        def put(database: sqlite3.Connection) -> None:
            line = (key, total, time.time(), len(rows))
            self._drop(database, key)
            database.execute("INSERT INTO lists VALUES (?, ?, ?, ?)", line)
            database.executemany("INSERT INTO pieces VALUES (?, ?, ?)", pieces)
            sizes = "SELECT key, size FROM lists ORDER BY made DESC"
            every = 0
            for name, size in database.execute(sizes).fetchall():
                every += size
                if every > MOST_ROWS and name != key:
                    self._drop(database, name)

        self._change(put)

    @staticmethod
    def _drop(database: sqlite3.Connection, key: str) -> None:
        for name in ("lists", "pieces"):
            database.execute(f"DELETE FROM {name} WHERE key = ?", (key,))

    def fact(self, key: str, total: int) -> str | None:
        """Return what was said of so many rows."""
        row = self._one("SELECT said FROM facts WHERE key = ? AND total = ?", key, total)
        return str(row[0]) if row else None

    def last_fact(self, key: str) -> tuple[int, str] | None:
        """Return what was said last, and of how many rows."""
        row = self._one("SELECT total, said FROM facts WHERE key = ?", key)
        return (int(row[0]), str(row[1])) if row else None

    def note(self, key: str, total: int, said: str) -> None:
        """Keep a fact of so many rows."""

        def put(database: sqlite3.Connection) -> None:
            line = (key, total, time.time(), said)
            database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", line)
            old = f"SELECT key FROM facts ORDER BY made DESC LIMIT -1 OFFSET {MOST_FACTS}"
            database.execute(f"DELETE FROM facts WHERE key IN ({old})")

        self._change(put)

    def begin(self, key: str) -> bool:
        """Take a piece of work, unless somebody is at it or it has failed often."""
        taken = False

        def take(database: sqlite3.Connection) -> None:
            nonlocal taken
            known = "SELECT beat, tries FROM work WHERE key = ?"
            row = database.execute(known, (key,)).fetchone() or (0.0, 0)
            now = time.time()
            taken = now - row[0] > BEAT and row[1] < TRIES
            if taken:
                line = (key, now, row[1] + 1)
                database.execute("INSERT OR REPLACE INTO work VALUES (?, ?, 0, ?)", line)

        self._change(take)
        return taken

    def beat(self, key: str, share: float) -> None:
        """Say that the work goes on, and how far it is."""
        text, bound = "UPDATE work SET beat = ?, share = ? WHERE key = ?", (time.time(), share, key)
        self._change(lambda database: database.execute(text, bound))

    def end(self, key: str) -> None:
        """Say that the work is done."""
        text = "DELETE FROM work WHERE key = ?"
        self._change(lambda database: database.execute(text, (key,)))

    def share(self, key: str) -> float | None:
        """Return how far the work is that somebody is at; None where nobody is."""
        row = self._one("SELECT beat, share FROM work WHERE key = ?", key)
        return float(row[1]) if row and time.time() - row[0] < BEAT else None

    def _one(self, text: str, *bound: object) -> tuple[Any, ...] | None:
        """Return one line, None where there is none or the file cannot be read."""
        found: list[tuple[Any, ...] | None] = [None]

        def ask(database: sqlite3.Connection) -> None:
            found[0] = database.execute(text, bound).fetchone()

        self._ask(ask)
        return found[0]

    def _ask(self, ask: Callable[[sqlite3.Connection], None]) -> None:
        if self._path.exists():
            self._use(ask)

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change the file as a whole or not at all."""

        def do(database: sqlite3.Connection) -> None:
            for text in _MAKE:
                database.execute(text)
            with database:
                database.execute("BEGIN IMMEDIATE")
                change(database)

        self._use(do)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do some work with the file; one that is broken is thrown away."""
        try:
            with closing(
                sqlite3.connect(self._path, timeout=BUSY, isolation_level=None)
            ) as database:
                database.execute("PRAGMA synchronous = OFF")
                work(database)
        except sqlite3.OperationalError:
            return  # busy, full, not to be written, or not made yet
        except sqlite3.DatabaseError:
            for name in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + name).unlink(missing_ok=True)


def key_of(*parts: object) -> str:
    """Return a short key for what is asked."""
    text = json.dumps(parts, ensure_ascii=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
