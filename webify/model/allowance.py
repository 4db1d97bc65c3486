"""What one run of a tool may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """What one run of a tool may take; 0 is no limit.

    memory_bytes   of all its processes together
    cpu_seconds    that all its processes may compute
    cpus           how many processors it may keep busy at once: 0.5 is half of one
    processes      that may be there at once
    output_bytes   that are kept of what it prints
    file_bytes     that one file it writes may have
    """

    memory_bytes: int = 0
    cpu_seconds: float = 0.0
    cpus: float = 0.0
    processes: int = 0
    output_bytes: int = 0
    file_bytes: int = 0

    @property
    def binding(self) -> bool:
        """Say whether the processes themselves are limited, not only what is kept of its output."""
        limits = (self.memory_bytes, self.cpu_seconds, self.cpus, self.processes, self.file_bytes)
        return any(limits)
