"""One file for each version of the tables; `scripts/migration.py` writes the next one."""
