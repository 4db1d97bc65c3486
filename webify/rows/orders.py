"""The order of a large table, made once by a process of its own, and kept."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from webify.model.block import Column, Table
from webify.rows.kept import Kept, key_of
from webify.rows.sorting import sorted_rows
from webify.rows.source import opened

PATIENCE = 1.0  # seconds that a page waits for an order before it says that it is being made
AGE = 10.0  # seconds that the order of a table which still grows is good for
_SOONEST = 0.3  # seconds between two signs of life
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from webify.rows.orders import main; main(sys.argv[2:])"
)


@dataclass(frozen=True)
class Order:
    """An order that is there: the key of its rows, and how many rows it covers."""

    key: str
    total: int


@dataclass(frozen=True)
class Progress:
    """A large table is being sorted: how many rows, and how far it is, from 0 to 1."""

    rows: int
    share: float | None = None

    @property
    def words(self) -> str:
        """Return what a person reads meanwhile."""
        return f"Sorting {self.rows:,} rows …"


def order_of(
    path: Path, table: Table, column: int, *, falling: bool, total: int, patience: float = PATIENCE
) -> Order | Progress | None:
    """Return the order of a table by a column, how far it is, or None where it cannot be made.

    The first who asks has it made; each waits for it a little.
    """
    kept = Kept(path)
    names = keys(table, column)
    name = names[falling]
    limit = time.monotonic() + patience
    begun, pause = False, threading.Event()
    while True:
        found = kept.found(name)
        if found and (found.total == total or time.time() - found.made < AGE):
            return Order(name, found.total)
        if not begun and kept.begin(names[False]):
            begun = True
            _start(path, table, column)
        share, left = kept.share(names[False]), limit - time.monotonic()
        if share is None:
            return None
        if left <= 0:
            return Progress(total, share)
        pause.wait(min(left, 0.05))


def keys(table: Table, column: int) -> tuple[str, str]:
    """Return the keys of the rising and of the falling order."""
    of = table.columns[column]
    what = (table.number, column, of.type, of.unit, of.form)
    return key_of("order", "up", *what), key_of("order", "down", *what)


def make_order(path: Path, table: Table, column: int) -> None:
    """Make both orders of a column and keep them."""
    kept = Kept(path)
    up, down = keys(table, column)
    last = time.monotonic()

    def tell(share: float) -> None:
        nonlocal last
        if time.monotonic() - last > _SOONEST:
            last = time.monotonic()
            kept.beat(up, share)

    beating = _Heart(kept, up)
    try:
        with opened(path, table) as source:
            rising, falling = sorted_rows(source, column, tell)
            total = source.total
        kept.keep(down, total, falling)
        kept.keep(up, total, rising)
    finally:
        beating.stop()
    kept.end(up)


class _Heart:
    """Says that work goes on while nothing else can: a long sort tells nothing."""

    def __init__(self, kept: Kept, key: str) -> None:
        self._stopped = threading.Event()
        self._kept, self._key = kept, key
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.wait(1.0):
            share = self._kept.share(self._key)
            if share is not None:
                self._kept.beat(self._key, share)

    def stop(self) -> None:
        """Stop saying so."""
        self._stopped.set()
        self._thread.join()


def _start(path: Path, table: Table, column: int) -> None:
    """Start the process that sorts; without one it is done here."""
    package = Path(__file__).resolve().parent.parent.parent
    of = json.dumps(asdict(table.columns[column]))
    words = [str(package), str(path.absolute()), str(table.number), str(column), of]
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        make_order(path, table, column)
        return
    threading.Thread(target=process.wait, daemon=True).start()


def main(words: list[str]) -> None:
    """Make an order, in a process of its own: file, number of the table, column, its type."""
    at = int(words[2])
    column = Column(**json.loads(words[3]))
    make_order(Path(words[0]), Table(int(words[1]), (*[Column("")] * at, column)), at)
