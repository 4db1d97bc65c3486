"""Is there room for more runs."""

from __future__ import annotations

import os
import shutil
import sys

from webify.checks.check import Check, failure, ok, warning
from webify.runs.verdict import amount
from webify.settings import Settings

LEAST = 100_000_000  # bytes below which runs begin to wait for room
LOW = 0.1  # share of the disk that should be free
PLENTY = 20_000_000_000  # bytes that are enough, however large the disk is
FEW = 0.02  # share of the disk's files that should be free


def disk(settings: Settings) -> Check:
    """Say how much room the disk of the data folder has."""
    usage = shutil.disk_usage(settings.data)
    free = f"{amount(usage.free)} of {amount(usage.total)} are free in {settings.data}"
    remedy = "Make room, or keep fewer runs: keep_days, keep_runs and disk_bytes in webify.toml."
    if usage.free < LEAST:
        return failure("Disk", f"{free}: runs will wait for room.", remedy)
    if sys.platform != "win32":
        files = os.statvfs(settings.data)
        if files.f_files and files.f_favail < FEW * files.f_files:
            return warning("Disk", f"The disk has room for {files.f_favail:,} more files.", remedy)
    if usage.free < min(LOW * usage.total, PLENTY):
        return warning("Disk", f"{free}.", remedy)
    return ok("Disk", f"{free}.")
