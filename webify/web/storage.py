"""How much room runs take on disk, and for how long there is enough of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from webify.checks.check import Check, ok, warning
from webify.keeping.forecast import days_until_full, limited, weeks
from webify.services import Services
from webify.store.store import RunFilter
from webify.web.words import counted

NAMED = "Run storage"
SOON = 42  # days before which somebody should plan for it
DAYS, WEEKS = 14, 70  # below which it is told in days, in weeks
WEEK, MONTH = 7, 30.4
REMEDY = "Make room, or keep runs for fewer days: keep_days in webify.toml."
QUOTA = "Then the oldest runs go before their time, unless disk_bytes in webify.toml gives more."


@dataclass(frozen=True)
class Storage:
    """How much room runs take, of how much, and in how many days that is used up.

    total   the quota, or what the disk has for them
    full_in None where it is not known, or far
    quota   whether the oldest runs go then
    """

    used: int
    total: int
    full_in: int | None = None
    quota: bool = False

    @property
    def soon(self) -> bool:
        """Say whether somebody should plan for that day."""
        return self.full_in is not None and self.full_in <= SOON

    @property
    def when(self) -> str:
        """Return when it is full, as part of a sentence; "" where that is not known."""
        return f"full in about {about(self.full_in)}" if self.full_in else ""


def storage(services: Services) -> Storage | None:
    """Return how much room all runs take and may take; None while none is measured."""
    used, quota = services.store.bytes(), services.settings.limits.disk_bytes
    if not used and services.store.count(RunFilter()):
        return None
    room = used + shutil.disk_usage(services.settings.data).free
    total = min(quota, room) if quota else room
    full_in = full(services, total - used) if total > used else None
    return Storage(used, total, full_in, quota=bool(quota) and quota <= room)


def full(services: Services, room: int) -> int | None:
    """Return in how many days so many bytes are taken, by the sizes of the runs so far."""
    without, first = limited(services.settings), services.store.first()
    if without is None or first is None:
        return None
    now, keep = datetime.now(UTC), services.settings.limits.keep_days
    asked = weeks(keep)
    spans = [(now - timedelta(weeks=week + 1), now - timedelta(weeks=week)) for week in asked]
    sizes = dict(zip(asked, services.store.sizes(spans, without), strict=True))
    return days_until_full(room, sizes, (now - first) / timedelta(days=1), keep)


def storage_check(found: Storage | None) -> tuple[Check, ...]:
    """Return how the room for runs is, for the list of checks; nothing while it is measured."""
    if found is None:
        return ()
    share = f"{found.used / found.total:.0%} used" if found.total else "No room is left"
    said = f"{share}, {found.when}." if found.when else f"{share}."
    if not found.soon:
        return (ok(NAMED, said),)
    return (warning(NAMED, said, QUOTA if found.quota else REMEDY),)


def about(days: int) -> str:
    """Return a time in days, weeks or months, as roughly as it is known."""
    if days < DAYS:
        return counted(days, "day")
    if days < WEEKS:
        return counted(round(days / WEEK), "week")
    return counted(round(days / MONTH), "month")
