"""Which endings are a refusal of the arguments, and what is said of them."""

from __future__ import annotations

import time

import pytest

from webify.faces.usage_error import MOST, usage_errors

BOX = """Usage: t [OPTIONS] NAME
Try 't --help' for help.
╭─ Error ──────────────────────────╮
│ Invalid value for '--n': 'abc'   │
│ is not a valid integer.          │
╰──────────────────────────────────╯
"""
PARTS = """╭─ Required options ──────╮
│ Missing from t:         │
│     --name STR          │
│ ─────────────────────── │
│ Unrecognized options: x │
│ ─────────────────────── │
│ For full helptext, run: │
│     t --help            │
╰─────────────────────────╯
"""
REFUSED = {
    "usage: t [-h]\nt: error: argument --n: invalid int value: 'abc'\n": (
        "argument --n: invalid int value: 'abc'",
    ),
    "Usage: t x [OPTIONS]\nTry 't x --help' for help.\n\nError: Missing option '--y'.\n": (
        "Missing option '--y'.",
    ),
    "Usage: t [options]\n\nt: error: option -n: invalid integer value: 'abc'\n": (
        "option -n: invalid integer value: 'abc'",
    ),
    BOX: ("Invalid value for '--n': 'abc' is not a valid integer.",),
    BOX.replace("╭", "+")
    .replace("╮", "+")
    .replace("╰", "+")
    .replace("╯", "+")
    .replace("─", "-")
    .replace("│", "|"): ("Invalid value for '--n': 'abc' is not a valid integer.",),
    PARTS: ("Missing from t: --name STR", "Unrecognized options: x"),
    "Usage:\n  t NAME [--n=N]\n": (
        "The program does not take these answers together. It says: Usage: t NAME [--n=N]",
    ),
    "--n requires argument\nUsage: t NAME [--n=N]\n": ("--n requires argument",),
    "ERROR: The function received no value for the required argument: name\nUsage: t NAME\n": (
        "The function received no value for the required argument: name",
    ),
    "FATAL Flags parsing error: flag --n=a: invalid literal\nPass --helpshort to see help.\n": (
        "flag --n=a: invalid literal",
    ),
    "ls: invalid argument ‘x’ for ‘--sort’\nValid arguments are:\n  - ‘none’\n  - ‘time’\n"
    "Try 'ls --help' for more information.\n": (
        "invalid argument ‘x’ for ‘--sort’. Valid arguments are: ‘none’, ‘time’",
    ),
    "error: invalid value 'x' for '--color <WHEN>'\n  [possible values: auto, never]\n\n"
    "For more information, try '--help'.\n": (
        "invalid value 'x' for '--color <WHEN>' [possible values: auto, never]",
    ),
    "Error: unknown flag: --foo\nSee 'ctl --help' for usage.\n": ("unknown flag: --foo",),
    "unknown flag: --foo\n\nUsage:  hub <command> [flags]\n\nCommands:\n  auth\n": (
        "unknown flag: --foo",
    ),
    "flag provided but not defined: -x\nUsage of t:\n  -n int\n    \tnumber (default 1)\n": (
        "flag provided but not defined: -x",
    ),
    "\x1b[31merror:\x1b[0m unknown option '--foo'\n": ("unknown option '--foo'",),
    '\nThe "--foo" option does not exist.\n': ('The "--foo" option does not exist.',),
    "head: invalid number of lines: ‘abc’\n": ("invalid number of lines: ‘abc’",),
    "warning: config is old\nusage: t [-h]\nt: error: unrecognized arguments: q\n": (
        "unrecognized arguments: q",
    ),
}
FAILED = (
    "",
    "t: error: asked to fail\n",
    "grep: /nope: No such file or directory\n",
    "grep: Invalid regular expression\n",
    "Traceback (most recent call last):\n  File x\nValueError: invalid argument: 'abc'\n",
    "usage: t\nTraceback (most recent call last):\nSystemExit: t: error: argument --n: bad\n",
    "12:01 connecting\n12:02 loading\nerror: no such table\nusage: see the manual\n",
    "error: data.csv, line 4: invalid date ‘x’\n",
    "head: cannot open 'abc' for reading: No such file\n",
    "fatal: not a git repository (or any of the parent directories): .git\n",
    "TypeError: bad option\n    at Object.<anonymous> (/srv/t.js:3:5)\n",
    "thread 'main' panicked at src/main.rs:3: unknown option\n",
    "error: bad option in config\n",
    "go: go.mod file not found in current directory; see 'go help modules'\n",
    "docker: Cannot connect to the daemon.\nSee 'docker run --help'.\n",
    "Error: the server is away\nRun 'ctl help' for more.\n",
    "make: *** No rule to make target 'x'.  Stop.\n",
    "warning: unknown option --foo is ignored\n3 rows were not written\n",
)


@pytest.mark.parametrize("err", REFUSED)
def test_usage_error_gives_its_sentence(err):
    program = "/bin/head" if err.startswith("head") else "/bin/ls"
    assert usage_errors(2, err, "", (program, "-n", "abc")) == REFUSED[err]


@pytest.mark.parametrize("err", FAILED)
def test_failure_at_work_is_no_usage_error(err):
    assert usage_errors(2, err, "", ("t", "abc", "x")) == ()


def test_result_on_standard_output_makes_it_a_failed_run():
    err = "usage: t [-h]\nt: error: argument --n: invalid int value: 'abc'\n"
    assert usage_errors(2, err, "name,size\na,1\n") == ()
    assert usage_errors(2, err, "usage: t [-h]\n") != ()


def test_sentence_on_standard_output_is_heard_where_usage_stands_beside_it():
    assert usage_errors(
        2, "", "Error: Unknown switch --foo\n------\nUsage:\n    t [SWITCHES]\n"
    ) == ("Unknown switch --foo",)
    assert usage_errors(
        1, "", "t: option --foo not recognized\nt: Try --help for usage.\n", ["t"]
    ) == ("option --foo not recognized",)
    assert usage_errors(1, "", "--- a\n+++ b\n-unknown option\n") == ()


def test_good_end_and_end_by_a_signal_are_no_usage_errors():
    err = "usage: t\nt: error: unrecognized arguments: q\n"
    assert usage_errors(0, err, "") == usage_errors(-9, err, "") == ()


@pytest.mark.clock
@pytest.mark.parametrize(
    "piece",
    ["-", "╭─", "usage: ", "option ", "'", "\x1b[", "\x1b]", " at ", "error: ", "\n x ", "["],
)
def test_hostile_output_takes_no_time(piece):
    begun = time.monotonic()
    usage_errors(2, (piece * MOST)[:MOST], "", ("t", "abc"))
    assert time.monotonic() - begun < 2.0
