"""Alembic's environment: how the tables became what they are, one file for each version."""
