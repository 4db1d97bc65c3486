"""Load a site's own module by its path, and say in one sentence what is wrong with it."""

from __future__ import annotations

import importlib.util
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeVar

FOLDER = "adapters"
Result = TypeVar("Result")


class AdapterFailed(Exception):
    """A site's own module did not do its part; the message is a sentence for the site's owner."""


def path_of(site: Path, slug: str) -> Path:
    """Return where the module for a tool lies, whether there is one or not."""
    return site / FOLDER / f"{slug.replace('-', '_')}.py"


def load(path: Path) -> ModuleType:
    """Return the module in a file, as the file is now.  Raises AdapterFailed."""
    name = f"webify_site_adapter_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AdapterFailed(f"{shown(path)} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    try:
        source = path.read_bytes()
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the owner's code
    except (Exception, SystemExit) as error:
        raise AdapterFailed(fault(path, error)) from error
    return module


def fault(path: Path, error: BaseException) -> str:
    """Return where in the module an error came up, and what it says."""
    try:
        said = str(error).strip().splitlines()[:1] or [""]
    except BaseException:  # noqa: BLE001 - an error that cannot say itself
        said = [""]
    what = f"{type(error).__name__}: {said[0][:300]}".rstrip(": ")
    return f"{shown(path)}, line {_line(path, error)}: {what}"


def _line(path: Path, error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    lines = [
        frame.lineno or 1
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    return lines[-1] if lines else 1


def shown(path: Path) -> str:
    """Return how a sentence names the module."""
    return f"{FOLDER}/{path.name}"


def within(seconds: float, act: Callable[[], Result], path: Path) -> Result:
    """Return what the owner's code returns; raises AdapterFailed where it fails or takes longer.

    What takes longer goes on in its thread, which nobody waits for.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(act())
        except BaseException as error:  # noqa: BLE001 - the border of a thread
            errors.append(error)

    thread = threading.Thread(target=work, name=f"adapter-{path.stem}", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        if isinstance(errors[0], AdapterFailed):
            raise errors[0]
        raise AdapterFailed(fault(path, errors[0])) from errors[0]
    if not results:
        where = _now_at(thread, path)
        raise AdapterFailed(f"{shown(path)}{where} did not answer within {seconds:g} s")
    return results[0]


def _now_at(thread: threading.Thread, path: Path) -> str:
    """Return ", line 12" where the owner's code stands."""
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001 - its documented name
    while frame is not None:
        if frame.f_code.co_filename == str(path):
            return f", line {frame.f_lineno},"
        frame = frame.f_back
    return ""
