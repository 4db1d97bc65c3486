"""Whether what waits for a tool's run fits it: the same environment, and nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from webify.runs.order import MARK, Order

MODULES = (".py", ".pyc", ".so", ".pyd")  # how files end that can be imported


def secret(order: Order) -> bool:
    """Say whether its environment holds a secret, which no process shall keep."""
    return any(text in order.env.values() for text in order.plan.secrets)


def rooted(env: Mapping[str, str]) -> bool:
    """Say whether Python would look for modules in the same folders wherever it is started."""
    path = env.get("PYTHONPATH")
    return not path or all(Path(each).is_absolute() for each in path.split(os.pathsep))


def without_mark(env: Mapping[str, str]) -> dict[str, str]:
    """Return an environment as it is for all runs of a tool."""
    return {name: value for name, value in env.items() if name != MARK}


def stamp(path: str) -> list[int] | None:
    """Return what changes with a file or a folder: as ahead/webify_stamps.py does."""
    try:
        info = Path(path).stat()
    except OSError:
        return None
    return [0 if Path(path).is_dir() else info.st_size, info.st_mtime_ns]


def names_in(folder: str) -> set[str]:
    """Return the names that an import would find in a folder: as ahead/webify_stamps.py does."""
    try:
        with os.scandir(folder or os.devnull) as entries:
            return {
                entry.name.partition(".")[0]
                for entry in entries
                if entry.name.endswith(MODULES) or entry.is_dir()
            }
    except OSError:
        return set()
