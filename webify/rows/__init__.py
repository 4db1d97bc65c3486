"""The rows of a run's tables, one SQLite file for each run."""
