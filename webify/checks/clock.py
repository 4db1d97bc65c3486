"""Does the clock say what files and earlier runs say."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from webify.checks.check import Check, failure, ok, warning
from webify.places import PACKAGE
from webify.settings import Settings
from webify.store.inspection import inspect_store

APART = 2.0  # seconds between the clocks of this computer and of the disk
AHEAD = timedelta(minutes=2)  # that the newest run may seem to come from the future
DAY = 86_400
SET = "Set the clock, and let a time service (NTP) keep it."


def clock(settings: Settings) -> Check:
    """Compare the clock with the disk's, with the newest run, and with webify's own files."""
    now = datetime.now(UTC)
    if now.timestamp() < (PACKAGE / "__init__.py").stat().st_mtime - DAY:
        return failure("Clock", f"It is set to {now:%F %R} UTC, before webify was installed.", SET)
    apart = _apart(settings)
    if apart is not None and abs(apart) > APART:
        way = "ahead of" if apart > 0 else "behind"
        return warning(
            "Clock",
            f"The disk of the data folder is {abs(apart):,.0f} s {way} this computer's clock.",
            "Let both computers use the same time service (NTP).",
        )
    newest = inspect_store(settings.data / "webify.db").newest
    if newest is not None and newest > now + AHEAD:
        return warning("Clock", f"The newest run is of {newest:%F %R} UTC, which is to come.", SET)
    local = now.astimezone()
    zone = "UTC" if f"{local:%Z}" == "UTC" else f"{local:%Z, UTC%z}"
    return ok("Clock", f"It is {local.day} {local:%b %Y %R} here ({zone}), as on the disk.")


def _apart(settings: Settings) -> float | None:
    """Return by how many seconds the disk's clock is ahead; None where nothing can be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=settings.data) as file:
            before = time.time()
            file.write(b"\0")
            file.flush()
            changed = Path(file.name).stat().st_mtime
            after = time.time()
    except OSError:
        return None
    return changed - min(max(changed, before), after)
