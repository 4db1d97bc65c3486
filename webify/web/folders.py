"""One folder of the server as a page lists it: folders first, then files, a page at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from webify.errors import FileUnknown
from webify.faces.roots import place
from webify.model.command import Root
from webify.rows.keys import natural
from webify.web.files import ODD

PER_PAGE = 100
MOST = 100_000  # entries of a folder that are looked at


@dataclass(frozen=True)
class Entry:
    """One line of the list; size and time are None where the file system does not tell."""

    name: str
    path: str
    folder: bool
    size: int | None = None
    changed: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """What is in a folder.

    count    entries that match
    left_out entries that cannot be chosen: hidden, leading out of the root, or of odd names
    cut      there were more entries than are looked at
    fault    why the folder cannot be read, "" where it can
    """

    entries: Sequence[Entry] = ()
    count: int = 0
    page: int = 1
    left_out: int = 0
    cut: bool = False
    fault: str = ""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def first(self) -> int:
        """Return the number of the first entry of the page."""
        return (self.page - 1) * PER_PAGE + 1


def listing(
    root: Root, words: Sequence[str], *, files: bool, q: str = "", page: int = 1
) -> Listing:
    """Return what is in the folder that lies these words below a root.

    files   files are listed too, not folders alone
    Raises FileUnknown where the words lead out of the root, or to no folder.
    """
    folder = opened(root, words)
    try:
        with os.scandir(folder) as scanned:
            found, left_out, cut = looked_through(scanned, place(root.folder, [root]), q, files)
    except OSError as error:
        return Listing(fault=f"This folder cannot be read: {error.strerror}.")
    found.sort(key=lambda each: (not each[0], natural(each[1].name), each[1].name))
    page = min(max(1, page), max(1, -(-len(found) // PER_PAGE)))
    seen = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    above = Path(root.folder, *words)
    entries = [entry_of(each, above, folder=is_folder) for is_folder, each in seen]
    return Listing(entries, len(found), page, left_out, cut)


def opened(root: Root, words: Sequence[str]) -> Path:
    """Return where a folder below a root really is; raise FileUnknown where there is none."""
    real = None
    if not any(word in ("", ".", "..") for word in words):
        real = place(str(Path(root.folder, *words)), [root])
    if real is None or not real.is_dir():
        shown = "/".join(words) or root.folder
        raise FileUnknown(f"There is no folder “{ODD.sub(chr(0xFFFD), shown)}” in {root.name}.")
    return real


Found = tuple[bool, "os.DirEntry[str]"]


def looked_through(
    entries: Iterator[os.DirEntry[str]], root: Path | None, q: str, files: bool
) -> tuple[list[Found], int, bool]:
    """Return what matches and can be chosen, how much cannot, and whether there was too much."""
    wanted = q.casefold().split()
    found: list[Found] = []
    left_out = 0
    for number, entry in enumerate(entries):
        if number >= MOST:
            return found, left_out, True
        is_folder = kind_of(entry, root)
        if is_folder is None:
            left_out += 1
        elif (files or is_folder) and all(word in entry.name.casefold() for word in wanted):
            found.append((is_folder, entry))
    return found, left_out, False


def kind_of(entry: os.DirEntry[str], root: Path | None) -> bool | None:
    """Say whether an entry is a folder, or a file; None for what cannot be chosen."""
    if entry.name.startswith(".") or ODD.search(entry.name):
        return None
    try:
        if entry.is_symlink() and not (root and Path(entry.path).resolve().is_relative_to(root)):
            return None
        return True if entry.is_dir() else False if entry.is_file() else None
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None


def entry_of(entry: os.DirEntry[str], above: Path, *, folder: bool) -> Entry:
    """Return a line of the list."""
    path = str(above / entry.name)
    try:
        told = entry.stat()
        changed = datetime.fromtimestamp(told.st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return Entry(entry.name, path, folder)
    return Entry(entry.name, path, folder, None if folder else told.st_size, changed)
