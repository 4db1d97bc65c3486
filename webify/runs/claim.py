"""Who has a run: its supervisor takes the folder, and writes its end there, once."""

from __future__ import annotations

import contextlib
import os
import time

from webify.runs import verdict
from webify.runs.folder import End, RunFolder, write_json
from webify.runs.keep import Keep
from webify.runs.pumps import AGAIN

GIVE_UP = 30.0  # seconds after which an end that cannot be written is left to the engine
ROOM = 16_384  # bytes kept free on disk for end.json


def claim(folder: RunFolder, keep: Keep) -> bool:
    """Take the run, and some room on the disk for its end; False where another one has it."""
    if keep.deaths:
        folder.make()  # the tool may have deleted it
    try:
        fd = os.open(folder.claim_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return bool(keep.deaths) and _inherited(folder, keep)
    with contextlib.suppress(OSError):
        os.write(fd, b"%d\n".ljust(ROOM, b"\0") % keep.keeper)
    os.close(fd)
    if folder.end_path.exists():
        folder.claim_path.unlink()
        return False
    return True


def _inherited(folder: RunFolder, keep: Keep) -> bool:
    """Say whether the run was taken by a supervisor that this one replaces, and goes on."""
    whose = folder.claim_path.read_bytes().partition(b"\n")[0]
    if folder.end_path.exists():
        folder.claim_path.unlink()
        return False
    return whose in (b"", b"%d" % keep.keeper)  # it may not have lived to write it


def finish(folder: RunFolder, end: End) -> None:
    """Write end.json, in the room that was kept for it; try again while there is none.

    The folder may have been deleted, and is made anew.  What hinders for other reasons than a
    full disk is not waited for without end: the engine then says that the run is lost.
    """
    limit = time.monotonic() + GIVE_UP
    while not _written(folder, end, limit):
        time.sleep(AGAIN)


def _written(folder: RunFolder, end: End, limit: float) -> bool:
    """Write end.json; False where it is to be tried again."""
    try:
        folder.make()
        folder.full_path.unlink(missing_ok=True)
        write_json(folder.end_path, end, folder.claim_path)
    except OSError as error:
        if verdict.no_room(error) or time.monotonic() <= limit:
            return False
        folder.claim_path.unlink(missing_ok=True)
    return True
