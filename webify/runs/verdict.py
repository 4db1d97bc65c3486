"""What is said about how a run ended: its state, and one sentence."""

from __future__ import annotations

import errno
import re

from webify.model.allowance import Allowance
from webify.model.run import State
from webify.readers.progress import besides
from webify.runs.breach import Breach
from webify.runs.signals import by_crash, by_shell, by_signal

TAIL = 8_192  # bytes of standard error in which the last line is looked for
LONGEST = 240  # characters of a tool's line in a sentence
NAMED = re.compile(
    r"^(?:[\w./\\-]+(?: [\w-]+)*: )?(?:error|fatal|fatal error): +(?=\S)", re.IGNORECASE
)
PROGRAM = re.compile(r"^[\w-]+\.(?:py|pyw|exe|cmd|bat|sh): +(?=\S)", re.IGNORECASE)
# A single word behind the name of an exception says nothing alone, nor does a key.
RAISED = re.compile(
    r"^(?!KeyError\b)(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Exit): +(?=\S+\s)"
)
# The system's number of an error, behind which Python says the same in words.
NUMBERED = re.compile(r"^\[(?:Errno|WinError) -?\d+\] +(?=\S)")
ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b-\x1f]"
)
BARE = {
    "AssertionError": "A check that the program makes of itself failed (AssertionError)",
    "KeyboardInterrupt": "The program was interrupted (KeyboardInterrupt)",
    "MemoryError": "The program asked for more memory than it can have (MemoryError)",
    "NotImplementedError": "The program cannot do this yet (NotImplementedError)",
}
UNKNOWN = "Interrupted: the processes that watched over it were ended, so its end is not known"


def of_exit(code: int, tail: bytes) -> tuple[State, str]:
    """Return state and reason of a tool that ended by itself; tail: the last of its errors."""
    if code == 0:
        return (State.WARNED if besides(tail).strip() else State.SUCCEEDED), ""
    return State.FAILED, by_signal(-code) if code < 0 else failed(code, tail)


def failed(code: int, tail: bytes) -> str:
    """Return why a tool ended with this exit code."""
    said = last_error(tail)
    return by_crash(code) or BARE.get(said, said) or stopped_with(code)


def stopped_with(code: int | None) -> str:
    """Return the sentence for a tool that said no more than its exit code."""
    return f"The program stopped with code {code}{by_shell(code or 0)}"


def last_error(tail: bytes) -> str:
    """Return the last line of standard error in plain form, "" where there is none."""
    text = ESCAPES.sub("", besides(tail).decode("utf-8", "replace").replace("\r", "\n"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    line = NUMBERED.sub("", PROGRAM.sub("", NAMED.sub("", RAISED.sub("", lines[-1]))))
    line = line[:LONGEST] + "…" if len(line) > LONGEST else line
    return line[:1].upper() + line[1:]


def no_room(error: OSError) -> bool:
    """Say whether something could not be written because the disk is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def no_start(error: OSError) -> str:
    """Return why webify itself could not get a run going."""
    why = "the disk is full" if no_room(error) else error.strerror or error
    return f"The run could not start: {why}"


def stopped(by: str) -> str:
    """Return the sentence for a run that a person stopped."""
    return f"Stopped by {by}" if by else "Stopped"


def withdrawn(by: str) -> str:
    """Return the sentence for a run that a person took out of the queue."""
    return f"{stopped(by)} before it began"


def timed_out(seconds: float) -> str:
    """Return the sentence for a run that took too long."""
    return f"Stopped after {duration(seconds)}, the limit for this tool"


def unanswered(seconds: float) -> str:
    """Return the sentence for a run whose question nobody answered."""
    return f"Nobody answered within {duration(seconds)}"


def over(breach: Breach, allowance: Allowance) -> tuple[State, str]:
    """Return state and sentence of a run that met one of its limits."""
    if breach is Breach.CPU:
        time = duration(allowance.cpu_seconds)
        return State.TIMED_OUT, f"Stopped after {time} of computing, the limit for this tool"
    more = {
        Breach.MEMORY: f"it used more than {amount(allowance.memory_bytes)}",
        Breach.PROCESSES: f"it started more than {counted(allowance.processes)} at once",
        Breach.FILE: f"it wrote a file of more than {amount(allowance.file_bytes)}",
    }
    return State.FAILED, f"The program was ended: {more[breach]}"


def counted(processes: int) -> str:
    """Return a number of processes as people say it."""
    return "1 process" if processes == 1 else f"{processes:,} processes"


def cut(kept: int) -> str:
    """Return the sentence for an output that was longer than what is kept."""
    return f"The first {amount(kept)} are kept"


def disk_full(lost: int) -> str:
    """Return the sentence for an output of which the end found no room."""
    return f"The disk was full: the last {amount(lost)} could not be kept"


def refused() -> str:
    """Return the sentence for a tool whose parser did not take the answers."""
    return "The tool did not take these answers"


def goes_on() -> str:
    """Return the sentence for a tool that left something behind which would not be silent."""
    return "Something that it started went on printing after its end, which is not kept"


def ended_late(by: str) -> str:
    """Return the sentence for a run whose tool had ended by itself when a person stopped it."""
    return f"{stopped(by)} after its own end, with what it had left running"


def deleted() -> str:
    """Return the sentence for a run whose folder went away under it."""
    return "The files of this run were deleted while it went on"


def joined(*sentences: str) -> str:
    """Return the sentences that are not empty as one."""
    return ". ".join(sentence for sentence in sentences if sentence)


def duration(seconds: float) -> str:
    """Return a time as people say it: 1 second, 90 seconds, 30 minutes."""
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:,.0f} minutes"
    return "1 second" if seconds == 1 else f"{seconds:,.4g} seconds"


def amount(count: int) -> str:
    """Return a number of bytes as people say it: 50 MB."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"
