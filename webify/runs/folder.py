"""The folder of one run: what it was told to do, what it printed, how it ended."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from webify.model.block import Block
from webify.model.plain import from_plain, to_plain
from webify.model.run import Run, State
from webify.runs.leftover import Leftover

NOTES = "supervisor.log"  # in the folder of all runs: what supervisors say of themselves
MADE_AT_MOST = 10_000  # files that a run's folder lists
TABLES_OF_ONE = 10_000  # the tables of the third rereading have the numbers 30,001 and so on
SHARING_TRIES = 20  # Windows: a file that somebody reads cannot be replaced just now

# What reading a file may raise that a broken computer, or a tool, left behind.
DAMAGED = (ValueError, TypeError, AttributeError, IsADirectoryError)
UNREADABLE = "Interrupted: what was written about its end cannot be read"

Stamps = Mapping[str, tuple[int, int]]  # name -> (size, time of change)


@dataclass(frozen=True)
class Process:
    """The supervisor of a run, the tool under it, and the keeper above it where there is one.

    birth, tool_birth, keeper_birth   tell a process from a later one with the same number
    began   when the run began, on the clock that nobody sets, which all processes share
    """

    pid: int
    birth: str
    tool_pid: int
    tool_birth: str
    started: datetime
    keeper: int = 0
    keeper_birth: str = ""
    began: float = 0.0


@dataclass(frozen=True)
class End:
    """How a run ended; written once.

    signal       the number of the signal that ended the tool, None where none did
    reason       one sentence where it did not simply succeed
    cause        what ended it where it did not end well: "start", "exit", "signal", "time",
                 "needs" (something is not installed), "terminal" (it is at none), "question"
                 (nobody answered), or the limit that it met: see runs/breach.py
    changed      whether anything was changed, where the meaning of its exit code says so
    deleted      its files were deleted while it went on, and with them what it printed
    survivors    processes of the tool that could not be ended: "name (number)"
    left         its processes that lived when it had ended: those, or what it left by itself
    dropped      bytes that were printed and not kept: past the limit, or the disk was full
    fault        why the tables are not complete: what went wrong in a reader
    files        what the tool made in its folder, and how many bytes each has
    refused      the sentences with which its parser did not take the answers
    asked        what it asked, where it ended because nobody answered
    """

    state: State
    exit_code: int | None = None
    signal: int | None = None
    started: datetime | None = None
    ended: datetime | None = None
    reason: str = ""
    cause: str = ""
    changed: bool | None = None
    rows: int = 0
    deleted: bool = False
    survivors: tuple[str, ...] = ()
    left: tuple[Leftover, ...] = ()
    out_bytes: int = 0
    err_bytes: int = 0
    dropped: int = 0
    fault: str = ""
    files: tuple[str, ...] = ()
    file_sizes: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    asked: str = ""


@dataclass(frozen=True)
class MadeFile:
    """A file that the tool made: its path inside the run's files, with "/"."""

    name: str
    size: int


@dataclass(frozen=True)
class RunFolder:
    """Where one run lies on disk."""

    path: Path

    @classmethod
    def of(cls, root: Path, run: Run) -> RunFolder:
        """Return the folder of a run below `root`, by the day (UTC) on which it was made."""
        created = (run.created or datetime.now(UTC)).astimezone(UTC)
        return cls(root / f"{created:%Y}" / f"{created:%m}" / f"{created:%d}" / run.id)

    @property
    def order_path(self) -> Path:
        """What was to be started, with secrets masked."""
        return self.path / "order.json"

    @property
    def process_path(self) -> Path:
        """The numbers of its processes."""
        return self.path / "process.json"

    @property
    def out_path(self) -> Path:
        """The raw bytes of standard output."""
        return self.path / "out.log"

    @property
    def err_path(self) -> Path:
        """The raw bytes of standard error."""
        return self.path / "err.log"

    @property
    def timeline_path(self) -> Path:
        """One line for each chunk: milliseconds since the start, "out" or "err", bytes."""
        return self.path / "timeline"

    @property
    def blocks_path(self) -> Path:
        """What the readers made of the output."""
        return self.path / "blocks.json"

    @property
    def rows_path(self) -> Path:
        """The rows of its tables."""
        return self.path / "rows.db"

    @property
    def rereadings(self) -> Path:
        """What was made of the output when somebody said how it is to be read."""
        return self.path / "reread"

    def of_table(self, number: int) -> RunFolder:
        """Return the folder whose rows_path and blocks_path hold the table of this number."""
        reading = number // TABLES_OF_ONE
        return RunFolder(self.rereadings / str(reading)) if reading else self

    @property
    def files(self) -> Path:
        """What was uploaded and what the tool makes."""
        return self.path / "files"

    @property
    def made_path(self) -> Path:
        """Which files the tool has finished so far, while it goes on."""
        return self.path / "made.json"

    @property
    def stop_path(self) -> Path:
        """There when somebody wants the run to stop."""
        return self.path / "stop.json"

    @property
    def question_path(self) -> Path:
        """There while the tool waits for an answer."""
        return self.path / "question.json"

    @property
    def answered_path(self) -> Path:
        """The number of the last question that was answered."""
        return self.path / "answered.json"

    @property
    def answers_path(self) -> Path:
        """Where its supervisor takes answers while it waits for one."""
        return self.path / "answers"

    @property
    def end_path(self) -> Path:
        """There when the run has ended; nothing changes afterwards."""
        return self.path / "end.json"

    @property
    def full_path(self) -> Path:
        """There while the disk takes no more output and the tool waits."""
        return self.path / "disk-full"

    @property
    def claim_path(self) -> Path:
        """There while a supervisor has the run; its bytes are room for the end."""
        return self.path / "claim"

    @property
    def fault_path(self) -> Path:
        """The traceback of what went wrong in a reader or in the supervisor itself."""
        return self.path / "fault.txt"

    @property
    def waits_for_disk(self) -> bool:
        """Say whether the tool waits because the disk is full."""
        return self.full_path.exists() and not self.end_path.exists()

    def make(self) -> None:
        """Make the folder; it may be there already."""
        if not self.files.is_dir():
            self.path.mkdir(parents=True, exist_ok=True)
            self.files.mkdir(exist_ok=True)

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes of standard output and standard error there are."""
        return _size(self.out_path), _size(self.err_path)

    def end(self) -> End | None:
        """Return how it ended, or None while it has not; a damaged end is a lost run."""
        try:
            data = read_json(self.end_path)
            return None if data is None else from_plain(End, data)
        except DAMAGED:
            return End(State.LOST, reason=UNREADABLE)

    def process(self) -> Process | None:
        """Return its processes, or None where they are not known."""
        try:
            data = read_json(self.process_path)
            return None if data is None else from_plain(Process, data)
        except DAMAGED:
            return None

    def blocks(self) -> tuple[Block, ...]:
        """Return what the readers made of the output so far."""
        try:
            return tuple(from_plain(Block, block) for block in read_json(self.blocks_path) or ())
        except DAMAGED:
            return ()

    def close(self, end: End) -> None:
        """Write the end of a run that has no supervisor; both logs are there afterwards."""
        self.make()
        self.out_path.touch()
        self.err_path.touch()
        write_json(self.end_path, end)

    def request_stop(self, by: str = "") -> None:
        """Ask the supervisor to stop the tool; an empty file does where the disk is full."""
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            write_json(self.stop_path, {"by": by})
        except OSError:
            self.stop_path.touch()

    def stop_by(self) -> str:
        """Return who asked it to stop."""
        try:
            data = read_json(self.stop_path)
        except DAMAGED:
            return ""
        return str(data.get("by", "")) if isinstance(data, dict) else ""

    def given(self) -> Stamps:
        """Return the files that were there before the tool started."""
        order = read_json(self.order_path) or {}
        return {name: (size, changed) for name, (size, changed) in order.get("given", {}).items()}

    @property
    def at_terminal(self) -> bool:
        """Say whether the tool was started at a terminal of its own."""
        return bool((read_json(self.order_path) or {}).get("terminal"))

    def made_files(self) -> tuple[MadeFile, ...]:
        """Return what the tool made or changed in its folder, sorted by name."""
        end = self.end()
        if end is not None:
            return tuple(
                MadeFile(name, size) for name, size in zip(end.files, end.file_sizes, strict=False)
            )
        return made_since(self.files, self.given())

    def finished_files(self) -> tuple[MadeFile, ...]:
        """Return what the tool made, and while it goes on what it seems to have finished."""
        if self.end_path.exists():
            return self.made_files()
        try:
            return tuple(from_plain(MadeFile, made) for made in read_json(self.made_path) or ())
        except DAMAGED:
            return ()


def make_root(root: Path) -> None:
    """Make the folder of all runs; where nothing can be written, it is made later."""
    with suppress(OSError):
        root.mkdir(mode=0o700, parents=True, exist_ok=True)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of each file below a folder; links out of it are left out."""
    found: dict[str, tuple[int, int]] = {}
    for path in _files(folder):
        try:
            info = path.stat()
        except OSError:
            continue
        found[path.relative_to(folder).as_posix()] = (info.st_size, info.st_mtime_ns)
        if len(found) >= MADE_AT_MOST:
            break
    return found


def made_since(folder: Path, given: Stamps) -> tuple[MadeFile, ...]:
    """Return the files below a folder that are not as they were given."""
    return tuple(
        MadeFile(name, stamp[0])
        for name, stamp in sorted(stamps(folder).items())
        if given.get(name) != stamp
    )


def read_json(path: Path) -> Any:
    """Return what a JSON file holds, or None where there is none."""
    try:
        return json.loads(_read(path))
    except FileNotFoundError:
        return None


def _read(path: Path) -> bytes:
    """Return what a file holds; on Windows one that is being replaced may not be read just now."""
    for _ in range(SHARING_TRIES if os.name == "nt" else 0):
        with suppress(PermissionError):
            return path.read_bytes()
        time.sleep(0.01)
    return path.read_bytes()


def write_json(path: Path, data: object, room: Path | None = None) -> None:
    """Write a JSON file as a whole: a reader sees the old one or the new one, never half of it.

    room   a file that becomes it, and gives up its place on the disk for that
    """
    fresh = room or path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(json.dumps(to_plain(data)).encode())
        _replace(fresh, path)
    except OSError:
        if room is None:
            fresh.unlink(missing_ok=True)
        raise


def _replace(fresh: Path, path: Path) -> None:
    for _ in range(SHARING_TRIES):
        try:
            fresh.replace(path)
        except PermissionError:
            time.sleep(0.01)
        else:
            return
    fresh.replace(path)


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        for name in names:
            path = Path(base, name)
            try:
                link = path.is_symlink()
                if path.is_file() and (not link or path.resolve().is_relative_to(folder.resolve())):
                    yield path
            except (OSError, RuntimeError):  # links in a circle, or a path that is too long
                continue


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
