"""What a fork hands down to a tool and a start does not, and how that is undone."""

from __future__ import annotations

import os
import sys

import webify_guise

assert sys.platform != "win32"  # nothing forks there

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import Any, Dict


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
    webify_guise.put_on(run)


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
