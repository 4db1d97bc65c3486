"""Commands that are known by their name only: who reads them, and when.

Those of a large program are read once somebody has opened the program, one after the other and
behind everything else, so that most are there before their page is asked for.  Who asks for one
that is not waits for that one alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from webify.model.command import Command

Path = tuple[str, ...]
Choose = Callable[[Command], Path | None]
Read = Callable[[str, Choose], bool]
LOG = logging.getLogger(__name__)
TURN = 1.0  # seconds of reading after which what was found is kept


class Opening:
    """Reads such commands of the tools of one catalog."""

    def __init__(self, read: Read, closing: threading.Event) -> None:
        """Take what reads: it asks a tool for the commands that are chosen, until None is.

        It says whether the tool can be asked at all.
        """
        self._read = read
        self._closing = closing
        self._changed = threading.Condition()  # guards what stands below
        self._locks: dict[str, threading.Lock] = {}
        self._visits: Counter[str] = Counter()
        self._wanted: deque[str] = deque()
        self._worker: threading.Thread | None = None

    def along(self, slug: str, path: Path) -> None:
        """Read the commands of this path now."""
        with self._changed:
            self._visits[slug] += 1
        try:
            with self._alone(slug):
                self._read(slug, Choice(lambda root: lazy_along(root, path)).next)
        finally:
            with self._changed:
                self._visits[slug] -= 1
                self._changed.notify_all()

    def ahead(self, slug: str) -> None:
        """Read all commands of a tool, in the background."""
        with self._changed:
            if slug not in self._wanted:
                self._wanted.append(slug)
            if self._worker is None and not self._closing.is_set():
                self._worker = threading.Thread(target=self._work, name="webify-open", daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Wait for what is being read; it has been told to end."""
        with self._changed:
            worker = self._worker
            self._changed.notify_all()
        if worker is not None:
            worker.join(5.0)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._wanted or self._closing.is_set():
                    self._worker = None
                    return
                slug = self._wanted[0]
            try:
                self._read_all(slug)
            except Exception:
                LOG.exception("the commands of %s are read when they are asked for", slug)
            with self._changed:
                self._wanted.popleft()

    def _read_all(self, slug: str) -> None:
        """Read turn by turn; a visitor goes first."""
        choice, there = Choice(all_lazy), True
        while there and not choice.over and not self._closing.is_set():
            with self._changed:
                self._changed.wait_for(lambda: not self._visits[slug], TURN)
            until = time.monotonic() + TURN

            def choose(root: Command, until: float = until) -> Path | None:
                pause = time.monotonic() > until or self._visits[slug] or self._closing.is_set()
                return None if pause else choice.next(root)

            with self._alone(slug):
                there = self._read(slug, choose)

    @contextmanager
    def _alone(self, slug: str) -> Iterator[None]:
        with self._changed:
            lock = self._locks.setdefault(slug, threading.Lock())
        with lock:
            yield


class Choice:
    """One command after the other; what could not be read is not asked for again.

    over   there are no more
    """

    def __init__(self, offered: Callable[[Command], Iterable[Path]]) -> None:
        """Take what finds those that may be chosen."""
        self._offered = offered
        self._chosen: set[Path] = set()
        self.over = False

    def next(self, root: Command) -> Path | None:
        """Return the next one, None where there is none."""
        path = next((path for path in self._offered(root) if path not in self._chosen), None)
        if path is None:
            self.over = True
        else:
            self._chosen.add(path)
        return path


def all_lazy(root: Command) -> Iterator[Path]:
    """Yield the commands that are known by name only, those of the first level first."""
    found = [path for path, command in root.walk() if command.lazy]
    yield from sorted(found, key=len)


def lazy_along(root: Command, path: Path) -> Iterator[Path]:
    """Yield those of a path, from the root on."""
    for depth in range(1, len(path) + 1):
        chain = root.along(path[:depth])
        if chain is not None and chain[-1].lazy:
            yield path[:depth]
