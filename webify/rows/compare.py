"""Compare two tables by a key: which rows were added, are gone, changed.

SQLite does the work in files, so that memory stays the same whatever the size: the keys of both
tables are copied and sorted, and looked up in each other.  What comes out is a small file with
the numbers of the rows that differ.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import count, repeat
from pathlib import Path

from webify.errors import TableUnknown
from webify.rows.matching import WHOLE, Match, Side, few, guesses, matches
from webify.rows.packing import pack
from webify.rows.source import Source, opened

GONE, CHANGED, ADDED = 0, 1, 2
BATCH = 50_000  # rows between two looks at how far it has come
CACHE = 8_000  # kilobytes of the file that is worked in
SMALL_CACHE = 2_000  # kilobytes of the file that comes out
# of a row: its number, its key, how many rows before it have that key, its other cells
LINE = "r INTEGER PRIMARY KEY, k TEXT NOT NULL, n INTEGER, s BLOB"
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Result:
    """What a comparison found.

    key       the columns that rows are matched by, as numbers in matches(); () is the whole row
    guessed   nobody chose it
    doubled   rows of the old and of the new table whose key an earlier row has too
    """

    key: tuple[int, ...]
    guessed: bool
    added: int
    gone: int
    changed: int
    same: int
    doubled: tuple[int, int]

    @property
    def total(self) -> int:
        """Return how many rows differ."""
        return self.added + self.gone + self.changed


def compare(
    old: Side,
    new: Side,
    target: Path,
    key: Sequence[int] | None = None,
    tell: Tell = lambda _words, _share: None,
) -> Result:
    """Write the differences into a file of their own and return what was found.

    key    as in Result; None guesses it
    tell   is called with what is done and how far it has come, from 0 to 1; what it raises ends
           the comparison

    Raises TableUnknown where rows are not there, or no column is in both.
    """
    both = matches(old.table, new.table)
    if not any(match.shared for match in both):
        raise TableUnknown("The two tables have no column in common")
    keys = guesses(old, new, both) if key is None else [tuple(key)]
    work = target.with_name(f"{target.name}.work")
    fresh = target.with_name(f"{target.name}.new")
    for each in (work, fresh):
        each.unlink(missing_ok=True)
    try:
        with (
            opened(old.path, old.table) as one,
            opened(new.path, new.table) as two,
            closing(sqlite3.connect(work.absolute().as_uri(), uri=True)) as database,
        ):
            _open(database, fresh)
            result = _Work(database, one, two, both, tell).run(keys, guessed=key is None)
        fresh.replace(target)
    except sqlite3.Error as error:
        raise TableUnknown(f"The rows of the two tables cannot be compared ({error})") from error
    finally:
        for each in (work, fresh):
            each.unlink(missing_ok=True)
    return result


def _open(database: sqlite3.Connection, fresh: Path) -> None:
    database.isolation_level = None
    database.execute("ATTACH ? AS found", (fresh.absolute().as_uri(),))
    for name, cache in (("main", CACHE), ("found", SMALL_CACHE)):
        database.execute(f"PRAGMA {name}.journal_mode = OFF")  # a file that fails is thrown away
        database.execute(f"PRAGMA {name}.synchronous = OFF")
        database.execute(f"PRAGMA {name}.cache_size = -{cache}")
    database.execute("PRAGMA temp_store = FILE")


class _Work:
    """One comparison on its way."""

    def __init__(
        self,
        database: sqlite3.Connection,
        old: Source,
        new: Source,
        both: Sequence[Match],
        tell: Tell,
    ) -> None:
        self.database = database
        self.both = both
        self.tell = tell
        self.sources = {"old": old, "new": new}
        self.rows = {name: source.total for name, source in self.sources.items()}
        self.done = 0.0

    def run(self, keys: Sequence[tuple[int, ...]], *, guessed: bool) -> Result:
        """Take the first key that tells rows apart, or the last one as it is."""
        for key in keys:
            doubled = self._sort(key)
            fits = all(few(n, rows) for n, rows in zip(doubled, self.rows.values(), strict=True))
            if fits or key == keys[-1]:
                break
        if any(doubled):
            self._number()
        self._find(repeats=any(doubled))
        counts = [0, 0, 0]
        for kind, times in self.database.execute("SELECT kind, count(*) FROM d GROUP BY kind"):
            counts[kind] = times
        same = self.rows["new"] - counts[ADDED] - counts[CHANGED]
        found = Result(key, guessed, counts[ADDED], counts[GONE], counts[CHANGED], same, doubled)
        self._keep(found)
        return found

    def _sort(self, key: tuple[int, ...]) -> tuple[int, int]:
        """Copy and sort the keys of both; return how many rows of each repeat one."""
        doubled = []
        for step, name in enumerate(self.sources):
            self.database.execute(f"DROP TABLE IF EXISTS k_{name}")
            self.database.execute(f"CREATE TABLE k_{name} ({LINE})")
            self._copy(name, key, step * 0.25)
            self._say("Sorting the keys", step * 0.25 + 0.2)
            self.database.execute(f"CREATE INDEX i_{name} ON k_{name} (k)")
            found = self.database.execute(
                f"SELECT sum(c - 1) FROM (SELECT count(*) AS c FROM k_{name} GROUP BY k)"
            )
            doubled.append(int(found.fetchone()[0] or 0))
        return doubled[0], doubled[1]

    def _copy(self, name: str, key: tuple[int, ...], share: float) -> None:
        """Copy the key of each row, and what stands for its other cells."""
        words = f"Reading the keys of the {'first' if name == 'old' else 'second'} run"
        shared = [at for at, match in enumerate(self.both) if match.shared]
        others = [at for at in shared if key != WHOLE and at not in key]
        rows, put = self.rows[name], f"INSERT INTO k_{name} VALUES (?, ?, 1, ?)"
        keys, rest = (
            [self._place(self.both[at], name) for at in some] for some in (key or shared, others)
        )
        self.database.execute("BEGIN")  # else each row is written to the file by itself
        for first, columns in self.sources[name].columns([*keys, *rest]):
            lines = zip(*columns[: len(keys)], strict=True)
            if key == WHOLE:
                said = [_digest(cells).hex() for cells in lines]
            else:
                said = [cells[0] if len(cells) == 1 else pack(cells) for cells in lines]
            same = map(_digest, zip(*columns[len(keys) :], strict=True)) if rest else repeat(b"")
            self.database.executemany(put, zip(count(first), said, same, strict=False))
            if first % BATCH < len(said):
                self._say(words, share + 0.15 * first / rows)
        self.database.execute("COMMIT")

    def _number(self) -> None:
        """Count the rows of each key, so that they are matched in order."""
        for name in self.sources:
            self._say("Numbering rows that share a key", 0.5)
            number = "row_number() OVER (PARTITION BY k ORDER BY r)"
            for text in (
                f"CREATE TABLE n_{name} ({LINE})",
                f"INSERT INTO n_{name} SELECT r, k, {number}, s FROM k_{name} ORDER BY r",
                f"DROP TABLE k_{name}",
                f"ALTER TABLE n_{name} RENAME TO k_{name}",
                f"CREATE INDEX i_{name} ON k_{name} (k, n)",
            ):
                self.database.execute(text)

    def _find(self, *, repeats: bool) -> None:
        """Note the rows that differ, in the order of the output."""
        on = "o.k = n.k AND o.n = n.n" if repeats else "o.k = n.k"
        self.database.execute("CREATE TABLE d (kind INTEGER, a INTEGER, b INTEGER)")
        kind = f"CASE WHEN o.r IS NULL THEN {ADDED} ELSE {CHANGED} END"
        text = (
            f"INSERT INTO d SELECT {kind}, o.r, n.r FROM k_new AS n LEFT JOIN k_old AS o ON {on}"
            " WHERE (o.r IS NULL OR o.s != n.s) AND n.r BETWEEN ? AND ?"
        )
        self._in_batches(text, "new", "Comparing the rows", (0.5, 0.8))
        text = (
            f"INSERT INTO d SELECT {GONE}, o.r, NULL FROM k_old AS o WHERE NOT EXISTS"
            f" (SELECT 1 FROM k_new AS n WHERE {on}) AND o.r BETWEEN ? AND ?"
        )
        self._in_batches(text, "old", "Looking for rows that are gone", (0.8, 0.95))

    def _keep(self, found: Result) -> None:
        self._say("Writing down the differences", 0.96)
        in_order = "SELECT kind, a, b FROM main.d ORDER BY coalesce(b, a), kind"
        for text in (
            "CREATE TABLE found.d (id INTEGER PRIMARY KEY, kind INTEGER, a INTEGER, b INTEGER)",
            f"INSERT INTO found.d (kind, a, b) {in_order}",
            "CREATE INDEX found.d_kind ON d (kind)",
            "CREATE TABLE found.about (json TEXT)",
        ):
            self.database.execute(text)
        self.database.execute("INSERT INTO found.about VALUES (?)", (json.dumps(asdict(found)),))

    @staticmethod
    def _place(match: Match, name: str) -> int:
        return int((match.old if name == "old" else match.new) or 0)

    def _in_batches(self, text: str, name: str, words: str, way: tuple[float, float]) -> None:
        """Run a statement for some rows after the others, and tell how far it is."""
        rows = self.rows[name]
        for first in range(0, rows, BATCH):
            self._say(words, way[0] + (way[1] - way[0]) * first / rows)
            self.database.execute(text, (first, first + BATCH - 1))

    def _say(self, words: str, share: float) -> None:
        """Tell how far it is; a second guess does not lead back."""
        self.done = max(self.done, share)
        self.tell(words, self.done)


def _digest(cells: Sequence[str]) -> bytes:
    """Return what stands for some cells: two rows have the same one only if they are the same."""
    return blake2b(pack(cells).encode(), digest_size=16).digest()
