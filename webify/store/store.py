"""The history: every run that was ever asked for, in SQLite or PostgreSQL."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from webify.errors import RunUnknown, StoreUnusable
from webify.model.run import Pin, Run, State
from webify.store.leaving import UNFINISHED, Limits, free, leaving, too_many, too_old, unmeasured
from webify.store.opening import open_database, open_empty, open_to_read, said, transaction
from webify.store.tables import PINS, RUNS

LOG = logging.getLogger(__name__)
AT_ONCE = 500  # values in one query: databases take so many and not many more
SEPARATOR = "\x1f"  # between the words of a path
ADD = insert(RUNS).returning(RUNS.c.number)  # made once: making it takes a fifth of adding a run


@dataclass(frozen=True)
class RunFilter:
    """Which runs of the history are meant; what is empty lets all through.

    text     all of its words stand in title, command line, person or reason
    tool     slug
    since, until   when it was asked for; until itself is outside
    pinned   only those that somebody pinned
    path     those of one command, and only such as have ended
    """

    text: str = ""
    tool: str = ""
    state: State | None = None
    since: datetime | None = None
    until: datetime | None = None
    pinned: bool = False
    path: tuple[str, ...] | None = None


class Store:
    """The history in one database; any thread may use it.

    A run whose answers the tool did not take is found by its id and its number only.

    Every method raises StoreUnusable with a sentence while the database cannot be used.
    """

    def __init__(self, place: str | Path, *, reading: bool = False) -> None:
        """Open the database, make its tables on first use, bring older ones up to date.

        place     the address of a database, or the file of one of our own
        reading   of a file that cannot be written: what is there is read, and where even that
                  cannot be the history is empty; reopen() opens it for all

        Raises SettingsWrong where the address cannot be used.
        """
        self._place = place
        self._gate = threading.Lock()  # while it is opened for reading only
        self.reading = reading
        found = open_to_read(Path(place)) if reading else open_database(place)
        self.lacking = found is None
        self._engine = open_empty() if found is None else found

    def reopen(self) -> None:
        """Open for all what was opened for reading.  Raises SettingsWrong where that fails."""
        with self._gate:
            self._engine.dispose()  # it may hold the file for itself
            self._engine = open_database(self._place)
            self.reading = self.lacking = False

    def add(self, run: Run) -> Run:
        """Keep a new run and return it with its number."""
        data = _row(run)
        del data["number"]
        with self._writing() as connection:
            number = connection.execute(ADD, data)
            return replace(run, number=number.scalar_one())

    def change(self, run_id: str, **changes: Any) -> Run:
        """Change fields of a run and return it as it is now."""
        with self._writing() as connection:
            before = _run(_one(connection, RUNS.c.id == run_id, run_id))
            run = replace(before, **changes)
            row = _row(run)
            changed = {name: row[name] for name in (*changes, "search")}
            connection.execute(update(RUNS).where(RUNS.c.id == run_id).values(changed))
            return run

    def update(self, run: Run, *names: str) -> None:
        """Write fields of a run of which all is known; one that is not there stays so."""
        row = _row(run)
        changed = {name: row[name] for name in (*names, "search")}
        with self._writing() as connection:
            connection.execute(update(RUNS).where(RUNS.c.id == run.id).values(changed))

    def run(self, run_id: str) -> Run:
        """Return the run of this id, or raise RunUnknown."""
        with self._reading() as connection:
            return _run(_one(connection, RUNS.c.id == run_id, run_id))

    def by_number(self, number: int) -> Run:
        """Return the run of this number, or raise RunUnknown."""
        with self._reading() as connection:
            return _run(_one(connection, RUNS.c.number == number, str(number)))

    def runs(self, wanted: RunFilter, limit: int = 50, offset: int = 0) -> list[Run]:
        """Return runs, the newest first."""
        query = select(RUNS).where(*_conditions(wanted)).order_by(RUNS.c.number.desc())
        return self._all(query.limit(limit).offset(offset))

    def count(self, wanted: RunFilter) -> int:
        """Return how many runs a filter lets through."""
        query = select(func.count()).select_from(RUNS).where(*_conditions(wanted))
        with self._reading() as connection:
            return connection.execute(query).scalar_one()

    def counts(self) -> dict[str, int]:
        """Return how many runs each tool has had."""
        query = select(RUNS.c.tool, func.count()).where(*_conditions(RunFilter()))
        query = query.group_by(RUNS.c.tool)
        with self._reading() as connection:
            return {row.tool: row[1] for row in connection.execute(query)}

    def outcomes(self, since: datetime) -> dict[State, int]:
        """Return how many runs were asked for since then, by how they stand."""
        query = select(RUNS.c.state, func.count()).where(*_conditions(RunFilter(since=since)))
        with self._reading() as connection:
            found = connection.execute(query.group_by(RUNS.c.state))
            return {State(state): count for state, count in found}

    def unfinished(self) -> list[Run]:
        """Return the runs that have not ended, the oldest first."""
        query = select(RUNS).where(RUNS.c.state.in_(UNFINISHED))
        return self._all(query.order_by(RUNS.c.number))

    def last(self, tool: str, count: int) -> list[Run]:
        """Return the last runs of a tool, the newest first."""
        return self.runs(RunFilter(tool=tool), limit=count)

    def pin(self, run_id: str, by: str = "") -> Pin:
        """Pin a run; one that is pinned stays as it is.  Raises RunUnknown."""
        with self._writing() as connection:
            _one(connection, RUNS.c.id == run_id, run_id, held=True)
            found = connection.execute(select(PINS).where(PINS.c.run == run_id)).first()
            if found is not None:
                return Pin(*found)
            pin = Pin(run_id, by, datetime.now(UTC))
            connection.execute(insert(PINS).values(vars(pin)))
            return pin

    def unpin(self, run_id: str) -> None:
        """Take the pin of a run away; without one nothing changes.  Raises RunUnknown."""
        with self._writing() as connection:
            _one(connection, RUNS.c.id == run_id, run_id)
            connection.execute(delete(PINS).where(PINS.c.run == run_id))

    def pins(self, runs: Sequence[Run]) -> dict[str, Pin]:
        """Return the pins of these runs, by the ids of those that have one."""
        wanted = select(PINS).where(PINS.c.run.in_([run.id for run in runs]))
        with self._reading() as connection:
            return {row.run: Pin(*row) for row in connection.execute(wanted)}

    def leaving(self, limits: Limits, now: datetime | None, count: int) -> list[Run]:
        """Return runs that are not kept any longer, the oldest first.

        now   None where the clock is not to be trusted: nothing goes by its age then
        """
        rules = [too_many(limits), None if now is None else too_old(limits, now)]
        wanted = [rule for rule in rules if rule is not None]
        return self._all(leaving(or_(*wanted), count)) if wanted else []

    def remove(self, run_id: str) -> bool:
        """Forget a run; False where it goes on, is pinned, or is not there."""
        with self._writing() as connection:
            gone = delete(RUNS).where(RUNS.c.id == run_id, free())
            return connection.execute(gone).rowcount == 1

    def known(self, ids: Sequence[str]) -> set[str]:
        """Return those of the ids that are runs, refused ones too."""
        found: set[str] = set()
        with self._reading() as connection:
            for start in range(0, len(ids), AT_ONCE):
                some = RUNS.c.id.in_(ids[start : start + AT_ONCE])
                found.update(connection.scalars(select(RUNS.c.id).where(some)))
        return found

    def first(self) -> datetime | None:
        """Return when the first run that is known was asked for."""
        with self._reading() as connection:
            return connection.execute(select(func.min(RUNS.c.created))).scalar()

    def unmeasured(self, count: int) -> list[Run]:
        """Return ended runs of which nobody knows how much room they take, the oldest first."""
        return self._all(unmeasured(count))

    def measure(self, run_id: str, size: int | None) -> None:
        """Keep how many bytes a run takes on disk; None: they have to be counted anew."""
        with self._writing() as connection:
            connection.execute(update(RUNS).where(RUNS.c.id == run_id).values(bytes=size))

    def bytes(self) -> int:
        """Return how much all measured runs take on disk."""
        with self._reading() as connection:
            total = connection.execute(select(func.coalesce(func.sum(RUNS.c.bytes), 0)))
            return int(total.scalar_one())

    def sizes(
        self, spans: Sequence[tuple[datetime, datetime]], without: Collection[str]
    ) -> list[int]:
        """Return how much the runs of each span of time take on disk, those of some tools apart."""
        total = select(func.coalesce(func.sum(RUNS.c.bytes), 0))
        if without:
            total = total.where(RUNS.c.tool.not_in(list(without)))
        with self._reading() as connection:
            found = (total.where(RUNS.c.created >= a, RUNS.c.created < b) for a, b in spans)
            return [int(connection.execute(query).scalar_one()) for query in found]

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _all(self, query: Any) -> list[Run]:
        with self._reading() as connection:
            return [_run(row) for row in connection.execute(query)]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        gate = self._gate if self.reading else nullcontext()
        with gate, _told("read", "Try again in a moment."), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        after = "Nothing was kept or started; try again in a moment."
        gate = self._gate if self.reading else nullcontext()
        with gate, _told("written", after), transaction(self._engine) as connection:
            yield connection


@contextmanager
def _told(done: str, after: str) -> Iterator[None]:
    """Say in words that the database cannot be "read" or "written" just now, and what follows."""
    try:
        yield
    except (InterfaceError, OperationalError) as error:
        sentence = f"The history cannot be {done} just now ({said(error)})."
        LOG.warning("%s", sentence)
        raise StoreUnusable(f"{sentence} {after}") from error


def _conditions(wanted: RunFilter) -> list[ColumnElement[bool]]:
    found = [RUNS.c.state != State.REFUSED.value]
    found += [
        RUNS.c.search.contains(word, autoescape=True) for word in wanted.text.casefold().split()
    ]
    if wanted.tool:
        found.append(RUNS.c.tool == wanted.tool)
    if wanted.state is not None:
        found.append(RUNS.c.state == wanted.state.value)
    if wanted.since is not None:
        found.append(RUNS.c.created >= wanted.since)
    if wanted.until is not None:
        found.append(RUNS.c.created < wanted.until)
    if wanted.path is not None:
        found.append(RUNS.c.path == SEPARATOR.join(wanted.path))
        found.append(RUNS.c.state.not_in(UNFINISHED))
    if wanted.pinned:
        found.append(RUNS.c.id.in_(select(PINS.c.run)))
    return found


def _one(
    connection: Connection, condition: ColumnElement[bool], wanted: str, *, held: bool = False
) -> Row[Any]:
    """Return one row; held: nobody else changes it before this transaction ends."""
    query = select(RUNS).where(condition)
    row = connection.execute(query.with_for_update() if held else query).first()
    if row is None:
        raise RunUnknown(f"There is no run {wanted}.")
    return row


def _row(run: Run) -> dict[str, Any]:
    """Return what the table holds of a run."""
    searched = (run.title, run.tool, *run.path, *run.argv, run.user, run.reason)
    return {
        **{field.name: getattr(run, field.name) for field in fields(run)},
        "path": SEPARATOR.join(run.path),
        "argv": list(run.argv),
        "state": run.state.value,
        "search": " ".join(searched).casefold(),
    }


def _run(row: Row[Any]) -> Run:
    data = dict(zip(row._fields, row, strict=True))  # its public names, despite the _
    del data["search"], data["bytes"]
    data["path"] = tuple(data["path"].split(SEPARATOR)) if data["path"] else ()
    data["argv"] = tuple(data["argv"])
    data["state"] = State(data["state"])
    return Run(**data)
