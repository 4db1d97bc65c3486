"""A tool that asks is answered by people, over a pipe."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.kept import kept
from tests.runs.bench import Bench, Done, until
from webify.model.run import Run, State
from webify.runs.answering import ANSWERED, GONE, TAKEN, Given, give
from webify.runs.engine import Engine
from webify.runs.order import Plan
from webify.runs.question import Question, read_question


def start(bench: Bench, argv: list[str], **plan: Any) -> Run:
    """Start a tool with a plan that says more of its input."""
    run = bench.add()
    cwd = str(bench.folder(run).files)
    return bench.engine.start(run, Plan(tuple(argv), cwd=cwd, **{"seconds": 60.0, **plan}))


def asked(bench: Bench, run: Run, number: int = 1) -> Question:
    """Wait for a question of this number."""
    found: list[Question] = []

    def open_now() -> bool:
        question = read_question(bench.folder(run))
        found[:] = [question] if question and question.number == number else []
        return bool(found)

    until(open_now)
    return found[0]


def answer(bench: Bench, run: Run, text: str, number: int = 1, *, end: bool = False) -> str:
    return give(bench.folder(run), Given(number, text, end))


def ended(bench: Bench, run: Run, *answers: str) -> Done:
    """Answer one question after the other, and wait for the end."""
    for number, text in enumerate(answers, 1):
        asked(bench, run, number)
        assert answer(bench, run, text, number) == TAKEN
    return bench.done(run)


def test_answer_reaches_the_tool_and_stands_behind_its_question(bench: Bench) -> None:
    run = bench.python("name = input('Your name: ')\nprint('Hello', name)")
    question = asked(bench, run)
    assert (question.prompt.text, question.prompt.kind) == ("Your name:", "text")
    done = ended(bench, run, "Zoë; $(id)")
    assert done.out.decode() == "Your name: Zoë; $(id)\nHello Zoë; $(id)\n"
    assert done.run.state is State.SUCCEEDED


def test_questions_come_one_after_the_other(bench: Bench) -> None:
    code = "print([input(f'{n}? ') for n in range(4)])"
    done = ended(bench, bench.python(code), "a", "", "c", "d")
    assert done.out.decode().endswith("['a', '', 'c', 'd']\n")


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("import click; print(click.confirm('Go on?'))", "y", "True"),
        ("import click; print(click.prompt('Size', type=int, default=3))", "", "3"),
        ("import sys; sys.stderr.write('Go? '); print(sys.stdin.readline().strip())", "on", "on"),
        ("print('Which one?'); print(input())", "that", "that"),
        ("import threading as t; w = t.Thread(target=lambda: print(input('In? '))); w.start()",
         "thread", "thread"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(input(\"In? \"))'])",
         "child", "child"),
    ],
)  # fmt: skip
def test_ways_to_ask_are_seen(bench: Bench, code: str, text: str, said: str) -> None:
    done = ended(bench, bench.python(code), text)
    assert (done.out + done.err).decode().rstrip("\n").endswith(said)


if os.name == "posix":

    def test_native_programs_and_shells_are_answered(bench: Bench) -> None:
        script = "printf 'Pick: '; read a; echo \"got $a\"; touch x; rm -i x; ls"
        done = ended(bench, bench.start(["sh", "-c", script]), "three", "y")
        assert done.out.decode() == "Pick: three\ngot three\n"


def test_password_is_dots_in_the_output_and_nowhere_on_disk(bench: Bench) -> None:
    run = bench.python("import getpass; print(len(getpass.getpass('Password: ')))")
    assert asked(bench, run).prompt.kind == "secret"
    done = ended(bench, run, "Gr8-secret")
    assert "Password: ••••••\n" in done.err.decode()
    assert done.out.strip() == b"10"
    for path, data in kept(bench.settings.data):
        assert b"Gr8-secret" not in data, path


def test_password_that_the_tool_repeats_is_dots_too(bench: Bench) -> None:
    run = bench.python("import getpass; print('got', getpass.getpass('Password: '))")
    assert ended(bench, run, "Gr8-secret").out.decode() == "got ••••••\n"


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("import getpass; getpass.getpass('Word: '); print('well')", State.SUCCEEDED),
        ("import sys; print('Go? ', end='', file=sys.stderr, flush=True); sys.stdin.readline()",
         State.SUCCEEDED),
        ("import getpass, sys; getpass.getpass('Word: '); print('odd', file=sys.stderr)",
         State.WARNED),
        ("import getpass, sys; print('odd', file=sys.stderr); getpass.getpass('Word: ')",
         State.WARNED),
    ],
)  # fmt: skip
def test_question_on_standard_error_is_no_warning(bench: Bench, code: str, state: State) -> None:
    assert ended(bench, bench.python(code), "Gr8-secret").run.state is state


def test_first_answer_counts_and_the_second_is_told(bench: Bench) -> None:
    run = bench.python("print(input('One? '))\nprint(input('Two? '))")
    asked(bench, run)
    assert answer(bench, run, "first") == TAKEN
    assert answer(bench, run, "late") == ANSWERED
    asked(bench, run, 2)
    assert answer(bench, run, "late") == ANSWERED
    assert answer(bench, run, "last", 2) == TAKEN
    assert bench.done(run).out.decode() == "One? first\nfirst\nTwo? last\nlast\n"


def test_answer_to_nothing_is_not_sent(bench: Bench) -> None:
    run = bench.python("print('no question')")
    bench.done(run)
    assert answer(bench, run, "y") == GONE
    run = bench.python("print(input('One? '))")
    asked(bench, run)
    assert answer(bench, run, "early", 2) == GONE
    ended(bench, run, "now")


def test_tool_that_stops_waiting_takes_its_question_away(bench: Bench) -> None:
    code = (
        "import select, subprocess, sys, time\n"
        "asks = subprocess.Popen([sys.executable, '-c', 'input(\"Now? \")'])\n"
        "open('ready', 'w').close()\n"
        "while not __import__('pathlib').Path('enough').exists(): time.sleep(.01)\n"
        "asks.kill(); asks.wait(); open('gone', 'w').close()\n"
        "while not __import__('pathlib').Path('stop').exists(): time.sleep(.01)\n"
    )
    run = bench.python(code)
    asked(bench, run)
    files = bench.folder(run).files
    (files / "enough").touch()
    until(lambda: read_question(bench.folder(run)) is None)
    assert answer(bench, run, "y") == GONE
    (files / "stop").touch()
    assert bench.done(run).run.state is State.SUCCEEDED


def test_tool_that_reads_without_a_word_is_given_text_or_its_end(bench: Bench) -> None:
    run = bench.python("import sys; print(sorted(sys.stdin.read().split()))")
    question = asked(bench, run)
    assert (question.prompt.kind, question.prompt.text, question.endable) == ("input", "", True)
    assert answer(bench, run, "b\na", end=True) == TAKEN
    assert bench.done(run).out.decode() == "['a', 'b']\n"


def test_input_is_empty_where_nobody_has_any(bench: Bench) -> None:
    run = bench.python("import sys; print(repr(sys.stdin.read()))")
    asked(bench, run)
    assert answer(bench, run, "", end=True) == TAKEN
    assert bench.done(run).out.strip() == b"''"


def test_long_answer_arrives_whole(bench: Bench) -> None:
    run = bench.python("import sys; print(len(sys.stdin.readline()))")
    asked(bench, run)
    assert answer(bench, run, "x" * 300_000) == TAKEN
    assert bench.done(run).out.strip() == b"300001"


def test_tool_that_asks_nobody_finds_its_input_empty(bench: Bench) -> None:
    code = "import sys; print(repr(sys.stdin.read()))"
    done = bench.done(start(bench, [sys.executable, "-c", code], input="none"))
    assert done.out.strip() == b"''"


def test_question_that_nobody_answers_ends_the_run(bench: Bench) -> None:
    done = bench.done(start(bench, [sys.executable, "-c", "input('Sure? ')"], patience=0.3))
    assert done.run.state is State.TIMED_OUT
    assert done.run.reason == "Nobody answered within 0.3 seconds"
    assert done.end.asked == "Sure?"
    assert read_question(done.folder) is None


def test_input_that_nobody_gives_ends_and_the_run_goes_on(bench: Bench) -> None:
    code = "import sys; print(repr(sys.stdin.read()))"
    done = bench.done(start(bench, [sys.executable, "-c", code], patience=0.3))
    assert (done.run.state, done.out.strip()) == (State.SUCCEEDED, b"''")


@pytest.mark.clock
def test_time_spent_waiting_for_people_is_not_the_tools(bench: Bench) -> None:
    argv = [sys.executable, "-c", "input('Sure? '); print('on')"]
    run = start(bench, argv, seconds=1.5)
    question = asked(bench, run)
    waits_past_its_limit = question.asked.timestamp() + 2
    until(lambda: time.time() > waits_past_its_limit)
    assert ended(bench, run, "y").run.state is State.SUCCEEDED


def test_stop_ends_a_run_that_waits(bench: Bench) -> None:
    run = bench.python("input('Sure? ')")
    asked(bench, run)
    bench.engine.stop(run.id, "Anna")
    assert bench.done(run).run.reason == "Stopped by Anna"


def test_list_of_runs_knows_which_one_waits(bench: Bench) -> None:
    run = bench.python("input('Sure? ')\ninput('Really? ')")
    asked(bench, run)
    until(lambda: bench.store.run(run.id).state is State.WAITING)
    assert answer(bench, run, "y") == TAKEN
    asked(bench, run, 2)
    ended_by(bench, run, 2)
    assert not bench.store.unfinished()


def ended_by(bench: Bench, run: Run, number: int) -> Done:
    assert answer(bench, run, "y", number) == TAKEN
    return bench.done(run)


def test_answer_comes_through_a_server_that_was_started_later(bench: Bench) -> None:
    run = bench.python("print('you said', input('Sure? '))")
    asked(bench, run)
    later = Engine(bench.settings, bench.store)
    later.reattach()
    assert give(later.folder(run), Given(1, "yes")) == TAKEN
    later.close()
    assert bench.done(run).out.decode() == "Sure? yes\nyou said yes\n"


def test_stranger_without_the_key_answers_nothing(bench: Bench) -> None:
    run = bench.python("print(input('Sure? '))")
    asked(bench, run)
    path = bench.folder(run).question_path
    right = path.read_text(encoding="utf-8")
    path.write_text(json.dumps({**json.loads(right), "key": "00" * 32}), encoding="utf-8")
    assert answer(bench, run, "no") == GONE
    path.write_text(right, encoding="utf-8")
    assert ended(bench, run, "yes").out.decode() == "Sure? yes\nyes\n"


def test_folder_of_any_length_takes_answers(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    bench = Bench(deep)
    done = ended(bench, bench.python("print(input('Deep? '))"), "yes")
    assert done.out.decode() == "Deep? yes\nyes\n"
    assert not (done.folder.path / "answers").exists()
    bench.close()


if sys.platform == "linux":  # elsewhere it is only guessed

    @pytest.mark.parametrize(
        "work",
        [
            "time.sleep(2.5)",
            "select.select([], [], [], 2.5)",
            "select.select([os.pipe()[0]], [], [], 2.5)",
            "subprocess.run([sys.executable, '-c', 'import time; time.sleep(2.5)'])",
            "[os.read(os.popen('sleep 2.5').fileno(), 9)]",
        ],
    )
    def test_tool_that_works_in_silence_is_asked_nothing(bench: Bench, work: str) -> None:
        code = f"import os, select, subprocess, sys, time\nprint('Working: ', end='')\n{work}"
        run = bench.python(code)
        seen = [read_question(bench.folder(run))]
        while not bench.engine.wait(run.id, 0.02).state.ended:
            seen.append(read_question(bench.folder(run)))
        assert len(seen) > 20
        assert not any(seen)

    @pytest.mark.parametrize(
        "wait",
        [
            "select.select([0], [], [])",
            "p = select.poll(); p.register(0, 1); p.poll()",
            "p = select.epoll(); p.register(0, 1); p.poll()",
        ],
    )
    def test_tool_that_watches_its_input_is_answered_when_it_seems_to_ask(
        bench: Bench, wait: str
    ) -> None:
        code = f"import select, sys\nprint('Colour: ', end='')\n{wait}\nprint(input())"
        done = ended(bench, bench.python(code), "red")
        assert done.out.decode() == "Colour: red\nred\n"
