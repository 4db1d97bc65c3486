"""Whether what a zygote has imported may be shared by several runs."""

from __future__ import annotations

import os
import sys

import webify_stamps

assert sys.platform != "win32"  # nothing forks there

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import List, Set

PIECE = 1 << 16


class Doubt(Exception):
    """A tool is not to be forked; the message is a sentence without its stop."""


def look_through(known: Set[str], folder: str, handles: Set[int]) -> List[str]:
    """Return the top names of what was imported.

    Raises Doubt where several runs must not share it.

    known     top names that Python itself had imported
    folder    the one from which the tool imports first
    handles   the files that were open before
    """
    import threading

    if threading.active_count() > 1:
        raise Doubt("a module that it imports starts a thread")
    if native_threads() > shared_threads():
        raise Doubt("a library that it loads starts a thread")
    for handle in sorted(open_handles() - handles):
        raise Doubt("a module that it imports keeps %s open" % said_handle(handle))
    names = {name.partition(".")[0] for name in sys.modules} - known
    for name in sorted(names & webify_stamps.names_in(folder)):
        raise Doubt("its folder has something called %s too" % name)
    return sorted(names)


def native_threads() -> int:
    """Return how many threads there are beside the first; 0 where that cannot be known."""
    try:
        return len(os.listdir("/proc/self/task")) - 1
    except OSError:
        return 0


def shared_threads() -> int:
    """Return how many of them are of OpenBLAS, which ends them before a fork and needs no care."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
            found = {line.split(None, 5)[-1].strip() for line in maps if "openblas" in line}
    except OSError:
        return 0
    return sum(threads_of(path) - 1 for path in found)


def threads_of(path: str) -> int:
    """Return how many threads a build of OpenBLAS has, 1 where it does not say."""
    import ctypes

    library = ctypes.CDLL(path)
    for before in ("", "scipy_"):
        for after in ("", "64_", "_64", "_64_"):
            count = getattr(library, before + "openblas_get_num_threads" + after, None)
            if count is not None:
                return int(count())
    return 1


def open_handles() -> Set[int]:
    """Return the numbers of all open files."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            found = [int(name) for name in os.listdir(folder)]
        except OSError:
            continue
        return {handle for handle in found if is_open(handle)}
    return set()


def is_open(handle: int) -> bool:
    """Say whether a file is open: the folder that listed them is not any more."""
    try:
        os.fstat(handle)
    except OSError:
        return False
    return True


def said_handle(handle: int) -> str:
    """Return what an open file is called."""
    try:
        return os.readlink("/proc/self/fd/%d" % handle)
    except OSError:
        return "a file"


def said_nothing(pipe: int) -> None:
    """Raise Doubt where something was printed: each run would have to print it again."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os.set_blocking(pipe, False)
    try:
        printed = os.read(pipe, PIECE)
    except BlockingIOError:
        printed = b""
    if printed:
        raise Doubt("a module that it imports prints something")
