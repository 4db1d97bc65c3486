"""The files of a served folder: what changed, and which of them could be tools."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from webify.tools.executables import executable, knows_help, named_like_one
from webify.tools.reading import MOST_BYTES, Facts, read_facts

Stamp = tuple[int, int]  # modified at, in nanoseconds; size

SKIPPED_FOLDERS = ("tests", "test", "node_modules", "site-packages", "venv", "build", "dist")
SKIPPED_FILES = ("conftest.py", "setup.py")
SKIPPED_STARTS = ("_", ".", "test_")


def stamp(path: str | Path) -> Stamp | None:
    """Return what tells one version of a file from another, or None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - also takes the plain text of many paths
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def scan(folder: Path, leave_out: Path) -> dict[str, Stamp]:
    """Return the Python files and programs of a folder and of the folders in it, one level down.

    leave_out is a folder that is never looked into.  Raises OSError where the folder cannot be
    read; a folder in it that cannot be read holds nothing.
    """
    found: dict[str, Stamp] = {}
    for below in _scan_one(str(folder), found):
        if below != str(leave_out) and not os.path.lexists(f"{below}{os.sep}pyvenv.cfg"):
            try:
                _scan_one(below, found)
            except OSError:
                continue
    return found


def _scan_one(folder: str, found: dict[str, Stamp]) -> list[str]:
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    if stat.S_ISREG(status.st_mode):  # a pipe would hold up whoever reads it
                        found[entry.path] = status.st_mtime_ns, status.st_size
                elif entry.is_dir():
                    if _looked_into(entry.name) and not _back(entry, folder):
                        folders.append(entry.path)
                elif named_like_one(entry.name):
                    status = entry.stat()
                    if stat.S_ISREG(status.st_mode) and executable(entry.name, status.st_mode):
                        found[entry.path] = status.st_mtime_ns, status.st_size
            except OSError:
                continue  # a link to nothing, or gone since
    return folders


def _back(entry: os.DirEntry[str], folder: str) -> bool:
    """Say whether an entry is a link to the folder that it lies in."""
    return entry.is_symlink() and Path(entry.path).samefile(folder)


def _looked_into(name: str) -> bool:
    return (
        not name.startswith((".", "_"))
        and name not in SKIPPED_FOLDERS
        and not name.endswith(".egg-info")
    )


@dataclass
class Sources:
    """The texts of the files that a scan found, read once for each version."""

    files: Mapping[str, Stamp] = field(default_factory=dict)
    _read: dict[str, tuple[Stamp, Facts]] = field(default_factory=dict)
    _helps: dict[str, tuple[Stamp, bool]] = field(default_factory=dict)

    def take(self, files: Mapping[str, Stamp]) -> None:
        """Take over what a new scan found."""
        self.files = files
        self._read = {path: known for path, known in self._read.items() if path in files}
        self._helps = {path: known for path, known in self._helps.items() if path in files}

    def facts(self, path: str) -> Facts:
        """Return what the text of a file tells."""
        now = self.files.get(path) or stamp(path)
        if now is None:
            return Facts()
        known = self._read.get(path)
        if known is None or known[0] != now:
            known = self._read[path] = (now, _facts_of(path))
        return known[1]

    def candidate(self, path: str) -> bool:
        """Say whether a file can be started and leads to a parser."""
        name = path.rpartition(os.sep)[2]
        if name.startswith(SKIPPED_STARTS) or name in SKIPPED_FILES:
            return False
        return self.facts(path).startable and self._leads(path, path, set())

    def program(self, path: str) -> bool:
        """Say whether a file that is no Python knows a word for help, and may be asked for it."""
        name = path.rpartition(os.sep)[2]
        now = self.files.get(path)
        if name.endswith(".py") or name.startswith(SKIPPED_STARTS) or now is None:
            return False
        known = self._helps.get(path)
        if known is None or known[0] != now:
            known = self._helps[path] = (now, knows_help(Path(path)))
        return known[1]

    def _leads(self, path: str, top: str, seen: set[str]) -> bool:
        seen.add(path)
        facts = self.facts(path)
        if facts.makes:
            return True
        return any(
            self._leads(file, top, seen)
            for file, hands_over in self._beside(path, top)
            if hands_over and file not in seen
        )

    def closure(self, path: str) -> dict[str, Stamp]:
        """Return a file and the files beside it that it imports, also by way of others."""
        found: dict[str, Stamp] = {}
        ahead = [path]
        while ahead:
            file = ahead.pop()
            now = self.files.get(file) or stamp(file)
            if file not in found and now is not None:
                found[file] = now
                ahead.extend(beside for beside, _ in self._beside(file, path))
        return found

    def _beside(self, path: str, top: str) -> Iterator[tuple[str, bool]]:
        """Yield the files that a file imports from the folder of the tool."""
        for each in self.facts(path).imports:
            bare = each.module.lstrip(".")
            folder = (path if bare != each.module else top).rpartition(os.sep)[0]
            words = bare.split(".") if bare else []
            whole = str(Path(folder, *words))
            tries = [f"{whole}.py"]
            tries += [f"{whole}{os.sep}{name}.py" for name in each.names]
            for count in range(1, len(words) + 1):
                tries.append(str(Path(folder, *words[:count], "__init__.py")))
            for file in tries:
                if file in self.files:
                    yield file, each.hands_over


def _facts_of(path: str) -> Facts:
    try:
        with Path(path).open("rb") as file:
            return read_facts(file.read(MOST_BYTES))
    except OSError:
        return Facts()
