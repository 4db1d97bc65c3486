"""What each tool accepted when it was described last, and what changed then."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from webify.faces.drift import changes
from webify.model.command import Command, Tool
from webify.model.plain import from_plain, to_plain
from webify.model.report import Change, Drift


class Memory:
    """One file for each tool, in the folder of the cache.

    A file that cannot be read is as if the tool had never been described; a disk that is full
    only means that a change is not noticed.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when something is kept."""
        self._folder = folder / "forms"

    def keep(self, tool: Tool) -> Drift | None:
        """Remember what a tool accepts now, and return what changed when it last changed."""
        if tool.command is None or tool.reading:
            return self.drift(tool.slug)
        kept = self._read(tool.slug)
        if kept.get("fingerprint") == tool.fingerprint:
            return _drift(kept)
        now: dict[str, Any] = to_plain(tool.command)
        kept = dict(
            kept, fingerprint=tool.fingerprint, **_noticed(kept.get("command"), tool.command)
        )
        self._write(tool.slug, dict(kept, command=now))
        return _drift(kept)

    def drift(self, slug: str) -> Drift | None:
        """Return what changed when the tool's form last changed, or None where it never did."""
        return _drift(self._read(slug))

    def _path(self, slug: str) -> Path:
        digest = hashlib.sha256(slug.encode()).hexdigest()[:8]  # cases differ, some disks do not
        return self._folder / f"{slug[:80]}-{digest}.json"

    def _read(self, slug: str) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(self._path(slug).read_bytes())
            if isinstance(found, dict):
                return found
        return {}

    def _write(self, slug: str, kept: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._folder, suffix=".new", delete=False
            ) as file:
                json.dump(kept, file, separators=(",", ":"))
            os.replace(file.name, self._path(slug))  # noqa: PTH105 - the atomic one


def _noticed(before: Any, now: Command) -> dict[str, Any]:
    """Return the changes since, and when; nothing where there are none."""
    try:
        found = changes(from_plain(Command, before), now) if before else ()
    except (TypeError, ValueError, KeyError, AttributeError):  # kept by another webify
        found = ()
    if not found:
        return {}
    noticed = datetime.now(UTC).isoformat(timespec="seconds")
    return {"noticed": noticed, "changes": [asdict(each) for each in found]}


def _drift(kept: dict[str, Any]) -> Drift | None:
    try:
        found = [dict(each, path=tuple(each["path"])) for each in kept["changes"]]
        return Drift(str(kept["noticed"]), tuple(Change(**each) for each in found))
    except (KeyError, TypeError):
        return None
