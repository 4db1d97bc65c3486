"""The readers at work beside the tool: they follow its log file, never the tool itself."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from webify.model.block import OUTPUTS, TEXT, Block
from webify.model.plain import from_plain
from webify.runs.folder import RunFolder, write_json
from webify.runs.order import Columns
from webify.runs.pumps import Pump

if TYPE_CHECKING:
    from webify.readers import Reading as Readers
    from webify.readers.panel import Fault
    from webify.rows.evidence import ColumnWish
    from webify.runs.own_reading import OwnReading

    Reading = Readers | OwnReading

PIECE = 1 << 18  # bytes read from the log at once
FIRST_PIECE = 1 << 14  # the same at the beginning: its rows are on the page at once
PAUSE = 0.03  # seconds between two pieces where there is no backlog: one look at many words
LATER, PAUSE_LATER = 2.0, 0.15  # the same, once it has been read for so long: pages ask less often
QUIET = 0.1  # seconds without news until the readers are told that it is quiet
SAMPLE = b"""2026-01-31 10:14:59 INFO started
2026-01-31 10:15:00 INFO ended

when,item,price
2026-01-31 10:15:00,bolt,1.50
2026-02-01 09:00:00,"nut, small",0.75

ITEM   COUNT
bolt   12
nut    7

Total: 19
"""
SETTLED = 1.0  # seconds without news after which nothing more can come of the quiet
TEXT_ON = 15.0  # seconds after the tool's end in which a table may still be found in a long text
LAST_WORD = 5.0  # seconds in which readers that are broken off can still close their tables
BLOCKS_PAUSE = 0.2  # seconds between two versions of blocks.json, at least
GROWN_PAUSE = 3.0  # the same where a text at the end has grown, which people see live anyway
BLOCKS_SHARE = 10  # and as many times what writing one takes


def load(
    output: str = "", adapter: str = "", columns: Columns | None = None
) -> Callable[[Path], Reading]:
    """Load the readers and return what opens them on a file for rows.

    output    how the output is read, where that was said: see model/block.py
    adapter   the file of the site's module that reads it, or ""
    columns   what is said of the columns of its tables, by their names

    Loaded here and not above, so that readers which cannot be loaded cost a run its tables only.
    """
    from webify.readers import Reading as Readers
    from webify.readers.shapes import load_readers
    from webify.rows.writer import Writer

    wishes = wishes_of(columns or {})
    wanted = OUTPUTS.get(output)
    load_readers(wanted)
    import_module("webify.rows.database")  # the writer does so with its first table
    if not adapter:
        return lambda path: Readers(Writer(path, wishes), wanted)
    from webify.runs.own_reading import OwnReading

    def own(path: Path) -> Reading:
        writer = Writer(path, wishes)
        return OwnReading(Path(adapter), writer, lambda: Readers(writer, wanted))

    return own


def rehearse() -> None:
    """Read a small output, so that what readers make once is there before a process forks.

    The expressions for logs alone took the first table of each run 20 ms.
    """
    with TemporaryDirectory() as folder:
        reading = load()(Path(folder) / "rows.db")
        reading.feed(SAMPLE)
        reading.finish()


def wishes_of(columns: Columns) -> dict[str, ColumnWish]:
    """Return what is said of columns as the writer of rows takes it."""
    from webify.rows.evidence import ColumnWish

    return {name: from_plain(ColumnWish, told) for name, told in columns.items()}


class Follower:
    """Reads what the pump has written and keeps blocks.json and rows.db up to date.

    Nothing is loaded or written for a tool that prints nothing.
    """

    def __init__(
        self,
        folder: RunFolder,
        pump: Pump,
        output: str = "",
        adapter: str = "",
        columns: Columns | None = None,
    ) -> None:
        """Follow this pump; run() does it.  For output, adapter and columns see load()."""
        self._folder = folder
        self._pump = pump
        self._load = partial(load, output, adapter, columns)
        self._reading: Reading | None = None
        self._saved: tuple[Block, ...] = ()
        self._save_at = 0.0
        self._grown_at = 0.0
        self._ended = threading.Event()
        self._broken_off = threading.Event()
        self._cut = False
        self.done = threading.Event()
        self.rows = 0
        self.fault = ""

    def finish(self, seconds: float, unwanted: Callable[[], bool]) -> None:
        """Read the rest; break off after `seconds`, or when it is no longer wanted."""
        self._ended.set()
        self._pump.news.set()
        began = time.monotonic()
        while not self.done.wait(0.05):
            spent = time.monotonic() - began
            if spent > seconds or (spent > TEXT_ON and self._in_text()) or unwanted():
                self.fault = "Only the first part of the output was read into tables"
                self._broken_off.set()
                self.done.wait(LAST_WORD)
                return

    def _in_text(self) -> bool:
        """Say whether no table was being read when the blocks were saved last."""
        return not self._saved or self._saved[-1].kind == TEXT

    def run(self) -> None:
        """Follow to the end; whatever a reader does wrong, the text stays."""
        try:
            self._follow()
        except Exception as error:  # noqa: BLE001 - the border of a thread
            self.fault = f"The output could not be read into tables: {_said(error)}"
            note_fault(self._folder.fault_path)
        finally:
            self.done.set()

    def _follow(self) -> None:
        with self._folder.out_path.open("rb", buffering=0) as log:
            began = quiet_since = time.monotonic()
            while not self._broken_off.is_set():
                last = self._ended.is_set()
                size = FIRST_PIECE if self._reading is None else PIECE
                data = log.read(size)
                if data:
                    self._feed(data)
                    quiet_since = time.monotonic()
                    if len(data) < size:
                        later = quiet_since - began > LATER
                        self._ended.wait(PAUSE_LATER if later else PAUSE)
                elif last:
                    break
                else:
                    self._wait(time.monotonic() - quiet_since)
            if self._reading is not None:
                self._cut = self._broken_off.is_set() and bool(log.read(1))
                try:
                    self._reading.finish()
                finally:
                    self._save(self._reading, now=True)
                    self._tell_faults(self._reading.faults)

    def _tell_faults(self, faults: Sequence[Fault]) -> None:
        """Say which readers were switched off: what they would have found is text."""
        if not faults:
            return
        self.fault = self.fault or faults[0].said
        note("\n".join(f"{fault.said}\n{fault.trace}" for fault in faults), self._folder.fault_path)

    def _feed(self, data: bytes) -> None:
        if self._reading is None:
            self._reading = self._load()(self._folder.rows_path)
        self._reading.feed(data)
        self._save(self._reading)

    def _wait(self, quiet: float) -> None:
        settled = self._reading is None or quiet > SETTLED
        if self._reading is not None:
            self._reading.tick(quiet)
            self._save(self._reading, now=settled)
        self._pump.news.wait(None if settled else QUIET)
        self._pump.news.clear()

    def _save(self, reading: Reading, *, now: bool = False) -> None:
        """Write blocks.json where it changed: the first version at once, later ones in peace."""
        began = time.monotonic()
        if began < self._save_at and not now:
            return
        blocks = tuple(reading.blocks)
        if self._cut:
            blocks = (*blocks[:-1], *map(cut, blocks[-1:]))
        if blocks == self._saved:
            return
        if not now and began < self._grown_at and grown(self._saved, blocks):
            return
        self._saved = blocks
        self.rows = sum(block.table.rows for block in blocks if block.table)
        write_json(self._folder.blocks_path, blocks)
        took = time.monotonic() - began
        self._save_at = began + max(BLOCKS_PAUSE, BLOCKS_SHARE * took)
        self._grown_at = began + GROWN_PAUSE


def grown(before: Sequence[Block], now: Sequence[Block]) -> bool:
    """Say whether nothing but a text at the end has changed, by becoming longer."""
    if not before or len(before) != len(now) or now[-1].kind != TEXT:
        return False
    return [*before[:-1], replace(before[-1], end=now[-1].end)] == list(now)


def cut(block: Block) -> Block:
    """Return the last block of an output that was not read to its end; a table says so."""
    if block.table is None:
        return block
    rows = f"Only the first {block.table.rows:,} rows were read into this table. "
    return replace(block, table=replace(block.table, cut=rows + "The text of the output is whole."))


def note_fault(path: Path) -> None:
    """Keep the traceback of the error at hand, where there is room for it."""
    note(traceback.format_exc(), path)


def note(text: str, path: Path) -> None:
    """Add to a file of notes, where there is room."""
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as notes:
            notes.write(text)
    except OSError:
        return


def _said(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
