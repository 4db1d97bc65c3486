"""How the database of the history is opened: for all, or for reading where nothing is writable."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from webify.errors import SettingsWrong
from webify.store.tables import VERSION, check_writable, make, refuse_later, version_of

LOG = logging.getLogger(__name__)
BUSY = 10.0  # seconds that SQLite waits for another writer
POOL = 8  # connections kept open

# How a file is opened that cannot be written, the best way first.  A disk that is full has no
# room for the memory that connections share, unless it is there from before; one connection
# alone needs none.  A disk that cannot be written is taken as it is.
READING: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({}, ()),
    ({}, ("locking_mode=EXCLUSIVE",)),
    ({"mode": "ro"}, ()),
    ({"immutable": "1"}, ()),
)


def open_database(place: str | Path) -> Engine:
    """Open a database for all, make its tables on first use, bring older ones up to date.

    place: the address of a database, or the file of one of our own.  Raises SettingsWrong.
    """
    try:
        url = make_url(place) if isinstance(place, str) else _in_file(place)
        return _prepared(_engine(url))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise SettingsWrong(f"The store's address cannot be used: {error}.") from error
    except DBAPIError as error:
        raise SettingsWrong(
            f"The store {url.render_as_string()} cannot be opened: {said(error)}."
        ) from error


def open_to_read(path: Path) -> Engine | None:
    """Open a file that cannot be written, or return None where it cannot be read either."""
    if not path.exists():
        return None
    for query, pragmas in READING:
        engine = _reader(path, query, pragmas)
        try:
            with engine.connect() as connection:
                if version_of(connection) == VERSION:
                    return engine
        except DBAPIError as error:
            LOG.info("%s cannot be read with %s %s: %s", path, query, pragmas, said(error))
        engine.dispose()
    return None


def open_empty() -> Engine:
    """Open a history without runs that is nowhere but in memory."""
    return _prepared(_engine(URL.create("sqlite")))


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Hold a transaction that writes."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def said(error: DBAPIError) -> str:
    """Return what a database said, as part of a sentence."""
    return str(error.orig).strip().splitlines()[0]


def _prepared(engine: Engine) -> Engine:
    try:
        with engine.connect() as connection:
            version = version_of(connection)
        if version is not None and version != VERSION:
            _migrate(engine, version)
        with transaction(engine) as connection:
            make(connection) if version is None else check_writable(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _migrate(engine: Engine, version: int) -> None:
    refuse_later(version)
    from webify.store.migration import migrate  # Alembic, which most starts do without

    migrate(engine)


def _in_file(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))  # whatever signs its name holds


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=POOL, pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": BUSY}}
    if url.database in (None, "", ":memory:"):
        options.update(poolclass=QueuePool, pool_size=1, max_overflow=0)  # it lives in one
    else:
        options["pool_size"] = POOL
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _reader(path: Path, query: dict[str, str], pragmas: tuple[str, ...]) -> Engine:
    """Return an engine of one connection."""
    url = _in_file(path)
    if query:
        where = path.absolute().as_uri()
        url = URL.create("sqlite", database=where, query={**query, "uri": "true"})
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": 1.0},
    )

    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", set_up)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Let readers and one writer work side by side; transactions begin where we say so."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
