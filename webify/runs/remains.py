"""Which runs have left something running: noted beside the runs, so that nobody has to search."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from webify.model.plain import from_plain
from webify.model.run import Run
from webify.runs.folder import DAMAGED, RunFolder, read_json, write_json
from webify.runs.leftover import Leftover

LOG = logging.getLogger(__name__)
LEFT = ".left"  # in the folder of the runs: a note for each that left something
NOTES = "*.json"


@dataclass(frozen=True)
class Remains:
    """A run that has ended, without its answers, and what it left running at its end."""

    run: Run
    left: tuple[Leftover, ...]

    @property
    def told(self) -> str:
        """Return the names and numbers of its processes."""
        return ", ".join(map(str, self.left))

    @property
    def ours(self) -> bool:
        """Say whether some of it can be ended from here."""
        return any(not each.owner for each in self.left)


def note(folder: RunFolder, run: Run, left: tuple[Leftover, ...]) -> None:
    """Note what a run has left; a disk that is full is no reason not to tell its end."""
    path = _path(folder)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(path, Remains(replace(run, values={}, argv=()), left))
    except OSError as error:
        LOG.warning("what run %s left running is told on its page only: %s", run.id, error.strerror)


def left_by(folder: RunFolder) -> tuple[Leftover, ...]:
    """Return what a run left running at its end; its folder may have been deleted since."""
    end = folder.end()
    if end is not None and end.left:
        return end.left
    noted = _noted(_path(folder))
    return noted.left if noted else ()


def living_of(folder: RunFolder) -> tuple[Leftover, ...]:
    """Return what of it still lives."""
    return tuple(each for each in left_by(folder) if each.living)


def remains(root: Path) -> list[Remains]:
    """Return the runs below `root` that left something which still lives, the newest first."""
    found = []
    for path in (root / LEFT).glob(NOTES):
        noted = _noted(path)
        left = tuple(each for each in noted.left if each.living) if noted else ()
        if noted and left:
            found.append(replace(noted, left=left))
    return sorted(found, key=lambda each: each.run.number, reverse=True)


def forget(root: Path) -> None:
    """Drop the notes of which nothing lives any more."""
    paths = list((root / LEFT).glob(NOTES))
    kept = {each.run.id for each in remains(root)} if paths else ()
    for path in paths:
        if path.stem not in kept:
            with contextlib.suppress(OSError):
                path.unlink()


def named(found: Sequence[Remains]) -> str:
    """Return which runs left what, in one line."""
    return "; ".join(f"{each.told} of {each.run.title}, run {each.run.number:,}" for each in found)


def _path(folder: RunFolder) -> Path:
    """Return where the note of a run lies: beside the folders of the years."""
    return folder.path.parents[3] / LEFT / f"{folder.path.name}.json"


def _noted(path: Path) -> Remains | None:
    try:
        data = read_json(path)
        return None if data is None else from_plain(Remains, data)
    except (OSError, *DAMAGED):
        return None
