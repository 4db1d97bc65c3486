"""Can the folders of a site be read and written, and by nobody else."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from webify.checks.check import Check, failure, ok, warning
from webify.settings import Settings

OTHERS = 0o077  # rights of other accounts
ENOUGH = 10_000  # files that are looked at


def tools_folder(settings: Settings) -> Check:
    """Say whether the folder of the tools can be read."""
    folder = settings.folder
    try:
        count = sum(1 for _ in folder.iterdir())
    except OSError as error:
        return failure(
            "Tools folder",
            f"{folder} cannot be read: {error.strerror}.",
            "Give this account the right to read it, or name another folder.",
        )
    return ok("Tools folder", f"{folder} can be read and holds {_entries(count)}.")


def data_folder(settings: Settings) -> Check:
    """Say whether runs can be kept, and whether other accounts could read them."""
    data = settings.data
    try:
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"\0" * 4096)
    except OSError as error:
        return failure(
            "Data folder",
            f"{data} cannot be written: {error.strerror}. The site can only be read.",
            "Make room, give this account the right to write there, or name another folder "
            "with --data.",
        )
    stuck = _not_ours(data)
    if stuck is not None:
        return failure(
            "Data folder",
            f"{stuck} belongs to another account and cannot be written.",
            f"Give the whole folder {data} to the account that runs webify.",
        )
    if sys.platform != "win32" and data.stat().st_mode & OTHERS:
        return warning(
            "Data folder",
            f"{data} can be read by other accounts of this computer, and with it all runs.",
            f"chmod 700 {data}",
        )
    return ok("Data folder", f"{data} can be written.")


def _not_ours(data: Path) -> Path | None:
    """Return one of the files that a server writes and that this account cannot write."""
    names = ("webify.db", "webify.db-wal", "webify.db-shm", "server.lock", "tools.jsonl", "runs")
    for path in (data / name for name in names):
        if path.exists() and not os.access(path, os.W_OK):
            return path
    return None


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
