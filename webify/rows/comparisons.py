"""The comparisons that people asked for: made in the background, kept in files, used again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

from webify.errors import TableUnknown
from webify.rows.compare import Result, compare
from webify.rows.differences import read_result
from webify.rows.matching import Side

FORMAT = 1  # of the files; one of another format is made anew
KEPT = 50  # files of comparisons, those that were looked at last
AT_ONCE = 2  # comparisons that are being made


@dataclass
class Progress:
    """How far a comparison has come, from 0 to 1, and what it does just now."""

    words: str = "Waiting for its turn"
    share: float = 0.0


class Comparisons:
    """Comparisons of one site; any thread may use them."""

    def __init__(self, folder: Path) -> None:
        """Keep the files in this folder; it is made with the first one."""
        self._folder = folder
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="compare")
        self._lock = Lock()
        self._making: dict[Path, tuple[Future[Result], Progress]] = {}
        self._closed = Event()

    def path(self, old: Side, new: Side, key: Sequence[int] | None) -> Path:
        """Return where the comparison of two tables by a key is kept."""
        sides = [[str(s.path), s.table.number, s.table.rows] for s in (old, new)]
        said = repr((FORMAT, sides, key if key is None else tuple(key)))
        return self._folder / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.db"

    def get(
        self, old: Side, new: Side, key: Sequence[int] | None, wait: float | None
    ) -> Result | Progress:
        """Return what was found; how far it is where that takes longer than `wait` seconds.

        Raises TableUnknown where the rows cannot be compared.
        """
        path = self.path(old, new, key)
        with self._lock:
            if path not in self._making:
                known = read_result(path)
                if known is not None:
                    with suppress(OSError):
                        os.utime(path)
                    return known
                self._making[path] = self._start(old, new, key, path)
            made, progress = self._making[path]
        try:
            found = made.result(wait)
        except NotYet:
            return progress
        except CancelledError as error:
            raise TableUnknown("The site is shutting down; compare them again later") from error
        finally:
            if made.done():
                with self._lock:
                    self._making.pop(path, None)
        return found

    def close(self) -> None:
        """End what is being made."""
        self._closed.set()
        self._pool.shutdown(cancel_futures=True)

    def _start(
        self, old: Side, new: Side, key: Sequence[int] | None, path: Path
    ) -> tuple[Future[Result], Progress]:
        progress = Progress()

        def tell(words: str, share: float) -> None:
            if self._closed.is_set():
                raise CancelledError
            progress.words, progress.share = words, share

        def make() -> Result:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget()
            return compare(old, new, path, key, tell)

        return self._pool.submit(make), progress

    def _forget(self) -> None:
        """Take away the files that nobody has looked at for the longest time."""
        found = sorted(self._folder.glob("*.db"), key=lambda path: -path.stat().st_mtime)
        for path in found[KEPT - 1 :]:
            with suppress(OSError):  # somebody reads it just now
                path.unlink()
