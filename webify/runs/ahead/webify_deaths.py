"""To hear, while waiting for other things too, that a process below this one has ended."""

from __future__ import annotations

import os
import sys

assert sys.platform != "win32"  # nothing forks there


def woken_by_deaths() -> int:
    """Return a pipe in which something lies when a process below this one has ended."""
    import signal

    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    return woken
