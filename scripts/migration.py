"""Write the step from one version of the store's tables to the next.

Who changes webify/store/tables.py runs this:

    python scripts/migration.py "Keep which runs wait for others"

Raise VERSION in webify/store/tables.py first.  The new file is webify/store/migrations/versions/
version_N.py; read it, say what older rows get, and run the tests of the store.
"""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from webify.store.migration import configuration
from webify.store.tables import SCHEMA, VERSION


def write(message: str) -> None:
    """Compare the tables with what the migrations make so far, and write what is missing."""
    with create_engine("sqlite://").connect() as connection:
        SCHEMA.create(connection)
        config = configuration(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=str(VERSION))


if __name__ == "__main__":
    write(sys.argv[1].rstrip("."))
