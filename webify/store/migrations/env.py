"""Alembic runs this file for each of its commands: on which connection, and how."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import update

from webify.store.moment import Moment
from webify.store.tables import METADATA, SCHEMA


def run() -> None:
    """Run the steps of the command at hand inside the transaction of webify/store/migration.py."""
    connection = context.config.attributes["connection"]

    def note(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:  # noqa: ARG001 - Alembic's
        """Write our own number, which all versions of webify look at first."""
        connection.execute(update(SCHEMA).values(version=int(step.up_revision_id)))

    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,  # SQLite cannot change a column; Alembic makes the table anew
        render_item=written,
        on_version_apply=note,
    )
    with context.begin_transaction():
        context.run_migrations()


def written(kind: str, item: Any, step: Any) -> str | Literal[False]:
    """Return how a type of our own stands in a new file; False leaves it to Alembic."""
    if kind != "type" or not isinstance(item, Moment):
        return False
    step.imports.add("\nfrom webify.store.moment import Moment")
    return "Moment()"


run()
