"""Each way in which a program can end has its own words, and says what caused it."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.runs.bench import Bench
from webify.model.exits import Exit, meaning
from webify.model.run import State
from webify.runs.breach import Breach
from webify.runs.confinement import Confinement, ended_for_memory
from webify.runs.order import Plan
from webify.runs.outcome import NO_MEMORY, outcome_of
from webify.runs.signals import SIGNALS, by_signal
from webify.runs.starting import cannot_start, did_not_begin, needed

FIND = (
    Exit(1, 1, "succeeded", "Nothing was found."),
    Exit(2, 9, "failed", "The orders could not be read", changed=False),
    Exit(4, 4, "warned", changed=True),
    Exit(1, 0, "failed", "It ended in a way of its own"),
)
START = "This tool cannot start: "


@pytest.mark.parametrize(
    ("code", "state", "reason", "changed"),
    [
        (0, State.SUCCEEDED, "", None),
        (1, State.SUCCEEDED, "Nothing was found", None),
        (2, State.FAILED, "The orders could not be read", False),
        (4, State.WARNED, "", True),
        (77, State.FAILED, "It ended in a way of its own", None),
    ],
)
def test_exit_code_means_what_the_site_says(
    bench: Bench, code: int, state: State, reason: str, changed: bool | None
) -> None:
    done = bench.done(bench.python(f"import sys; sys.exit({code})", exits=FIND))
    assert (done.run.state, done.run.reason, done.end.changed) == (state, reason, changed)
    assert done.end.exit_code == code


def test_meaning_that_is_said_first_counts_among_those_as_narrow() -> None:
    assert meaning((Exit(3, 3, "warned"), Exit(3, 3), Exit(1, 9, "succeeded")), 3) == Exit(
        3, 3, "warned"
    )
    assert meaning((Exit(1, 0),), 0) is None
    assert meaning((), 5) is None


def test_failure_without_words_keeps_the_last_words_of_the_program() -> None:
    plan = Plan(("tool",), exits=(Exit(3, 3, changed=False),))
    outcome = outcome_of(plan, 3, b"error: no such site\n")
    assert (outcome.reason, outcome.cause, outcome.changed) == ("No such site", "exit", False)


def test_missing_interpreter_is_named(bench: Bench, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text("#!/nowhere/python9 -u\nprint(1)\n", encoding="utf-8")
    tool.chmod(0o755)
    done = bench.done(bench.start([str(tool)]))
    why = f"{START}it is to be run by /nowhere/python9, which is missing"
    assert (done.run.state, done.run.reason, done.end.cause) == (State.FAILED, why, "start")


def test_program_of_another_kind_of_computer_is_told(bench: Bench, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_bytes(b"\x7fELF of another kind")
    tool.chmod(0o755)
    done = bench.done(bench.start([str(tool)]))
    assert done.run.reason == f"{START}its program is not of a kind that this server can run"


def test_folder_in_place_of_a_program_is_told(bench: Bench, tmp_path: Path) -> None:
    done = bench.done(bench.start([str(tmp_path)]))
    assert (done.run.reason, done.end.cause) == (f"{START}its program is a folder", "start")


def test_python_file_that_has_gone_is_a_program_that_is_missing(
    bench: Bench, tmp_path: Path
) -> None:
    done = bench.done(bench.start([sys.executable, str(tmp_path / "gone.py")]))
    assert (done.run.reason, done.end.cause) == (f"{START}its program is missing", "start")
    done = bench.done(bench.start([sys.executable, "-m", "no_module_of_this_name"]))
    assert (done.run.reason, done.end.cause) == (f"{START}its module is missing", "start")


def test_what_is_not_installed_is_named(bench: Bench) -> None:
    done = bench.done(bench.python("import no_library_of_this_name"))
    assert done.run.reason == "The program needs no_library_of_this_name, which is not installed"
    assert done.end.cause == "needs"
    assert needed(127, "x: error while loading shared libraries: libq.so.5: cannot open shared "
                       "object file: No such file or directory") == "libq.so.5"  # fmt: skip


def test_words_of_a_tool_about_a_file_are_no_failure_to_begin() -> None:
    said = "python: can't open file '/orders.py': [Errno 2] No such file or directory"
    assert did_not_begin(("python", "/tool.py", "x"), 2, said) == ""
    assert did_not_begin(("python", "/orders.py"), 1, said) == ""
    assert did_not_begin(("python", "/orders.py"), 2, said)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.E2BIG, "x"), "its answers are longer than the server takes at once"),
        (OSError(errno.EAGAIN, "x"), "the server has too many processes already"),
        (PermissionError(errno.EACCES, "x", "/cwd"), "the folder it works in may not be entered"),
        (FileNotFoundError(errno.ENOENT, "x", "/cwd"), "the folder it works in is missing"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_reason_of_the_system_is_told_in_words(error: OSError, why: str) -> None:
    assert cannot_start(error, ("/no/tool",), "/cwd") == START + why


def test_crash_is_told_in_plain_words(bench: Bench) -> None:
    done = bench.done(bench.python("import os; os.kill(os.getpid(), 11)"))
    assert done.run.reason == (
        "The program crashed: it used memory that is not its own (signal 11, SIGSEGV)"
    )
    assert (done.end.cause, done.end.signal) == ("signal", 11)


def test_every_signal_that_ends_programs_has_words() -> None:
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            assert by_signal(number).startswith(SIGNALS[name])


def test_server_without_memory_is_told_from_the_count_of_the_kernel() -> None:
    held = Confinement(Plan(()).allowance)
    held.ended_before = ended_for_memory() - 1
    assert held.told(-signal.SIGKILL, "") is Breach.SERVER
    assert outcome_of(Plan(()), -9, b"", Breach.SERVER).reason == NO_MEMORY
    held.began(os.getpid())
    assert held.told(-signal.SIGKILL, "") is None
