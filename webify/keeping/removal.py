"""Take folders away so that nobody ever sees half of one: first out of sight, then for good."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

GONE = ".gone"  # in the folder of the runs; what lies there is no run any more


def put_away(path: Path, gone: Path) -> Path | None:
    """Move a folder out of sight and return where it is now, or None where there is none.

    Raises OSError where somebody holds one of its files (Windows); it is tried again later.
    """
    gone.mkdir(mode=0o700, exist_ok=True)
    place = gone / path.name
    if place.is_symlink() or place.exists():
        erase(place)
    try:
        return path.rename(place)
    except FileNotFoundError:
        return None


def erase(path: Path) -> bool:
    """Delete a folder or a file, whatever rights a tool gave it; False where something is left.

    No link is followed.
    """
    if path.is_symlink() or not path.is_dir():
        return _unlinked(path)
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        _open_up(path)
        shutil.rmtree(path, ignore_errors=True)
    return not path.exists()


def room_of(path: Path) -> int:
    """Return the bytes that a folder takes on disk."""
    return sum(_taken(info) for info in _infos(path))


def _unlinked(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _open_up(path: Path) -> None:
    """Give this account the right to delete what is inside."""
    for base, folders, files in os.walk(path):
        for each in (Path(base), *(Path(base, name) for name in (*folders, *files))):
            try:
                if not each.is_symlink():
                    each.chmod(stat.S_IRWXU)
            except OSError:
                continue


def _infos(path: Path) -> Iterator[os.stat_result]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                try:
                    yield entry.stat(follow_symlinks=False)
                    inside = entry.is_dir(follow_symlinks=False)
                except OSError:
                    continue
                if inside:
                    yield from _infos(Path(entry.path))
    except OSError:
        return


def _taken(info: os.stat_result) -> int:
    blocks: int | None = getattr(info, "st_blocks", None)
    return info.st_size if blocks is None else blocks * 512
