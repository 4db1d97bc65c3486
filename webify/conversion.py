"""The conversion report of a site: every tool, what was understood of it, what its runs print."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from webify.faces.report import report
from webify.model.command import Tool
from webify.model.report import Habit, ToolReport
from webify.model.run import Run, State
from webify.runs.folder import RunFolder
from webify.settings import Settings
from webify.store.store import Store
from webify.tools.catalog import Catalog
from webify.tools.habits import habits_of
from webify.tools.memory import Memory

RUNS = 3  # of each tool, the last ones, whose outputs are told
KINDS = ("table", "pairs", "log", "text", "image", "file")


class Conversion:
    """Makes the report whenever it is asked for; what cannot change is looked at once."""

    def __init__(self, settings: Settings, catalog: Catalog, store: Store) -> None:
        """Take the parts of the site."""
        self._root = settings.data / "runs"
        self._catalog = catalog
        self._store = store
        self._memory = Memory(settings.data / "cache")
        self._habits: dict[str, tuple[Habit, ...]] = {}  # by fingerprint
        self._printed: dict[str, tuple[str, ...]] = {}  # by run
        self._made: dict[str, tuple[Tool, tuple[str, ...], ToolReport]] = {}  # by tool, of what

    def reports(self) -> tuple[ToolReport, ...]:
        """Return what is to be said of each tool, hidden ones too, in the order of the catalog."""
        return tuple(self._of(tool) for tool in self._catalog.tools(hidden=True))

    def _of(self, tool: Tool) -> ToolReport:
        outputs = self._outputs(tool)
        made = self._made.get(tool.slug)
        if made is None or made[0] is not tool or made[1] != outputs:
            drift = self._memory.keep(tool)
            made = (tool, outputs, report(tool, self._habits_of(tool), outputs, drift))
            self._made[tool.slug] = made
        return made[2]

    def _habits_of(self, tool: Tool) -> tuple[Habit, ...]:
        if tool.fingerprint not in self._habits:
            script = next(map(Path, reversed(tool.start)), None)
            known = habits_of(script) if script is not None and script.is_file() else ()
            self._habits[tool.fingerprint] = known
        return self._habits[tool.fingerprint]

    def _outputs(self, tool: Tool) -> tuple[str, ...]:
        good = (State.SUCCEEDED, State.WARNED)
        runs = [run for run in self._store.last(tool.slug, RUNS) if run.state in good]
        return _ordered(kind for run in runs for kind in self._kinds(run))

    def _kinds(self, run: Run) -> tuple[str, ...]:
        if run.id not in self._printed:
            kinds: tuple[str, ...] = ()
            with contextlib.suppress(OSError):
                folder = RunFolder.of(self._root, run)
                end = folder.end()
                made = ("file",) if end is not None and end.files else ()
                kinds = (*(block.kind for block in folder.blocks()), *made)
            self._printed[run.id] = _ordered(kinds)
        return self._printed[run.id]


def _ordered(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds once each, the richest first."""
    found = set(kinds)
    return tuple(kind for kind in KINDS if kind in found)
