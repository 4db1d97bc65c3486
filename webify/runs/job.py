"""A job object of Windows for one run: its limits hold for the tool and all that it starts."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from webify.model.allowance import Allowance

ENDED = 1816  # the exit code of a process that was ended as its job's time was over
TICKS = 10_000_000  # in a second
WHOLE = 10_000  # all processors, as a share of them is told

PROCESS_TERMINATE, PROCESS_SET_QUOTA = 0x1, 0x100
LIMIT_JOB_TIME, LIMIT_ACTIVE_PROCESS, LIMIT_JOB_MEMORY = 0x4, 0x8, 0x200
PROCESSES, EXTENDED_LIMITS, CPU_RATE = 3, 9, 15  # kinds of information
MOST = 1_000  # processes that are told
RATE_ENABLE, RATE_HARD_CAP = 0x1, 0x4


@dataclass(frozen=True)
class Job:
    """An open job; its limits hold for as long as one of its processes lives."""

    handle: int

    def kill(self) -> None:
        """End all of its processes at once."""
        if sys.platform == "win32":
            _kernel().TerminateJobObject(self.handle, 1)

    def pids(self) -> tuple[int, ...]:
        """Return the numbers of its processes that live, as far as they can be told."""
        return _pids(self.handle)

    def close(self) -> None:
        """Let go of it; its processes go on."""
        if sys.platform == "win32":
            _kernel().CloseHandle(self.handle)


def rate_of(cpus: float, there: int | None = None) -> int:
    """Return the share of all processors that so many are, in parts of ten thousand."""
    return max(1, min(WHOLE, round(cpus / (there or os.cpu_count() or 1) * WHOLE)))


def flags_of(allowance: Allowance) -> int:
    """Return which limits a job has."""
    wanted = (
        (allowance.cpu_seconds, LIMIT_JOB_TIME),
        (allowance.processes, LIMIT_ACTIVE_PROCESS),
        (allowance.memory_bytes, LIMIT_JOB_MEMORY),
    )
    return sum(flag for limit, flag in wanted if limit)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("basic", Basic),
            ("counted", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_of_a_process", ctypes.c_size_t),
            ("peak", ctypes.c_size_t),
        )

    class Processes(ctypes.Structure):
        """JOBOBJECT_BASIC_PROCESS_ID_LIST."""

        _fields_ = (
            ("there", wintypes.DWORD),
            ("listed", wintypes.DWORD),
            ("pids", ctypes.c_size_t * MOST),
        )

    class Rate(ctypes.Structure):
        """JOBOBJECT_CPU_RATE_CONTROL_INFORMATION."""

        _fields_ = (("flags", wintypes.DWORD), ("rate", wintypes.DWORD))

    def _kernel() -> ctypes.WinDLL:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
        )
        kernel.QueryInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
            wintypes.LPDWORD,
        )
        kernel.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        return kernel

    def _pids(handle: int) -> tuple[int, ...]:
        told = Processes()
        size = ctypes.sizeof(told)
        query = _kernel().QueryInformationJobObject
        if not query(handle, PROCESSES, ctypes.byref(told), size, None):
            return ()
        return tuple(int(told.pids[at]) for at in range(told.listed))

    def open_job(allowance: Allowance, pid: int) -> Job | None:
        """Make a job with these limits and put a process into it, None where that fails.

        What the process has started in the moment before is not in it.
        """
        kernel = _kernel()
        handle = kernel.CreateJobObjectW(None, None)
        if not handle:
            return None
        job = Job(handle)
        process = kernel.OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, 0, pid)
        done = _limit(kernel, handle, allowance) and bool(process)
        done = done and bool(kernel.AssignProcessToJobObject(handle, process))
        if process:
            kernel.CloseHandle(process)
        if done:
            return job
        job.close()
        return None

    def _limit(kernel: ctypes.WinDLL, handle: int, allowance: Allowance) -> bool:
        limits = Extended()
        limits.basic.flags = flags_of(allowance)
        limits.basic.job_time = int(allowance.cpu_seconds * TICKS)
        limits.basic.processes = allowance.processes
        limits.job_memory = allowance.memory_bytes
        size = ctypes.sizeof(limits)
        done = kernel.SetInformationJobObject(handle, EXTENDED_LIMITS, ctypes.byref(limits), size)
        if done and allowance.cpus:
            rate = Rate(RATE_ENABLE | RATE_HARD_CAP, rate_of(allowance.cpus))
            size = ctypes.sizeof(rate)
            done = kernel.SetInformationJobObject(handle, CPU_RATE, ctypes.byref(rate), size)
        return bool(done)

else:

    def _pids(handle: int) -> tuple[int, ...]:
        del handle
        return ()

    def open_job(allowance: Allowance, pid: int) -> Job | None:
        """Return None: there are no jobs here."""
        del allowance, pid
        return None
