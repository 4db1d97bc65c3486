"""Looks for files that a tool has finished, while the tool goes on."""

from __future__ import annotations

import contextlib
import threading
import time

from webify.runs.folder import MadeFile, RunFolder, Stamps, stamps, write_json

PAUSE = 1.0  # seconds between two looks, and for which a finished file has not changed
SHARE = 20  # and as many times what a look takes


class Lookout(threading.Thread):
    """Keeps made.json: the files that did not change from one look to the next.

    A tool that ends before the second look costs nothing; its files stand in end.json.
    """

    def __init__(self, folder: RunFolder, given: Stamps, ended: threading.Event) -> None:
        """Look into this folder until the tool has ended; start() begins."""
        super().__init__(name="files", daemon=True)
        self._folder = folder
        self._given = given
        self._ended = ended

    def run(self) -> None:
        """Look again and again."""
        before: Stamps = {}
        told: tuple[MadeFile, ...] = ()
        pause = PAUSE
        while not self._ended.wait(pause):
            began = time.monotonic()
            with contextlib.suppress(OSError):  # the tool laid hands on it, or the disk is full
                now = stamps(self._folder.files)
                made = settled(before, now, self._given)
                if made != told and not self._ended.is_set():
                    write_json(self._folder.made_path, made)
                    told = made
                before = now
            pause = max(PAUSE, SHARE * (time.monotonic() - began))


def settled(before: Stamps, now: Stamps, given: Stamps) -> tuple[MadeFile, ...]:
    """Return what a tool made and has left alone since the look before."""
    return tuple(
        MadeFile(name, stamp[0])
        for name, stamp in sorted(now.items())
        if given.get(name) != stamp and before.get(name) == stamp
    )
