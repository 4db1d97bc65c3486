"""Imports that nobody said a word of: tried once, and done before the runs where it is worth it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runs.bench import Bench, named, until
from tests.runs.test_ahead import said
from tests.runs.test_warm_facts import PYTHONS
from webify.model.recipe import Recipe
from webify.model.trial import Trial
from webify.runs.order import Plan
from webify.runs.trials import read

SLOW = "import time\nwhile time.process_time() < 0.15:\n    pass\n"
PATIENCE = 60.0  # seconds: a trial steps back behind all others, and has half of them itself
TOOL = "import library, os\nprint(open(f'/proc/{os.getppid()}/cmdline').read().count('tool.py'))"


class Tool:
    """A tool whose imports may be done before its runs, and the library that it imports."""

    def __init__(
        self, bench: Bench, folder: Path, library: str, python: str = sys.executable
    ) -> None:
        self.bench, self.folders = bench, (folder / "tools", folder / "libraries")
        for each in self.folders:
            each.mkdir(parents=True)
        self.script = self.folders[0] / "tool.py"
        self.script.write_text(TOOL, encoding="utf-8")
        (self.folders[1] / "library.py").write_text(library, encoding="utf-8")
        self.recipe = Recipe(
            (python,), (str(self.script),), 2, (), str(self.folders[0]), "python",
            likely=("library",), trial=str(folder / "trials" / "tool.json"),
        )  # fmt: skip

    def plan(self, where: str = "") -> Plan:
        env = {"PYTHONPATH": str(self.folders[1])}
        return Plan(self.recipe.call, env, where, 30.0, warm=self.recipe)

    def run(self) -> bytes:
        """Run it once."""
        made = self.bench.add()
        plan = self.plan(str(self.bench.folder(made).files))
        return self.bench.done(self.bench.engine.start(made, plan)).out

    def tried(self) -> Trial:
        """Run it as often as it takes to be tried, and return what that showed."""
        assert [self.run(), self.run()] == [b"0\n", b"0\n"]
        until(lambda: read(self.recipe.trial), PATIENCE)
        trial = read(self.recipe.trial)
        assert trial
        return trial


def guarded(folder: Path, deed: str) -> str:
    """Return a library that does it where it is tried only."""
    empty = str(folder / "trials" / "empty")
    there = f"os.path.exists({empty!r}) and os.path.samefile({empty!r}, '.')"
    return f"import os\nif {there}:\n    exec({deed!r})"


def test_slow_imports_are_done_before_the_third_run(bench: Bench, tmp_path: Path) -> None:
    tool = Tool(bench, tmp_path, SLOW)
    trial = tool.tried()
    assert (trial.doubt, trial.modules) == ("", ("library",))
    until(lambda: "tool.py starts warm" in said(bench))
    until(lambda: tool.run() == b"1\n")


@pytest.mark.parametrize(("library", "starts"), [(SLOW, "warm"), ("", "ahead")])
def test_what_was_tried_is_ready_before_the_first_run_on_a_later_server(
    bench: Bench, tmp_path: Path, library: str, starts: str
) -> None:
    tool = Tool(bench, tmp_path, library)
    tool.tried()
    until(lambda: f"tool.py starts {starts}" in said(bench))
    later = Bench(tmp_path)
    later.engine.expect(tool.plan())
    until(lambda: said(bench).count(f"tool.py starts {starts}") == 2)
    later.close()
    assert said(bench).count("was tried") == 1


def test_look_at_a_form_tries_nothing(bench: Bench, tmp_path: Path) -> None:
    unknown = Tool(bench, tmp_path / "unknown", SLOW)
    bench.engine.expect(unknown.plan())
    known = Tool(bench, tmp_path / "known", "")
    bench.engine.expect(replace(known.plan(), warm=replace(known.recipe, likely=())))
    until(lambda: "tool.py starts ahead" in said(bench))
    assert not named(unknown.script)


@pytest.mark.parametrize("python", PYTHONS[:-1])
def test_another_python_is_tried_the_same(bench: Bench, tmp_path: Path, python: str) -> None:
    cases = {
        SLOW: "",
        "import threading\nthreading.Thread(target=print).start()": "starts a thread",
        "import random\nrandom.random()": "its imports are quick",
        f"{SLOW}import random\nrandom.random()": "draws a random number",
        "import subprocess\nsubprocess.Popen(['true']).wait()": "starts a process",
    }
    for number, (deed, words) in enumerate(cases.items()):
        folder = tmp_path / str(number)
        doubt = Tool(bench, folder, guarded(folder, deed), python).tried().doubt
        assert words in doubt, deed
        assert bool(doubt) is bool(words), deed


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("import threading\nthreading.Thread(target=print).start()", "starts a thread"),
        ("import subprocess, sys\nsubprocess.run([sys.executable, '-c', '0'])", "starts a process"),
        ("open(__file__ + '.txt', 'w').close()", "writes to a file"),
        ("import socket\nkept = socket.create_server(('127.0.0.1', 0))", "keeps socket:"),
        ("import os\nos.environ['WORD'] = '1'", "changes its environment"),
        ("open('here.ini')", "looks for here.ini in the folder that it is started in"),
        (f"{SLOW}import datetime\nnow = datetime.datetime.now()", "looks at the clock"),
        ("print('hello')", "prints something"),
        ("", "its imports are quick"),
    ],
)
def test_what_runs_must_not_share_is_found_and_not_done(
    bench: Bench, tmp_path: Path, deed: str, words: str
) -> None:
    tool = Tool(bench, tmp_path, guarded(tmp_path, deed))
    assert words in tool.tried().doubt
    until(lambda: "tool.py starts ahead" in said(bench))
    until(lambda: tool.run() == b"1\n")
    assert not (tmp_path / "libraries" / "library.py.txt").exists()


def test_changed_library_is_tried_again(bench: Bench, tmp_path: Path) -> None:
    tool = Tool(bench, tmp_path, "")
    assert tool.tried().doubt
    until(lambda: "tool.py starts ahead" in said(bench))
    (tmp_path / "libraries" / "library.py").write_text(SLOW + "\n", encoding="utf-8")
    tool.run()
    trial = Path(tool.recipe.trial)
    until(lambda: json.loads(trial.read_bytes()).get("seconds", 0) > 0.1, PATIENCE)
