"""Pins, marks that people put on runs; those of version 1 have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webify.store.moment import Moment

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the table of pins."""
    op.create_table(
        "pins",
        sa.Column(
            "run", sa.String(64), sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("created", Moment(), nullable=False),
    )
    op.create_index("pins_by_created", "pins", ["created"])
