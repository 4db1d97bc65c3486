"""Keep what a store of this version looks like, as SQL: the next versions have to open it.

Run it once for each version of the tables: python -m tests.store.old_versions
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.postgres import Postgres, _program, running
from webify.model.run import Run, State
from webify.store.store import Store
from webify.store.tables import VERSION

VERSIONS = Path(__file__).parent / "versions"
NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
LEFT_OUT = re.compile(r"--|SET |SELECT pg_catalog.set_config|\\(?:un)?restrict|$")
FIRST = Run(
    id="first",
    tool="stock",
    title="Stock levels",
    path=("levels", "all of them"),
    values={"site": "Nörd", "on": True, "rows": [["a", "b"]], "n": 3},
    argv=("stock", "levels", "--site=Nörd"),
    user="Ænna",
    state=State.FAILED,
    created=NOON,
    started=NOON + timedelta(seconds=1),
    ended=NOON + timedelta(seconds=2),
    exit_code=3221225477,
    rows=5_000_000_000,
    reason="It broke",
)
SECOND = Run("second", "share", "Share", created=NOON, state=State.SUCCEEDED, exit_code=0)


def fill(place: str | Path) -> None:
    """Keep two runs and a pin."""
    with closing(Store(place)) as store:
        store.add(FIRST)
        store.add(SECOND)
        store.pin("second", "Ænna")


def of_sqlite(folder: Path) -> list[str]:
    """Return the statements that make a filled store in SQLite."""
    fill(folder / "webify.db")
    with closing(sqlite3.connect(folder / "webify.db")) as database:
        return list(database.iterdump())


def of_postgresql(base: Postgres) -> list[str]:
    """Return the statements that make a filled store in PostgreSQL."""
    fill(base.url)
    where = ["-h", base.host, "-p", str(base.port), "-U", base.user, base.database]
    call = [_program("pg_dump"), "--inserts", "--no-owner", *where]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return [line for line in said.splitlines() if not LEFT_OUT.match(line)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running() as server:
        found = {
            "sqlite": of_sqlite(Path(folder)),
            "postgresql": of_postgresql(server.create("filled")),
        }
    for name, lines in found.items():
        path = VERSIONS / f"{name}-{VERSION}.sql"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
