"""A spare: a process that waits for a single run, as where no process can be forked (Windows).

The pipes of the run are its own from the start on.  What only the run brings comes by a pipe that
nobody but its supervisor has: the numbers of both pipes' ends stand in what it was asked.
"""

from __future__ import annotations

import os
import sys

import webify_guise
import webify_stamps

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Sequence, Set

PIECE = 1 << 16
HERE = b"here\n"  # what it says to a supervisor that wants to begin


def wait(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    become: Callable[[Dict[str, Any]], None],
) -> None:
    """Import, say so to the supervisor, and wait for the run; returns where that has come."""
    import json
    import time

    says, hears = opened(asked["says"], os.O_WRONLY), opened(asked["hears"], os.O_RDONLY)
    began = time.perf_counter()
    said: Dict[str, Any]
    try:
        load(asked["modules"])
        names = imported(known)
        said = {
            "seconds": time.perf_counter() - began,
            "files": webify_stamps.stamps(),
            "names": names,
            "doubt": doubt(names, asked["folder"]),
        }
    except BaseException as error:  # noqa: BLE001 - whatever a module does, the run starts anew
        why = "its modules cannot be imported before it (%s)" % type(error).__name__
        said = {"doubt": why}
    os.write(says, json.dumps(said).encode() + b"\n")
    run = json.loads(heard(hears, says))
    os.close(says)
    os.close(hears)
    become(run)
    webify_guise.put_on(run)


def opened(number: int, flags: int) -> int:
    """Return the file descriptor of a pipe's end that was handed down."""
    if sys.platform == "win32":
        import msvcrt

        number = msvcrt.open_osfhandle(number, flags)
    return number


def imported(known: Set[str]) -> List[str]:
    """Return the top names of what was imported, besides what Python itself had imported."""
    return sorted({name.partition(".")[0] for name in sys.modules} - known)


def doubt(names: Sequence[str], folder: str) -> str:
    """Return why this process must not be the tool, "" where it may."""
    both = sorted(webify_stamps.names_in(folder).intersection(names))
    return "its folder has something called %s too" % both[0] if both else ""


def heard(hears: int, says: int) -> bytes:
    """Return the words of the run; ends this process where nobody has one for it any more.

    A supervisor knocks first: one that waits in vain takes another way, and this must not begin.
    """
    words = b""
    while not words.endswith(b"\n"):
        piece = os.read(hears, 1 if not words else PIECE)
        if not piece:
            os._exit(0)
        if not words and piece == b"\n":
            os.write(says, HERE)
            continue
        words += piece
    return words
