"""Run a tool as its interpreter would."""

from __future__ import annotations

import builtins
import importlib
import os
import sys
import types
from typing import Any, List

_ZIP_END = 66_000  # bytes at the end of an archive that tell it


def run(kind: str, target: str, argv: List[str]) -> None:
    """Run a script, a module (found in this folder too) or a console script by its name."""
    sys.argv = [target, *argv]
    if kind == "script":
        _run_file(target)
    elif kind == "module":
        sys.path.insert(0, os.getcwd())
        importlib.import_module("runpy").run_module(target, run_name="__main__", alter_sys=True)
    else:
        _run_console(target)


def _run_file(path: str) -> None:
    """Run a script, a folder or an archive; the script as a module __main__ of no package."""
    if not os.path.isfile(path) or _archive(path):
        importlib.import_module("runpy").run_path(path, run_name="__main__")
        return
    sys.path.insert(0, os.path.dirname(path))
    module = types.ModuleType("__main__")
    module.__file__, module.__package__ = path, None
    sys.modules["__main__"] = module
    with builtins.open(path, "rb") as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - the tool, as its interpreter would run it


def _archive(path: str) -> bool:
    """Say whether a file may be a ZIP archive, as Python looks for its end."""
    with builtins.open(path, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _ZIP_END))
        return b"PK\5\6" in file.read()


def _run_console(name: str) -> None:
    point = _entry_point(name)
    if point is not None:
        sys.exit(point.load()())
    path = os.path.join(importlib.import_module("sysconfig").get_path("scripts"), name)
    if not os.path.exists(path):
        raise SystemExit(f"There is no command {name} in this interpreter.")
    sys.argv[0] = path
    _run_file(path)


def _entry_point(name: str) -> Any:
    metadata = importlib.import_module("importlib.metadata")
    points = metadata.entry_points()
    if hasattr(points, "select"):
        found = list(points.select(group="console_scripts", name=name))
    else:
        found = [each for each in points.get("console_scripts", ()) if each.name == name]
    return found[0] if found else None
