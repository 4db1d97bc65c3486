"""Which runs left something running is known without a search, as long as it lives."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.runs.bench import Bench, until
from tests.runs.test_daemons import DAEMON, daemon_of
from webify.model.run import Run, State
from webify.runs.birth import birth
from webify.runs.folder import RunFolder
from webify.runs.leftover import Leftover
from webify.runs.remains import LEFT, forget, left_by, living_of, note, remains
from webify.runs.usage import resident


@contextmanager
def left_over(owner: str = "") -> Iterator[Leftover]:
    """Return a process that lives meanwhile."""
    call = [sys.executable, "-c", "input()"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield Leftover("python", process.pid, birth(process.pid), owner)
        process.kill()


def noted(root: Path, *left: Leftover, number: int = 1) -> Run:
    """Note what a run has left."""
    run = Run(f"run{number}", "stock", "Stock", values={"a": "b"}, number=number)
    note(RunFolder.of(root, run), run, left)
    return run


def test_run_is_told_as_long_as_something_that_it_left_lives(tmp_path: Path) -> None:
    assert remains(tmp_path) == []
    with left_over() as first, left_over() as second:
        noted(tmp_path, first)
        run = noted(tmp_path, second, Leftover("python", os.getpid(), "1@another"), number=2)
        assert [each.left for each in remains(tmp_path)] == [(second,), (first,)]
        assert living_of(RunFolder.of(tmp_path, run)) == (second,)
    assert remains(tmp_path) == []


def test_notes_of_which_nothing_lives_are_dropped_and_no_others(tmp_path: Path) -> None:
    forget(tmp_path)
    with left_over() as gone:
        noted(tmp_path, gone)
    with left_over() as there:
        noted(tmp_path, there, number=2)
        forget(tmp_path)
        assert [path.stem for path in (tmp_path / LEFT).iterdir()] == ["run2"]


def test_note_holds_no_answers_and_a_damaged_one_hides_no_other(tmp_path: Path) -> None:
    with left_over() as there:
        noted(tmp_path, there)
        (path,) = (tmp_path / LEFT).iterdir()
        assert "values" not in json.loads(path.read_text("utf-8"))["run"]
        for number, text in enumerate(("", "[]", "{}", '{"run": 1, "left": 2}', "\0")):
            (tmp_path / LEFT / f"damaged{number}.json").write_text(text, "utf-8")
        assert [each.run.id for each in remains(tmp_path)] == ["run1"]


def test_what_belongs_to_somebody_else_is_not_ours_to_end(tmp_path: Path) -> None:
    with left_over("root") as there:
        noted(tmp_path, there)
        (found,) = remains(tmp_path)
        assert (found.ours, found.told) == (False, f"python ({there.pid}, it belongs to root)")


def test_note_that_cannot_be_written_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / LEFT).write_text("in the way", "utf-8")
    assert noted(tmp_path, Leftover("python", 1, "1@x"))
    assert remains(tmp_path) == []


def test_memory_of_those_that_live_is_summed() -> None:
    with left_over() as there:
        until(lambda: resident([there.pid]) > 1_000_000)
        assert resident([there.pid, os.getpid()]) > resident([there.pid])
    assert resident([there.pid]) == 0


if os.name == "posix":

    def test_daemon_is_known_though_the_folder_of_its_run_was_deleted(bench: Bench) -> None:
        run = bench.python(DAEMON, "0", "closes")
        root = bench.settings.data / "runs"
        with daemon_of(bench, run) as daemon:
            assert bench.done(run).run.state is State.SUCCEEDED
            shutil.rmtree(bench.folder(run).path)
            (found,) = remains(root)
            assert (found.run.id, found.run.ended is not None) == (run.id, True)
            assert [each.pid for each in left_by(bench.folder(run))] == [daemon.pid]
        until(lambda: not remains(root))
