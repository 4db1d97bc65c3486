"""A tool that insists on a terminal is answered at one (POSIX)."""

from __future__ import annotations

import os
import sys

import pytest

from tests.runs.bench import Bench
from tests.runs.test_questions import asked, ended, start
from webify.model.allowance import Allowance
from webify.model.run import State
from webify.runs.starting import wants_terminal


@pytest.mark.parametrize(
    ("words", "wants"),
    [
        ("the input device is not a TTY", True),
        ("stdin is not a terminal", True),
        ("termios.error: (25, 'Inappropriate ioctl for device')", True),
        ("OSError: [Errno 6] No such device or address: '/dev/tty'", True),
        ("sh: 1: cannot open /dev/tty: No such device or address", True),
        (
            "sudo: a terminal is required to read the password; use -S\nsudo: a password is needed",
            True,
        ),
        ("Error opening terminal: unknown.", True),
        ("Warning: Input is not a terminal (fd=0).\nKeyError: 'x'", False),
        ("Pseudo-terminal will not be allocated because stdin is not a terminal.\nno key", False),
        ("is not a tty\none\ntwo\nno such site", False),
        ("no such terminal: 4", False),
    ],
)
def test_last_words_tell_of_a_terminal_that_was_missed(words: str, wants: bool) -> None:
    assert wants_terminal(1, words) is wants
    assert not wants_terminal(0, words)


if os.name == "posix":
    LOOK = "import sys, termios; termios.tcgetattr(0); print('well')"

    def test_shell_asks_at_a_terminal_and_the_answer_is_echoed(bench: Bench) -> None:
        script = 'read -p "Go on? [y/N] " a; echo "got $a"'
        run = start(bench, ["bash", "-c", script], terminal=True)
        assert asked(bench, run).prompt.kind == "choice"
        assert ended(bench, run, "y").out == b"Go on? [y/N] y\ngot y\n"

    def test_password_at_a_terminal_is_known_by_the_terminal(bench: Bench) -> None:
        code = "import getpass; print(len(getpass.getpass('Word for the gate? ')))"
        run = start(bench, [sys.executable, "-c", code], terminal=True)
        assert asked(bench, run).prompt.kind == "secret"
        done = ended(bench, run, "Gr8-secret")
        assert done.out.decode() == "Word for the gate? ••••••\n10\n"
        assert done.run.state is State.SUCCEEDED

    def test_bytes_at_a_terminal_are_those_of_a_pipe(bench: Bench) -> None:
        code = (
            "import os, sys\nassert all(os.isatty(n) for n in (0, 1, 2))\n"
            "print(os.get_terminal_size())\nopen('/dev/tty', 'w').write('direct\\n')\nsys.exit(3)"
        )
        done = bench.done(start(bench, [sys.executable, "-c", code], terminal=True))
        assert done.out == b"os.terminal_size(columns=160, lines=50)\ndirect\n"
        assert (done.err, done.run.exit_code) == (b"", 3)

    def test_end_of_input_reaches_a_tool_at_a_terminal(bench: Bench) -> None:
        code = "import sys; print(len(sys.stdin.read()))"
        run = start(bench, [sys.executable, "-c", code], terminal=True, patience=0.3)
        assert bench.done(run).out == b"0\n"

    def test_tool_that_misses_a_terminal_says_so_and_runs_well_at_one(bench: Bench) -> None:
        done = bench.done(start(bench, [sys.executable, "-c", LOOK]))
        assert (done.run.reason, done.end.cause) == ("The program wants a terminal", "terminal")
        done = bench.done(start(bench, [sys.executable, "-c", LOOK], terminal=True))
        assert (done.run.state, done.out) == (State.SUCCEEDED, b"well\n")
        assert done.folder.at_terminal

    def test_limits_hold_at_a_terminal_too(bench: Bench) -> None:
        code = "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
        few = Allowance(file_bytes=123_000)
        run = start(bench, [sys.executable, "-c", code], terminal=True, allowance=few)
        assert bench.done(run).out == b"123000\n"

    def test_secret_by_standard_input_reaches_a_tool_at_a_terminal_and_stays_hidden(
        bench: Bench,
    ) -> None:
        code = "import sys; word = sys.stdin.readline().strip(); print(len(word), word)"
        given = {"stdin": "Gr8-secret\n", "secrets": ("Gr8-secret",)}
        done = bench.done(start(bench, [sys.executable, "-c", code], terminal=True, **given))
        assert done.out.decode().splitlines()[-1] == "10 ••••••"
        assert b"Gr8" not in done.out
