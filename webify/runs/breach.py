"""Which limit a run has met, and how that is told from how its program ended."""

from __future__ import annotations

import re
import signal
import sys
from enum import StrEnum

from webify.model.allowance import Allowance
from webify.runs.job import ENDED

MEMORY = re.compile(
    r"^\S*MemoryError(:|$)|^\S*OutOfMemoryError\b|\bbad_alloc\b|^fatal error: .*out of memory"
    r"|\bheap out of memory\b|\bCannot allocate memory\b|\bmemory exhausted\b",
    re.MULTILINE,
)
FILE = re.compile(r"\bFile too large\b|\bFile size limit exceeded\b")
PROCESSES = re.compile(
    r"\bcan't start new thread\b|\bResource temporarily unavailable\b"
    r"|\bfork: retry\b|\bpthread_create failed\b"
)


class Breach(StrEnum):
    """A limit that a run has met."""

    MEMORY = "memory"
    CPU = "cpu"
    PROCESSES = "processes"
    FILE = "file"
    SERVER = "server"  # the memory of all of the computer


def breach_of(allowance: Allowance, code: int, tail: str) -> Breach | None:
    """Return the limit that ended a program by its exit code and its last words, or None."""
    number = _signal_of(code)
    if sys.platform != "win32":
        if allowance.cpu_seconds and number == signal.SIGXCPU:
            return Breach.CPU
        if allowance.file_bytes and number == signal.SIGXFSZ:
            return Breach.FILE
    if allowance.cpu_seconds and code == ENDED:
        return Breach.CPU
    if code == 0:
        return None
    said = (
        (allowance.memory_bytes, MEMORY, Breach.MEMORY),
        (allowance.file_bytes, FILE, Breach.FILE),
        (allowance.processes, PROCESSES, Breach.PROCESSES),
    )
    return next((breach for limit, words, breach in said if limit and words.search(tail)), None)


def _signal_of(code: int) -> int:
    """Return the signal that ended a program, or one that its shell tells of; 0 where none did."""
    return -code if code < 0 else code - 128 if 128 < code < 192 else 0
