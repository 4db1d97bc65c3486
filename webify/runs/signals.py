"""What it means that a signal ended a program, or a crash on Windows: in plain words."""

from __future__ import annotations

import os
import signal

SHELL = 128  # added to the number of a signal it is the exit code of a shell
CRASHED = "The program crashed: "
SIGNALS = {
    "SIGSEGV": CRASHED + "it used memory that is not its own",
    "SIGBUS": CRASHED + "a part of its memory or of a file was not there",
    "SIGFPE": CRASHED + "it computed something impossible, such as a division by zero",
    "SIGILL": CRASHED + "it is not made for this processor",
    "SIGTRAP": CRASHED + "it ran into a fault of its own",
    "SIGSYS": CRASHED + "it did what this server forbids",
    "SIGABRT": "The program gave up, as it found a fault in itself",
    "SIGKILL": "The program was ended at once by something else on the server",
    "SIGTERM": "The program was told to end by something else on the server",
    "SIGINT": "The program was interrupted by something else on the server",
    "SIGQUIT": "The program was told to quit by something else on the server",
    "SIGHUP": "The program ended because its terminal had gone",
    "SIGPIPE": "The program ended because what it wrote to had gone",
    "SIGALRM": "The program ended because a time that it had set itself was over",
    "SIGXCPU": "The program was ended: it computed for longer than the server allows",
    "SIGXFSZ": "The program was ended: it wrote a larger file than the server allows",
}
WINDOWS = {
    0xC0000005: SIGNALS["SIGSEGV"],
    0xC00000FD: CRASHED + "it called itself too often",
    0xC0000094: SIGNALS["SIGFPE"],
    0xC000001D: SIGNALS["SIGILL"],
    0xC0000409: SIGNALS["SIGABRT"],
    0xC0000135: CRASHED + "a library that it needs is missing",
    0xC0000142: CRASHED + "a library that it needs could not begin",
    0xC000013A: SIGNALS["SIGINT"],
    0xC0000017: "The program was ended: the server has no memory left",
}


def by_signal(number: int) -> str:
    """Return the sentence for a program that this signal ended."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = ""
    said = SIGNALS.get(name, "The program was ended by a signal")
    return f"{said} (signal {number}{f', {name}' if name else ''})"


def by_shell(code: int) -> str:
    """Return what an exit code means where a shell tells with it of a signal, "" for others."""
    try:
        name = signal.Signals(code - SHELL).name if os.name == "posix" else ""
    except ValueError:
        return ""
    return f", as a shell does when {name} ended what it ran" if name else ""


def by_crash(code: int) -> str:
    """Return the sentence for an exit code with which Windows tells of a crash, "" for others."""
    said = WINDOWS.get(code, "")
    return f"{said} (code 0x{code:X})" if said else ""
