"""Who reads outputs again: a few processes at a time, and a short line of those that wait."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from webify.errors import TooBusy, WebifyError
from webify.runs.folder import RunFolder, write_json
from webify.runs.launcher import import_folders
from webify.runs.order import Columns
from webify.runs.rereading import COLUMNS, DONE, WISH, Done, Rereading, Wish, rereadings

BOOT = (
    "import sys; sys.path += sys.argv[2:]; "
    "from webify.runs.rereading import main; main(sys.argv[1])"
)
AT_ONCE = 2  # processes
WAITING = 20  # wishes in all
KEPT = 20  # rereadings of one run
SECONDS = 600.0  # that one may take
ENDED = "It took too long, or was ended"


class Rereads:
    """The rereadings that are at work or wait.  What is done stays in the folder of its run."""

    def __init__(self, changed: Callable[[str], object] = str) -> None:
        """Begin with none; the threads come with the first one.

        changed   is told the id of a run whose folder has become larger
        """
        self._changed = changed
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rereads")
        self._lock = threading.Lock()
        self._open: dict[Path, Future[None]] = {}
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closing = False

    def find(self, run: RunFolder, wish: Wish) -> Rereading | None:
        """Return what was made of a wish, or is being made; None where nobody works on it."""
        for each in reversed(rereadings(run)):
            if each.wish == wish and (each.done is not None or self._at_work(each)):
                return each
        return None

    def ask(
        self,
        run: RunFolder,
        wish: Wish,
        seconds: float = 0.0,
        columns: Columns | None = None,
    ) -> None:
        """Have an output read again, and wait so long for it; a wish is not done twice.

        `columns` is what a site says of columns.  Raises TooBusy.
        """
        with self._lock:
            found = self.find(run, wish)
            if found is None:
                found = self._begin(run, wish, columns or {})
            future = self._open.get(found.folder.path)
        if future is not None:
            with contextlib.suppress(TimeoutError):
                future.result(seconds)

    def close(self) -> None:
        """End what is at work; it can be asked for again."""
        with self._lock:
            self._closing = True
            for process in self._processes:
                process.kill()
        self._pool.shutdown(cancel_futures=True)

    def _at_work(self, reading: Rereading) -> bool:
        return reading.folder.path in self._open

    def _begin(self, run: RunFolder, wish: Wish, columns: Columns) -> Rereading:
        if len(self._open) >= WAITING:
            raise TooBusy("Many outputs are being read again just now. Try again in a minute.")
        known = rereadings(run)
        self._forget(known)
        folder = _new_folder(run, known)
        write_json(folder.path / COLUMNS, columns)
        write_json(folder.path / WISH, wish)
        future = self._pool.submit(self._work, folder)
        self._open[folder.path] = future
        future.add_done_callback(lambda _: self._open.pop(folder.path, None))
        return Rereading(folder, wish)

    def _forget(self, known: Sequence[Rereading]) -> None:
        """Take away the oldest, and those on which nobody works any more."""
        idle = [each for each in known if not self._at_work(each)]
        stale = [each for each in idle if each.done is None]
        oldest = [each for each in idle if each.done is not None]
        for each in (*stale, *oldest[: max(0, len(known) - len(stale) - KEPT + 1)]):
            shutil.rmtree(each.folder.path, ignore_errors=True)

    def _work(self, folder: RunFolder) -> None:
        fault = ENDED
        try:
            process = self._start(folder)
        except OSError as error:
            fault, process = f"It cannot be read just now: {error.strerror}", None
        if process is not None:
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            with self._lock:
                self._processes.discard(process)
        if not self._closing and not (folder.path / DONE).exists():
            with contextlib.suppress(OSError):
                write_json(folder.path / DONE, Done(fault))
        with contextlib.suppress(WebifyError):  # the history cannot be written just now
            self._changed(folder.path.parent.parent.name)

    def _start(self, folder: RunFolder) -> subprocess.Popen[bytes] | None:
        call = [sys.executable, "-I", "-S", "-c", BOOT, str(folder.path), *import_folders()]
        with self._lock:
            if self._closing:
                return None
            process = subprocess.Popen(
                call,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._processes.add(process)
            return process


def _new_folder(run: RunFolder, known: Sequence[Rereading]) -> RunFolder:
    """Make the folder of one more; no number is used twice, as links name it."""
    number = max((each.number for each in known), default=0) + 1
    run.rereadings.mkdir(exist_ok=True)
    while True:
        folder = RunFolder(run.rereadings / str(number))
        try:
            folder.path.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder
