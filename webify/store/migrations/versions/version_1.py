"""The history of runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webify.store.moment import Moment

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables of version 1 beside webify_schema, which is there before all others."""
    op.create_table(
        "runs",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("tool", sa.String(200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("argv", sa.JSON(), nullable=False),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("door", sa.String(50), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", Moment(), nullable=False),
        sa.Column("started", Moment()),
        sa.Column("ended", Moment()),
        sa.Column("exit_code", sa.BigInteger()),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("runs_by_tool", "runs", ["tool", "number"])
    op.create_index("runs_by_state", "runs", ["state"])
    op.create_index("runs_by_created", "runs", ["created"])
