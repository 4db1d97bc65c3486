"""The desk of an office library."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional

import fire


class Reports:
    """Lists for people."""

    def overdue(self, days: int = 14, *, full: bool = False):
        """Print what is overdue.

        Args:
            days: After how many days.
            full: All columns.
        """
        return [days, full]


class Desk:
    """Lend books and take them back.

    Args:
        branch: The branch that works.
        dry_run: Write nothing.
    """

    LIMIT = 30

    def __init__(self, branch="north", dry_run=False):
        raise RuntimeError("made while it was described")

    reports = Reports()

    def lend(self, book, reader: str, days: int = 21, note: Optional[str] = None, tags=("a", "b")):
        """Lend a book.

        A second line.

        Args:
            book: Its number.
            reader: Who takes it.
            days: For how long.
            note: What to write on the card.
            tags: Words to file it by.
        """
        return book, reader, days, note, tags

    def take_back(self, book, *others, fee: float = 0.5, damaged=False):
        """Take books back."""
        return book, others, fee, damaged

    def scan(self, folder: Path, keep: bool, limit: Optional[List[int]] = None, **more):
        return folder, keep, limit, more

    @property
    def open_now(self):
        raise RuntimeError("looked at while it was described")

    @staticmethod
    def hours(day="today"):
        return day

    def _hidden(self):
        return None


if __name__ == "__main__":
    fire.Fire(Desk)
