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
from pathlib import Path

from webify.errors import TableUnknown
from webify.rows.matching import WHOLE, Match, Side, few, guesses, matches

GONE, CHANGED, ADDED = 0, 1, 2
BATCH = 50_000  # rows between two looks at how far it has come
CACHE = 8_000  # kilobytes of the file that is worked in
SMALL_CACHE = 2_000  # kilobytes of each file of rows
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
        with closing(sqlite3.connect(work.absolute().as_uri(), uri=True)) as database:
            _open(database, {"old": old.path, "new": new.path}, fresh)
            result = _Work(database, old, new, both, tell).run(keys, guessed=key is None)
        fresh.replace(target)
    except sqlite3.Error as error:
        raise TableUnknown(f"The rows of the two tables cannot be compared ({error})") from error
    finally:
        for each in (work, fresh):
            each.unlink(missing_ok=True)
    return result


def _open(database: sqlite3.Connection, sides: dict[str, Path], fresh: Path) -> None:
    database.isolation_level = None
    for name, path in sides.items():
        database.execute("ATTACH ? AS " + name, (f"{path.absolute().as_uri()}?mode=ro",))
        database.execute(f"PRAGMA {name}.cache_size = -{SMALL_CACHE}")
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
        old: Side,
        new: Side,
        both: Sequence[Match],
        tell: Tell,
    ) -> None:
        self.database = database
        self.both = both
        self.tell = tell
        self.numbers = {"old": int(old.table.number), "new": int(new.table.number)}
        self.rows = {name: self._count(name) for name in self.numbers}
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
        self._find(key, repeats=any(doubled))
        counts = [0, 0, 0]
        for kind, count in self.database.execute("SELECT kind, count(*) FROM d GROUP BY kind"):
            counts[kind] = count
        same = self.rows["new"] - counts[ADDED] - counts[CHANGED]
        found = Result(key, guessed, counts[ADDED], counts[GONE], counts[CHANGED], same, doubled)
        self._keep(found)
        return found

    def _sort(self, key: tuple[int, ...]) -> tuple[int, int]:
        """Copy and sort the keys of both; return how many rows of each repeat one."""
        doubled = []
        for step, name in enumerate(self.numbers):
            self.database.execute(f"DROP TABLE IF EXISTS k_{name}")
            self.database.execute(
                f"CREATE TABLE k_{name} (r INTEGER PRIMARY KEY, k TEXT NOT NULL, n INTEGER)"
            )
            words = f"Reading the keys of the {'second' if step else 'first'} run"
            text = (
                f"INSERT INTO k_{name} SELECT rowid, {self._key(key, name)}, 1"
                f" FROM {name}.t{self.numbers[name]} WHERE rowid BETWEEN ? AND ?"
            )
            self._in_batches(text, name, words, (step * 0.25, step * 0.25 + 0.15))
            self._say("Sorting the keys", step * 0.25 + 0.2)
            self.database.execute(f"CREATE INDEX i_{name} ON k_{name} (k)")
            found = self.database.execute(
                f"SELECT sum(c - 1) FROM (SELECT count(*) AS c FROM k_{name} GROUP BY k)"
            )
            doubled.append(int(found.fetchone()[0] or 0))
        return doubled[0], doubled[1]

    def _number(self) -> None:
        """Count the rows of each key, so that they are matched in order."""
        for name in self.numbers:
            self._say("Numbering rows that share a key", 0.5)
            numbered = f"SELECT r, k, row_number() OVER (PARTITION BY k ORDER BY r) FROM k_{name}"
            for text in (
                f"CREATE TABLE n_{name} (r INTEGER PRIMARY KEY, k TEXT NOT NULL, n INTEGER)",
                f"INSERT INTO n_{name} {numbered} ORDER BY r",
                f"DROP TABLE k_{name}",
                f"ALTER TABLE n_{name} RENAME TO k_{name}",
                f"CREATE INDEX i_{name} ON k_{name} (k, n)",
            ):
                self.database.execute(text)

    def _find(self, key: tuple[int, ...], *, repeats: bool) -> None:
        """Note the rows that differ, in the order of the output."""
        on = "o.k = n.k AND o.n = n.n" if repeats else "o.k = n.k"
        self.database.execute("CREATE TABLE d (kind INTEGER, a INTEGER, b INTEGER)")
        text = "SELECT {0}, o.r, n.r FROM k_new AS n LEFT JOIN k_old AS o ON " + on
        same = self._same(key)
        if same:
            text += (
                f" LEFT JOIN old.t{self.numbers['old']} AS x ON x.rowid = o.r"
                f" LEFT JOIN new.t{self.numbers['new']} AS y ON y.rowid = n.r"
            )
        wanted = f"(o.r IS NULL OR NOT ({same}))" if same else "o.r IS NULL"
        kind = f"CASE WHEN o.r IS NULL THEN {ADDED} ELSE {CHANGED} END"
        text = f"INSERT INTO d {text.format(kind)} WHERE {wanted} AND n.r BETWEEN ? AND ?"
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

    def _key(self, key: tuple[int, ...], name: str) -> str:
        """Return the SQL of a row's key; with several cells each stands behind its length."""
        cells = [
            f"coalesce(c{self._place(self.both[at], name)}, '')" for at in key or self._shared()
        ]
        if key != WHOLE and len(cells) == 1:
            return cells[0]
        return _balanced([f"length(CAST({c} AS BLOB)) || ':' || {c}" for c in cells], "||")

    def _same(self, key: tuple[int, ...]) -> str:
        """Return the SQL that says whether all cells but the key are the same, "" for no others."""
        others = [self.both[at] for at in self._shared() if key != WHOLE and at not in key]
        cells = [f"coalesce(x.c{m.old}, '') = coalesce(y.c{m.new}, '')" for m in others]
        return _balanced(cells, "AND") if cells else ""

    def _shared(self) -> list[int]:
        return [at for at, match in enumerate(self.both) if match.shared]

    @staticmethod
    def _place(match: Match, name: str) -> int:
        return int((match.old if name == "old" else match.new) or 0)

    def _count(self, name: str) -> int:
        text = f"SELECT max(rowid) FROM {name}.t{self.numbers[name]}"
        return int(self.database.execute(text).fetchone()[0] or 0)

    def _in_batches(self, text: str, name: str, words: str, way: tuple[float, float]) -> None:
        """Run a statement for some rows after the others, and tell how far it is."""
        rows = self.rows[name]
        for first in range(1, rows + 1, BATCH):
            self._say(words, way[0] + (way[1] - way[0]) * first / rows)
            self.database.execute(text, (first, first + BATCH - 1))

    def _say(self, words: str, share: float) -> None:
        """Tell how far it is; a second guess does not lead back."""
        self.done = max(self.done, share)
        self.tell(words, self.done)


def _balanced(parts: Sequence[str], sign: str) -> str:
    """Join many terms so that their tree stays flat: SQLite bounds its depth."""
    if len(parts) == 1:
        return f"({parts[0]})"
    half = len(parts) // 2
    return f"({_balanced(parts[:half], sign)} {sign} {_balanced(parts[half:], sign)})"
