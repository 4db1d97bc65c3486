"""A tool that insists on a terminal is answered at one (POSIX)."""

from __future__ import annotations

import os
import sys

from tests.runs.bench import Bench
from tests.runs.test_questions import asked, ended, start
from webify.model.run import State

if os.name == "posix":

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
