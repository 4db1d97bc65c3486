"""What a fork hands down to a tool and a start does not, and how that is undone."""

from __future__ import annotations

import os
import sys

assert sys.platform != "win32"  # nothing forks there

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Dict

ASKED = "WEBIFY_AHEAD"  # in the environment: what to do, as JSON
PR_SET_NAME, PR_SET_MM = 15, 35  # Linux
PR_SET_MM_ARG_END = 9


def begin_anew(run: Dict[str, Any]) -> None:
    """Undo what a fork hands down.

    run   ignored (numbers of signals), title, and what become() takes
    """
    import signal
    import threading

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in run["ignored"]:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    first: Any = threading.main_thread()
    first._native_id = threading.get_native_id()
    loaded = sys.modules.get
    numpy, processes = loaded("numpy.random"), loaded("multiprocessing.process")
    if numpy is not None:
        numpy.seed()
    if processes is not None:
        processes.current_process().authkey = os.urandom(32)
    if "logging" in sys.modules:
        start_clock(sys.modules["logging"])
    rename(run)


def finish_as_ever() -> None:
    """Let go at the end of what a tool made, though what was imported before it is frozen.

    Frozen objects are no garbage.  The names of __main__ and a function that uses them hold each
    other: an open file among them would be closed, and its last words written, by the collector.
    """
    import atexit
    import ctypes

    names = ctypes.py_object(vars(sys.modules["__main__"]))
    ctypes.pythonapi.PyObject_GC_UnTrack(names)
    ctypes.pythonapi.PyObject_GC_Track(names)
    atexit.register(thaw)


def thaw() -> None:
    """Let all be garbage where something that the tool made does something when it is let go of.

    It may hang on a module that was imported before.  To look at everything takes 45 ms where that
    is pandas, so it is done for those alone.
    """
    import gc

    orders: Any = type.__dict__["__mro__"]
    names: Any = type.__dict__["__dict__"]
    for kind in {type(each) for each in gc.get_objects()}:
        if any("__del__" in names.__get__(base) for base in orders.__get__(kind)):
            gc.unfreeze()
            return


def start_clock(logging: ModuleType) -> None:
    """Let the clock of log records begin now."""
    import time

    module: Any = logging
    whole = isinstance(module._startTime, int)
    module._startTime = time.time_ns() if whole else time.time()


def rename(run: Dict[str, Any]) -> None:
    """Show the tool's own name, command line and mark to those who look from outside (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_NAME, os.fsencode(run["title"])[:15], 0, 0, 0)
    with open("/proc/self/stat", "rb") as stat:
        words = stat.read().rpartition(b")")[2].split()
    begin, end, env, env_end = (int(word) for word in words[45:49])
    call = b"".join(os.fsencode(word) + b"\0" for word in run["argv"])
    if begin and len(call) <= end - begin:
        ctypes.memset(begin, 0, end - begin)
        ctypes.memmove(begin, call, len(call))
        prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
        prctl(PR_SET_MM, PR_SET_MM_ARG_END, begin + len(call), 0, 0)  # root may, others see blanks
    if env:
        mark_environment(env, env_end, os.fsencode("%s=%s" % tuple(run["mark"])))


def mark_environment(begin: int, end: int, mark: bytes) -> None:
    """Put the mark where the outside finds it: in the place of what this file was asked."""
    import ctypes

    block = ctypes.string_at(begin, end - begin)
    found = block.find(ASKED.encode() + b"=")
    room = block.find(b"\0", found) - found
    if found >= 0 and len(mark) <= room:
        ctypes.memmove(begin + found, mark + b"\0" * (room - len(mark)), room)
