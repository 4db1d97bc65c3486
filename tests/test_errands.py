"""Errands behind pages: one after the other, each once in a while, and never too many."""

from __future__ import annotations

import threading

import pytest

from tests.runs.bench import until
from webify.errands import MOST, Errands


def test_same_errand_is_run_once_in_a_while():
    errands, run = Errands(later=0.001), []
    for word in ("one", "one", "two", "one"):
        errands.run(word, lambda word=word: run.append(word))
    until(lambda: len(run) == 2)
    Errands.run(errands, "three", lambda: run.append("three"))
    until(lambda: len(run) == 3)
    errands.close()
    assert run == ["one", "two", "three"]


def test_same_errand_is_run_again_later():
    errands, run = Errands(again=0.001, later=0.001), []
    until(lambda: errands.run("one", lambda: run.append("one")) or len(run) > 1)
    errands.close()


def test_more_than_may_wait_are_left():
    errands, run, held = Errands(later=0.001), [], threading.Event()
    errands.run("first", held.wait)
    until(lambda: not errands._waiting)
    for number in range(2 * MOST):
        errands.run(number, lambda number=number: run.append(number))
    held.set()
    until(lambda: len(run) == MOST)
    errands.close()
    assert run == list(range(MOST))


def test_one_that_fails_is_told_and_hinders_no_other(caplog: pytest.LogCaptureFixture):
    errands, run = Errands(later=0.001), []
    errands.run("bad", lambda: 1 / 0)
    errands.run("good", lambda: run.append("good"))
    until(lambda: run)
    errands.close()
    assert "division by zero" in caplog.text


def test_none_is_run_after_the_end():
    errands, run = Errands(later=0.001), []
    errands.run("one", lambda: run.append("one"))
    errands.close()
    before = list(run)
    errands.run("two", lambda: run.append("two"))
    assert run == before
    assert not any(each.name == "errands" for each in threading.enumerate())
