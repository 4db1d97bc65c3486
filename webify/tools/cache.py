"""Keep what probes found out from one start of the site to the next."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

from webify.tools.probing import ROOT, Answer

SPARE = 50  # lines of tools that are gone, before the file is written anew
LENGTH = 64  # of a fingerprint


class Cache:
    """One file, a line for each answer: the fingerprint of the tool, a blank, the JSON.

    A line that cannot be read is as if it were not there; the last line of a fingerprint holds.
    """

    def __init__(self, folder: Path) -> None:
        """Read what is there."""
        self._path = folder / "tools.jsonl"
        self._lock = threading.Lock()
        self._lines: dict[str, bytes] = {}
        with contextlib.suppress(OSError):
            for line in self._path.read_bytes().splitlines():
                if line[LENGTH : LENGTH + 1] == b" ":
                    self._lines[line[:LENGTH].decode("ascii", "replace")] = line[LENGTH + 1 :]

    def get(self, fingerprint: str) -> Answer | None:
        """Return the answer of a tool that has not changed since, or None."""
        line = self._lines.get(fingerprint)
        if line is None:
            return None
        try:
            data = json.loads(line)
            return Answer(**data | {"warnings": tuple(data["warnings"])})
        except (ValueError, TypeError, KeyError):
            return None

    def put(self, fingerprint: str, answer: Answer) -> None:
        """Keep an answer; a disk that is full only means that the tool is asked again."""
        line = json.dumps(asdict(answer), separators=(",", ":")).encode()
        with self._lock, contextlib.suppress(OSError):
            self._lines[fingerprint] = line
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(b"\n" + fingerprint.encode() + b" " + line + b"\n")

    def tidy(self, used: Collection[str]) -> None:
        """Forget what belongs to no tool any more, where that is much."""
        with self._lock, contextlib.suppress(OSError):
            kept = {key: line for key, line in self._lines.items() if key in used}
            if len(self._lines) - len(kept) > SPARE:
                self._lines = kept
                beside = self._path.with_suffix(".new")
                beside.write_bytes(
                    b"".join(key.encode() + b" " + line + b"\n" for key, line in kept.items())
                )
                os.replace(beside, self._path)  # noqa: PTH105 - the atomic one


def describer_version() -> str:
    """Return what changes whenever webify would describe the same tool otherwise."""
    digest = hashlib.sha256()
    folders = (ROOT / "webify" / name for name in ("adapters", "manuals", "model", "tools"))
    for file in sorted(file for folder in folders for file in folder.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
