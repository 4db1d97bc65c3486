"""Is the database of the runs whole, and of this webify's version."""

from __future__ import annotations

import time

from webify.checks.check import Check, failure, ok, warning
from webify.settings import Settings
from webify.store.inspection import inspect_store
from webify.store.tables import VERSION

SLOW = 0.5  # seconds within which it should answer


def whole_store(settings: Settings) -> Check:
    """Read all of the history, and say whether it is sound."""
    return store(settings, whole=True)


def store(settings: Settings, *, whole: bool = False) -> Check:
    """Say whether the history can be opened, and of which version it is."""
    path = settings.data / "webify.db"
    if not path.exists():
        return ok("Run database", "There is none yet: the first start makes it.")
    began = time.monotonic()
    found = inspect_store(path, whole=whole)
    took = time.monotonic() - began
    if found.fault:
        return failure(
            "Run database",
            f"{path} is not as it should be: {found.fault}.",
            "Stop the site, keep a copy of the file, and put back a sound copy, or move it away "
            "and begin a new history.",
        )
    if found.version > VERSION:
        return failure(
            "Run database",
            f"It was made by a later webify (version {found.version}, this one knows {VERSION}).",
            "Start the later webify, or name another data folder.",
        )
    if found.version < VERSION:
        return warning(
            "Run database",
            f"It has version {found.version} and this webify uses {VERSION}.",
            "Nothing has to be done: the next start copies it and brings it up to date.",
        )
    runs = "1 run" if found.runs == 1 else f"{found.runs:,} runs"
    answered = f"It has version {VERSION} and answered in {took * 1000:,.0f} ms"
    if whole:
        return ok("Run database", f"All of it is sound; version {VERSION}, {runs}.")
    if took > SLOW:
        return warning("Run database", f"{answered}.", "Put the data folder on a faster disk.")
    return ok("Run database", f"{answered}; {runs}.")
