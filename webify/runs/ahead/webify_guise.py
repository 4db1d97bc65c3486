"""The guise of a tool: what its process is called, and since when it keeps a log."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Dict

ASKED = "WEBIFY_AHEAD"  # in the environment: what to do, as JSON
PR_SET_NAME, PR_SET_MM = 15, 35  # Linux
PR_SET_MM_ARG_END = 9


def put_on(run: Dict[str, Any]) -> None:
    """Look as if the process had been started as the tool just now.

    run   title, and what become() takes; call: the command line, where that is one text (Windows)
    """
    if "logging" in sys.modules:
        start_clock(sys.modules["logging"])
    if sys.platform == "win32":
        call(run["call"])
    elif sys.platform.startswith("linux"):
        rename(run)


def start_clock(logging: ModuleType) -> None:
    """Let the clock of log records begin now."""
    import time

    module: Any = logging
    whole = isinstance(module._startTime, int)
    module._startTime = time.time_ns() if whole else time.time()


def rename(run: Dict[str, Any]) -> None:
    """Show the tool's own name, command line and mark to those who look from outside (Linux)."""
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


if sys.platform == "win32":

    def call(words: str) -> None:
        """Show the tool's command line to those who ask Windows for it, in the place of our own.

        Blanks follow it, which mean nothing there; one for which there is no room is not shown.
        """
        import ctypes

        ask = ctypes.WinDLL("kernel32").GetCommandLineW
        ask.restype = ctypes.c_void_p
        place = ask()
        room = len(ctypes.wstring_at(place).encode("utf-16-le", "surrogatepass"))
        shown = words.encode("utf-16-le", "surrogatepass")
        if len(shown) <= room:
            ctypes.memmove(
                place, shown + " ".encode("utf-16-le") * ((room - len(shown)) // 2), room
            )
