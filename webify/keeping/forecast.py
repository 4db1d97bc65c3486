"""When the room for runs is used up, at the pace of the last weeks."""

from __future__ import annotations

import math
from collections.abc import Mapping

from webify.settings import Settings

WEEK = 7.0  # days
LOOKED = 4  # weeks whose pace is taken for that of the days to come
LEAST = 3.0  # days of history without which nothing is said
FAR = 365  # days that are looked ahead


def limited(settings: Settings) -> set[str] | None:
    """Return the tools that never grow past a number or a size of their own; None where all do."""
    limits = settings.limits
    if limits.keep_runs or limits.keep_bytes:
        return None
    return {slug for slug, tool in settings.tools.items() if tool.keep_runs or tool.keep_bytes}


def weeks(keep_days: int) -> list[int]:
    """Return the weeks of which the sizes are asked for, 0 is the last one.

    Those whose pace counts, and those whose runs go within the time that is looked ahead.
    """
    oldest = range(max(0, keep_days - FAR) // 7, keep_days // 7 + 1) if keep_days else ()
    return sorted({*range(LOOKED), *oldest})


def days_until_full(
    room: int, sizes: Mapping[int, int], days: float, keep_days: int = 0
) -> int | None:
    """Return in how many days `room` more bytes are taken; None where that is not known or far.

    sizes   what the runs of each week take, by how many weeks ago they were
    days    how old the history is
    """
    if days < LEAST:
        return None
    looked = min(days, LOOKED * WEEK)
    pace = sum(sizes.get(week, 0) for week in range(math.ceil(looked / WEEK))) / looked
    left = float(room)
    for day in range(1, FAR + 1):
        age = keep_days - day  # of the runs that go on that day, as it is now
        gone = pace if age < 0 else sizes.get(int(age // WEEK), 0) / WEEK
        left -= pace - gone if keep_days else pace
        if left <= 0:
            return day
    return None
