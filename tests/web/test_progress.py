"""What real tools print of their progress is told in the status bar while they go on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.bench import Bench, until
from webify.model.block import PROGRESS, Block
from webify.model.run import State
from webify.runs.order import Plan
from webify.text.source import open_text
from webify.web.progress import Progress, goes_further, progress_of

HALT = """
import os, sys, time
def at(step):
    while step == 4 and not os.path.exists("go"):
        time.sleep(0.01)
"""
TQDM = f"""{HALT}
from tqdm import tqdm
look = "{{l_bar}}{{bar}}| {{n}}/{{total}}"
with tqdm(total=8, desc="Copying", mininterval=0, bar_format=look) as bar:
    for step in range(1, 9):
        bar.update()
        at(step)
"""
CLICK = f"""{HALT}
import click
with click.progressbar(range(8), label="Copying") as bar:
    for step in bar:
        at(step)
"""
RICH = f"""{HALT}
from rich.progress import BarColumn, Progress, TaskProgressColumn
with Progress("Copying", BarColumn(), TaskProgressColumn()) as shown:
    task = shown.add_task("", total=8)
    for step in range(1, 9):
        shown.advance(task)
        at(step)
"""
LINES = f"""{HALT}
for step in range(1, 9):
    print(sys.argv[1].format(step, step * 100 // 8))
    at(step)
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


def halfway(bench: Bench, code: str, *argv: str, terminal: bool = False) -> Progress:
    """Run a tool that halts in the middle; return what is told then, and let it end well."""
    run = bench.add()
    folder = bench.folder(run)
    words = (sys.executable, "-c", code, *argv)
    env = {"TERM": "xterm"}
    bench.engine.start(run, Plan(words, env, str(folder.files), 60.0, terminal=terminal))

    def told() -> Progress | None:
        return progress_of(folder.blocks(), open_text(folder.out_path), open_text(folder.err_path))

    try:
        until(lambda: (now := told()) and now.percent == 50)
        return told() or Progress("", None)
    finally:
        folder.files.joinpath("go").touch()
        assert bench.done(run).run.state is State.SUCCEEDED


def test_tqdm_beside_the_output_is_told_and_is_no_warning(bench: Bench) -> None:
    assert halfway(bench, TQDM) == Progress("Copying: 4/8", 50)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Site {} of 8", "Site 4 of 8"),
        ("[{}/8] Copying", "[4/8] Copying"),
        ("Downloading {1}%", "Downloading"),
        ("\rDownloading {1}%", "Downloading"),
    ],
)
def test_lines_of_a_tool_that_count_are_told(bench: Bench, form: str, words: str) -> None:
    assert halfway(bench, LINES, form) == Progress(words, 50)


if os.name == "posix":

    @pytest.mark.parametrize(
        ("code", "words"), [(TQDM, "Copying: 4/8"), (CLICK, "Copying"), (RICH, "Copying")]
    )
    def test_bar_at_a_terminal_is_told(bench: Bench, code: str, words: str) -> None:
        assert halfway(bench, code, terminal=True) == Progress(words, 50)


def test_next_step_of_a_progress_is_told_by_its_bar_alone(tmp_path: Path) -> None:
    bar, log = Block(PROGRESS, 0, 10, share=0.1), tmp_path / "out.log"
    for text, further in ((b"\r[##  ] 20%", True), (b"\rName: ", False), (b"\nAll well", False)):
        log.write_bytes(b"\r[#   ] 10%"[:10] + text)
        assert goes_further((bar,), open_text(log), 10, 10 + len(text)) is further
    assert not goes_further((), open_text(log), 0, 10)
