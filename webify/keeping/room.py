"""Reading mode: while nothing can be written, a site shows what there is and starts nothing."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from webify.errors import SettingsWrong
from webify.runs.verdict import no_room
from webify.store.store import Store

LOG = logging.getLogger(__name__)
LEAST = 2_000_000  # bytes that have to be free: for the store, and for the beginning of a run
PROBE = 65_536  # bytes that are written to see whether that can be done
LOOK = 1.0  # seconds between two looks
FULL = "The disk is full"


def fault_of(data: Path) -> str:
    """Return why nothing can be kept in a data folder, "" where it can; by writing a file."""
    seen = seen_fault(data)
    if seen:
        return seen
    try:
        with tempfile.TemporaryFile(dir=data, buffering=0) as file:
            left = memoryview(bytes(PROBE))
            while left:
                left = left[file.write(left) :]
    except OSError as error:
        return FULL if no_room(error) else _unwritable(error.strerror)
    return ""


def seen_fault(data: Path) -> str:
    """Return the same as far as it can be seen without writing: cheap enough for each page."""
    try:
        if shutil.disk_usage(data).free < LEAST:
            return FULL
    except OSError as error:
        return _unwritable(error.strerror)
    for path in (data, data / "webify.db"):
        if not os.access(path, os.W_OK) and path.exists():
            return _unwritable(os.strerror(errno.EACCES))
    return ""


def _unwritable(why: str | None) -> str:
    return f"The data folder cannot be written ({why})"


class Room:
    """Says whether a site can keep what it is told, and ends reading mode by itself."""

    def __init__(self, data: Path) -> None:
        """Look for the first time."""
        self._data = data
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._looked = time.monotonic()
        self._fault = fault_of(data)

    def open_store(self) -> Store:
        """Open the history, for reading only where nothing can be written.

        Raises SettingsWrong where it cannot be opened though there is room.
        """
        path = self._data / "webify.db"
        if not self._fault:
            try:
                self._store = Store(path)
            except SettingsWrong:
                self._fault = fault_of(self._data)
                if not self._fault:
                    raise
        if self._store is None:
            self._store = Store(path, reading=True)
        if self._fault:
            LOG.warning("%s: the site starts in reading mode", self._fault)
        return self._store

    @property
    def fault(self) -> str:
        """Return why nothing can be started just now, as part of a sentence; "" while it can."""
        if time.monotonic() - self._looked >= LOOK and self._lock.acquire(blocking=False):
            try:
                self._fault = self._found()
                self._looked = time.monotonic()
            finally:
                self._lock.release()
        return self._fault

    @property
    def sentence(self) -> str:
        """Return the same for a page; "" while all is well."""
        fault = self.fault
        if not fault:
            return ""
        lacking = self._store is not None and self._store.lacking
        history = " The history cannot be read until then." if lacking else ""
        return (
            f"{fault}, so nothing can be run just now. What is there can be read, and runs can be "
            f"started again as soon as that is mended.{history}"
        )

    def _found(self) -> str:
        """Look; where it was full or closed before, see by writing whether that is over."""
        fault = fault_of(self._data) if self._fault else seen_fault(self._data)
        if fault or self._store is None or not self._store.reading:
            return self._told(fault)
        try:
            self._store.reopen()
        except SettingsWrong as error:
            return self._fault or str(error).rstrip(".")
        return self._told("")

    def _told(self, fault: str) -> str:
        if bool(fault) != bool(self._fault):
            LOG.warning("%s: reading mode", fault) if fault else LOG.warning("reading mode is over")
        return fault
