"""The tables of the store, and how they are made on first use."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.types import TypeDecorator

from webify.errors import SettingsWrong

VERSION = 2  # of the tables below; a change of them is a higher number and a step that leads there
LOCK = 0x77656269667931  # PostgreSQL: one server at a time makes the tables


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC, in databases that know no time zones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn it to UTC, and leave the zone out where the database has none."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy hands it over
    ) -> datetime | None:
        """Say that it is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData()

SCHEMA = Table("webify_schema", METADATA, Column("version", Integer, nullable=False))

# search: what the search box of the history looks through, folded to one case
RUNS = Table(
    "runs",
    METADATA,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("id", String(64), nullable=False, unique=True),
    Column("tool", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("values", JSON, nullable=False),
    Column("argv", JSON, nullable=False),
    Column("user", String(200), nullable=False),
    Column("door", String(50), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created", Moment, nullable=False),
    Column("started", Moment),
    Column("ended", Moment),
    Column("exit_code", BigInteger),
    Column("rows", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("search", Text, nullable=False),
    Index("runs_by_tool", "tool", "number"),
    Index("runs_by_state", "state"),
    Index("runs_by_created", "created"),
    sqlite_autoincrement=True,
)

# A pin goes with its run; a webify that knows none made version 1, and its runs have none.
PINS = Table(
    "pins",
    METADATA,
    Column("run", String(64), ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("user", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Index("pins_by_created", "created"),
)


def prepare(connection: Connection) -> None:
    """Make the tables where there are none; refuse those of a later webify, or read-only ones."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    METADATA.create_all(connection)
    version = connection.execute(select(SCHEMA.c.version)).scalar()
    if version is None:
        connection.execute(insert(SCHEMA).values(version=VERSION))
    elif version > VERSION:
        raise SettingsWrong(
            f"The store was made by a later webify (its tables have version {version}, this "
            f"webify knows {VERSION}). Start the later one, or name another data folder."
        )
    else:  # so that a database in which nobody may write is told now, and not at the first run
        connection.execute(update(SCHEMA).values(version=VERSION))
