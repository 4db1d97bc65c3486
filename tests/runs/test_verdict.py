"""What is said about the end of a run."""

from __future__ import annotations

import os

import pytest

from webify.model.run import State
from webify.runs import verdict

LINES = {
    b"stock.py: There is no table 'x'.\n": "There is no table 'x'.",
    b"": "",
    b" \n\n": "",
    b"no such site\n": "No such site",
    b"usage: t [-h]\nt.py levels: error: argument --limit: 'x'\n": "Argument --limit: 'x'",
    b"Usage: t\n\nError: Invalid value for '--n': x\n": "Invalid value for '--n': x",
    b"Traceback (most recent call last):\n  File\nValueError: bad: thing\n": "Bad: thing",
    b"sqlite3.OperationalError: no such table: x\n": "No such table: x",
    b"KeyboardInterrupt\n": "KeyboardInterrupt",
    b"KeyError: 'PO-1180'\n": "KeyError: 'PO-1180'",
    b"KeyError: 'late orders'\n": "KeyError: 'late orders'",
    b"ValueError: nothing\n": "ValueError: nothing",
    b"FileNotFoundError: [Errno 2] No such file or directory: '/srv/l'\n": (
        "No such file or directory: '/srv/l'"
    ),
    b"x.py: [WinError 5] Access is denied\n": "Access is denied",
    b"/bin/sh: 1: foo: not found\n": "/bin/sh: 1: foo: not found",
    b"fatal: not a repository": "Not a repository",
    b"\x1b[31merror: red\x1b[0m\n": "Red",
    b"10%\r50%\rfailed\r\n": "Failed",
    b"\x1b]8;;http://x\x07link\x1b]8;;\x07": "Link",
    b"not text \xff": "Not text �",
    b"x" * 999: "X" + "x" * 239 + "…",
}


@pytest.mark.parametrize("tail", LINES)
def test_last_error_line_in_plain_form(tail: bytes) -> None:
    assert verdict.last_error(tail) == LINES[tail]


@pytest.mark.parametrize(
    ("code", "tail", "state", "reason"),
    [
        (0, b"", State.SUCCEEDED, ""),
        (0, b"\n", State.SUCCEEDED, ""),
        (0, b"careful", State.WARNED, ""),
        (2, b"", State.FAILED, "The program stopped with code 2"),
        (2, b"error: no", State.FAILED, "No"),
        (
            1,
            b"  x = bytearray(n)\nMemoryError\n",
            State.FAILED,
            "The program asked for more memory than it can have (MemoryError)",
        ),
        (
            -15,
            b"words",
            State.FAILED,
            "The program was told to end by something else on the server (signal 15, SIGTERM)",
        ),
        (-63, b"", State.FAILED, "The program was ended by a signal (signal 63)"),
        (
            -11,
            b"",
            State.FAILED,
            "The program crashed: it used memory that is not its own (signal 11, SIGSEGV)",
        ),
        (
            0xC0000135,
            b"",
            State.FAILED,
            "The program crashed: a library that it needs is missing (code 0xC0000135)",
        ),
    ],
)
def test_state_follows_exit_code_and_errors(
    code: int, tail: bytes, state: State, reason: str
) -> None:
    assert verdict.of_exit(code, tail) == (state, reason)


def test_exit_code_with_which_a_shell_tells_of_a_signal_is_explained() -> None:
    told = ", as a shell does when SIGKILL ended what it ran" if os.name == "posix" else ""
    assert verdict.failed(137, b"") == f"The program stopped with code 137{told}"
    assert verdict.failed(137, b"Killed\n") == "Killed"
    assert [verdict.failed(code, b"") for code in (128, 250)] == [
        "The program stopped with code 128",
        "The program stopped with code 250",
    ]


def test_amounts_and_times_are_said_as_people_do() -> None:
    assert verdict.cut(50_000_000) == "The first 50 MB are kept"
    assert [verdict.amount(n) for n in (1, 999, 1_500, 10**9)] == [
        "1 byte",
        "999 bytes",
        "1.5 kB",
        "1 GB",
    ]
    assert verdict.timed_out(1800) == "Stopped after 30 minutes, the limit for this tool"
    assert [verdict.duration(s) for s in (1, 90, 120)] == ["1 second", "90 seconds", "2 minutes"]
