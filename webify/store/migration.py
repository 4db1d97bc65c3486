"""Bring the tables of an older data folder to the version of this webify, with Alembic."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from webify.errors import SettingsWrong
from webify.store.tables import VERSION, lock, refuse_later, version_of

LOG = logging.getLogger(__name__)
SCRIPTS = Path(__file__).parent / "migrations"
WAIT = 600_000  # milliseconds that SQLite waits for another server which migrates


def migrate(engine: Engine) -> None:
    """Change the tables, all steps or none; where another server does it meanwhile, wait.

    A database in a file is copied beside itself before.
    Raises SettingsWrong where the tables are of a later version, or where rows would be lost.
    """
    try:
        with engine.connect() as connection, _alone(connection):
            version = version_of(connection)
            assert version is not None
            refuse_later(version)
            if version < VERSION:
                _upgrade(engine, connection, version)
    finally:
        engine.dispose()  # the next connections are set up as they should be


def configuration(connection: Connection) -> Config:
    """Return what Alembic has to know; there is no alembic.ini."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "version_%%(rev)s")
    return config


def _upgrade(engine: Engine, connection: Connection, version: int) -> None:
    copy = _copied(engine, version)
    LOG.warning(
        "The store is brought from version %s to version %s%s.",
        version,
        VERSION,
        f"; a copy of it as it was is {copy}" if copy else "",
    )
    config = configuration(connection)
    command.stamp(config, str(version), purge=True)  # our own number is the truth
    command.upgrade(config, str(VERSION))
    _check_rows(connection)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Hold a transaction in which nobody else changes the tables.

    SQLite changes a table by making a new one and dropping the old one, which must not take
    along the rows that refer to it; that can be switched before a transaction only.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT}")
        connection.rollback()
    with connection.begin():
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        lock(connection)
        yield


def _copied(engine: Engine, version: int) -> Path | None:
    """Copy a database that lies in a file: what another connection sees, which changes nothing."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or name in (None, "", ":memory:"):
        return None
    path = Path(str(name))
    copy = path.with_name(f"{path.stem}-version-{version}{path.suffix}")
    fresh = copy.with_name(f"{copy.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with engine.connect() as reader:
            reader.exec_driver_sql("VACUUM INTO ?", (str(fresh),))
        fresh.replace(copy)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return copy


def _check_rows(connection: Connection) -> None:
    """Refuse a change after which rows refer to nothing."""
    if connection.dialect.name != "sqlite":
        return  # it has watched all the time
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise SettingsWrong(
            f"The store cannot be brought to version {VERSION}: rows of it refer to runs that are "
            "not there. Nothing was changed."
        )
