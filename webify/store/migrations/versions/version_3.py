"""The room that runs take on disk; those of before are measured by and by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add a column that is empty at first."""
    op.add_column("runs", sa.Column("bytes", sa.BigInteger()))
