"""How the limits of what a run may take are held: by the system, or by looking."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from webify.checks.check import Check, ok
from webify.keeping.hold import holder
from webify.runs.cgroup import PROCESS, controllers, held_for
from webify.settings import Settings
from webify.tool_settings import ToolSettings

NAME = "Limits of runs"
WORDS = {"memory": "memory", "pids": "processes", "cpu": "processors"}
LOOKS = "webify looks several times a second whether a run is within"


def limits(settings: Settings) -> Check:
    """Say who holds the limits that are set; for the site's own server, where one runs."""
    wanted = frozenset().union(
        *(controllers(settings.limits.allowance(said)) for said in _tools(settings))
    )
    if not wanted:
        return ok(NAME, "None are set for memory, processes or processors.")
    if os.name == "nt":
        return ok(NAME, "Windows holds them for all processes of a run.")
    held = held_for(_server(settings), wanted)
    if held == wanted:
        return ok(NAME, f"The kernel holds those of {_words(held)} for all processes of a run.")
    if held:
        return ok(NAME, f"The kernel holds those of {_words(held)}, and {LOOKS} the others.")
    return ok(NAME, f"{LOOKS} them, as no group of the kernel is handed to the site.")


def _tools(settings: Settings) -> tuple[ToolSettings, ...]:
    return (ToolSettings(), *settings.tools.values())


def _server(settings: Settings) -> Path:
    """Return where the kernel tells of the server, or of this process where none is known."""
    server = holder(settings.data)
    if server is None or not server.pid or server.computer != socket.gethostname():
        return PROCESS
    return Path(f"/proc/{server.pid}")


def _words(held: frozenset[str]) -> str:
    *first, last = (word for name, word in WORDS.items() if name in held)
    return f"{', '.join(first)} and {last}" if first else last
