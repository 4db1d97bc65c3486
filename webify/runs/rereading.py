"""Read a part of a run's output again, as a person said: in a process of its own."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from webify.model.block import OUTPUTS, Block
from webify.model.plain import from_plain
from webify.runs.folder import DAMAGED, TABLES_OF_ONE, RunFolder, read_json, write_json
from webify.runs.follower import note_fault, wishes_of

PIECE = 1 << 18  # bytes read from the log at once
SAVE_PAUSE = 0.3  # seconds between two versions of blocks.json, at least
MEMORY = 1 << 30  # bytes that the process may take
CPU_SECONDS = 600
NICE = 10  # whoever waits for a page comes first

WISH, COLUMNS, DONE = "wish.json", "columns.json", "done.json"


@dataclass(frozen=True)
class Wish:
    """How which bytes of the output are to be read: `output` is one of model/block.py."""

    output: str
    start: int
    end: int


@dataclass(frozen=True)
class Done:
    """That a rereading has ended, and what went wrong, "" where nothing did."""

    fault: str = ""


@dataclass(frozen=True)
class Rereading:
    """An output that is read as somebody said.  `folder` has its blocks and its rows."""

    folder: RunFolder
    wish: Wish
    done: Done | None = None

    @property
    def number(self) -> int:
        """Return which one it is of its run."""
        return int(self.folder.path.name)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what was made of it so far."""
        return self.folder.blocks()

    @property
    def position(self) -> int:
        """Return the byte after what was read so far."""
        if self.done is not None:
            return self.wish.end
        return max((block.end for block in self.blocks), default=self.wish.start)


def rereadings(run: RunFolder) -> list[Rereading]:
    """Return all of a run, in the order in which they were asked for."""
    try:
        names = [path.name for path in run.rereadings.iterdir() if path.name.isdecimal()]
    except OSError:
        return []
    found = (look_at(RunFolder(run.rereadings / name)) for name in sorted(names, key=int))
    return [each for each in found if each is not None]


def look_at(folder: RunFolder) -> Rereading | None:
    """Return the rereading of a folder as it is now, None where it is none or damaged."""
    try:
        wish = from_plain(Wish, read_json(folder.path / WISH))
        done = read_json(folder.path / DONE)
        return Rereading(folder, wish, None if done is None else from_plain(Done, done))
    except DAMAGED:
        return None


def main(place: str) -> None:
    """Do what the wish of a folder asks for, within bounds; done.json is written in any case."""
    folder = RunFolder(Path(place))
    _stay_small()
    fault = ""
    try:
        asked = look_at(folder)
        if asked is not None:
            read_again(folder, asked.wish)
    except MemoryError:
        fault = "It takes more memory than there is for it"
    except Exception as error:  # noqa: BLE001 - the border of a process
        fault = str(error).strip().partition("\n")[0] or type(error).__name__
        note_fault(folder.fault_path)
    write_json(folder.path / DONE, Done(fault))


def read_again(folder: RunFolder, wish: Wish) -> None:
    """Read the bytes piece by piece; blocks.json and rows.db grow meanwhile."""
    from webify.readers import Reading
    from webify.rows.writer import Writer

    writer = Writer(folder.rows_path, wishes_of(read_json(folder.path / COLUMNS) or {}))
    writer.first = int(folder.path.name) * TABLES_OF_ONE + 1
    reading = Reading(writer, OUTPUTS[wish.output])
    save_at = 0.0
    with RunFolder(folder.path.parent.parent).out_path.open("rb") as log:
        for data in _pieces(log, wish):
            reading.feed(data)
            began = time.monotonic()
            if began >= save_at:
                _save(folder, reading.blocks, wish)
                save_at = time.monotonic() + max(SAVE_PAUSE, 10 * (time.monotonic() - began))
    reading.finish()
    _save(folder, reading.blocks, wish)


def _pieces(log: BinaryIO, wish: Wish) -> Iterator[bytes]:
    log.seek(wish.start)
    left = wish.end - wish.start
    while data := log.read(min(PIECE, left)):
        left -= len(data)
        yield data


def _save(folder: RunFolder, blocks: tuple[Block, ...], wish: Wish) -> None:
    """Write the blocks, with the places that they have in the whole output."""
    placed = tuple(
        replace(block, start=block.start + wish.start, end=block.end + wish.start)
        for block in blocks
    )
    write_json(folder.blocks_path, placed)


def _stay_small() -> None:
    """Set the bounds of this process, where the system has such."""
    if sys.platform != "win32":
        import resource

        os.nice(NICE)
        for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
            with contextlib.suppress(ValueError, OSError):  # a lower bound holds already
                resource.setrlimit(kind, (most, most))
