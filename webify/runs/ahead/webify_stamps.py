"""What makes the modules that a process has imported others: changed files, and new names."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import Dict, List, Optional, Set

INSTALLED = ("site-packages", "dist-packages")  # folders whose files nobody edits
MODULES = (".py", ".pyc", ".so", ".pyd")  # how files end that can be imported


def names_in(folder: str) -> Set[str]:
    """Return the names that an import would find in a folder: its own folders, and modules."""
    try:
        with os.scandir(folder or os.devnull) as entries:
            return {
                entry.name.partition(".")[0]
                for entry in entries
                if entry.name.endswith(MODULES) or entry.is_dir()
            }
    except OSError:
        return set()


def stamps() -> Dict[str, Optional[List[int]]]:
    """Return what makes the imported modules others when it changes.

    A package that is installed or removed changes the folder that it is in; files that lie
    elsewhere, such as those of a package that is being written, are looked at one by one.
    """
    standard = os.path.dirname(os.__file__)
    folders = [each for each in sys.path if each]
    found = {path: stamp(path) for path in (standard, *folders)}
    libraries = [standard, *(each for each in folders if os.path.basename(each) in INSTALLED)]
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and not any(path.startswith(each + os.sep) for each in libraries):
            found[path] = stamp(path)
    return found


def stamp(path: str) -> Optional[List[int]]:
    """Return what changes with a file or a folder, None where there is none."""
    try:
        info = os.stat(path)
    except OSError:
        return None
    return [0 if os.path.isdir(path) else info.st_size, info.st_mtime_ns]
