"""Which commands are started at a terminal because an earlier run of them ended for want of one."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from webify.model.command import Tool

Known = dict[str, tuple[str, list[list[str]]]]  # by slug: the tool's fingerprint, paths of commands


class Terminals:
    """One small file in the data folder; a tool that changes is tried without a terminal again."""

    def __init__(self, data: Path) -> None:
        """Read what is known; a file that cannot be read is as if there were none."""
        self._path = data / "terminals.json"
        self._lock = threading.Lock()
        self._known = _read(self._path)

    def wanted(self, tool: Tool, path: Sequence[str]) -> bool:
        """Say whether this version of a tool is known to want a terminal for a command."""
        stamp, paths = self._known.get(tool.slug, ("", []))
        return bool(stamp) and stamp == tool.fingerprint and list(path) in paths

    def note(self, tool: Tool, path: Sequence[str]) -> None:
        """Remember that a command wants a terminal; on a full disk until the server ends."""
        with self._lock:
            if self.wanted(tool, path):
                return
            stamp, paths = self._known.get(tool.slug, ("", []))
            before = paths if stamp == tool.fingerprint else []
            self._known = {**self._known, tool.slug: (tool.fingerprint, [*before, list(path)])}
            beside = self._path.with_suffix(".new")
            with contextlib.suppress(OSError):
                beside.write_text(json.dumps(self._known), encoding="utf-8")
                os.replace(beside, self._path)  # noqa: PTH105 - the atomic one


def _read(path: Path) -> Known:
    try:
        found = json.loads(path.read_bytes())
        return {
            str(slug): (str(stamp), [[str(word) for word in words] for words in paths])
            for slug, (stamp, paths) in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
