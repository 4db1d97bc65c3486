"""The server's log: on standard error with the time, and its last entries for the Server page."""

from __future__ import annotations

import logging
import re
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

OWN = "webify"
KEPT = 300  # entries
LONGEST = 400  # letters of one that are kept
LEVELS = ((logging.ERROR, "error"), (logging.WARNING, "warning"))
GAP = re.compile(r"%[a-z]")
LINE = "%(asctime)s %(levelname)s %(message)s"


@dataclass(frozen=True)
class Entry:
    """One thing that was told.

    level   "info", "warning" or "error"
    words   one line of webify's own
    cause   what was raised, by its kind and its place; never its text, which may hold a secret
    count   how often it was told, one time right after the other
    """

    when: datetime
    level: str
    words: str
    cause: str = ""
    count: int = 1


class ServerLog(logging.Handler):
    """Keeps the last entries in memory; any thread may write and read."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        super().__init__(logging.INFO)
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what was told; what is told again right after it counts up."""
        try:
            entry = _entry(record)
        except Exception:  # noqa: BLE001 - whatever was logged, its caller goes on
            self.handleError(record)
            return
        last = self._entries[-1] if self._entries else None
        if last is not None and replace(last, when=entry.when, count=1) == entry:
            self._entries.pop()
            entry = replace(entry, count=last.count + 1)
        self._entries.append(entry)

    def entries(self) -> tuple[Entry, ...]:
        """Return what is kept, the newest first."""
        self.acquire()
        try:
            return tuple(reversed(self._entries))
        finally:
            self.release()

    @contextmanager
    def written(self) -> Iterator[None]:
        """Take what the process logs inside; warnings and errors go to standard error too."""
        said = logging.StreamHandler()
        said.setLevel(logging.WARNING)
        said.setFormatter(logging.Formatter(LINE))
        everything, own = logging.getLogger(), logging.getLogger(OWN)
        before = own.level
        own.setLevel(logging.INFO)
        for handler in (self, said):
            everything.addHandler(handler)
        try:
            yield
        finally:
            for handler in (self, said):
                everything.removeHandler(handler)
            own.setLevel(before)


def _entry(record: logging.LogRecord) -> Entry:
    """Return an entry; of what others log only the sentence, without what they put into it."""
    own = record.name.partition(".")[0] == OWN
    words = record.getMessage() if own else f"{record.name}: {GAP.sub('…', str(record.msg))}"
    level = next((name for least, name in LEVELS if record.levelno >= least), "info")
    when = datetime.fromtimestamp(record.created, UTC)
    error = record.exc_info[1] if record.exc_info else None
    return Entry(when, level, _line(words), _cause(error) if error is not None else "")


def _line(words: str) -> str:
    line = "".join(letter if letter.isprintable() else " " for letter in words)
    line = " ".join(line.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _cause(error: BaseException) -> str:
    """Return "OSError (No space left on device) in writer.py, line 40"."""
    why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{why}{where}"
