"""The tables of the store, and how they are made on first use."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from webify.errors import SettingsWrong
from webify.store.moment import Moment

VERSION = 3  # of the tables below; a change of them is a migration, see migrations/
LOCK = 0x77656269667931  # PostgreSQL: one server at a time makes the tables


METADATA = MetaData()

SCHEMA = Table("webify_schema", METADATA, Column("version", Integer, nullable=False))

# search: what the search box of the history looks through, folded to one case
# bytes: what the folder of an ended run takes on disk; NULL until somebody has measured it
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
    Column("bytes", BigInteger),
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


def version_of(connection: Connection) -> int | None:
    """Return the version of the tables that a database has, or None where it has none."""
    if not inspect(connection).has_table(SCHEMA.name):
        return None
    return connection.execute(select(SCHEMA.c.version)).scalar()


def make(connection: Connection) -> None:
    """Make the tables in an empty database, in a transaction that nobody else is in."""
    lock(connection)
    METADATA.create_all(connection)
    if version_of(connection) is None:
        connection.execute(insert(SCHEMA).values(version=VERSION))


def lock(connection: Connection) -> None:
    """Wait until this transaction is the only one that makes or changes tables.

    In SQLite a transaction that began as a writing one is that by itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def check_writable(connection: Connection) -> None:
    """Write what is there, so that where nobody may write it is told before the first run."""
    connection.execute(update(SCHEMA).values(version=SCHEMA.c.version))


def refuse_later(version: int) -> None:
    """Raise SettingsWrong where the tables are those of a later webify."""
    if version > VERSION:
        raise SettingsWrong(
            f"The store was made by a later webify (its tables have version {version}, this "
            f"webify knows {VERSION}). Start the later one, or name another data folder."
        )
