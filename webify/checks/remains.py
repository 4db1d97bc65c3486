"""Does anything still run that runs left behind."""

from __future__ import annotations

from webify.checks.check import Check, ok, warning
from webify.runs.remains import named, remains
from webify.settings import Settings

NAMED = 5  # runs that are told by name


def left_running(settings: Settings) -> Check:
    """Say which processes live that outlived their runs, and what to do about them."""
    found = remains(settings.data / "runs")
    if not found:
        return ok("Left running", "Nothing still runs that a run left behind.")
    runs = "1 run left" if len(found) == 1 else f"{len(found):,} runs left"
    more = f"; and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return warning(
        "Left running",
        f"{runs} something that still runs: {named(found[:NAMED])}{more}.",
        "End each on the Server page, or let it go on: the files of its run are kept meanwhile. "
        "end_left = true in webify.toml is for tools that should leave nothing.",
    )
