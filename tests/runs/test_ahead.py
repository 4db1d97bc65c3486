"""A tool that nothing is said of: Python is started before its run, and imports nothing of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runs.bench import Bench, until
from tests.runs.test_warm import ENDS, SAMPLE, run
from webify.model.recipe import Recipe

AHEAD = "tool.py starts ahead"
PARENT = "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read().count('tool.py'))"


def recipe(folder: Path, text: str) -> tuple[Path, Recipe]:
    """Write a tool, and return how it is got ready."""
    script = folder / "tool.py"
    script.write_text(text, encoding="utf-8")
    return script, Recipe((sys.executable,), (str(script),), 2, (), str(folder), "python")


def said(bench: Bench) -> str:
    """Return what the launcher notes."""
    return (bench.settings.data / "runs" / "supervisor.log").read_text(encoding="utf-8")


def test_python_waits_for_a_tool_from_its_second_run_on(bench: Bench, tmp_path: Path) -> None:
    script, way = recipe(tmp_path, PARENT)
    assert [run(bench, script, (), way).out for _ in range(2)] == [b"0\n", b"0\n"]
    until(lambda: AHEAD in said(bench))
    until(lambda: run(bench, script, (), way).out == b"1\n")  # a busy one is not waited for


@pytest.mark.parametrize("end", ENDS)
def test_tool_cannot_tell(bench: Bench, tmp_path: Path, end: str) -> None:
    script, way = recipe(tmp_path, SAMPLE.replace("{end}", ENDS[end]))
    cold = run(bench, script, ("one", "two words"), None)
    way = replace(way, always=True)
    run(bench, script, (), way)
    until(lambda: AHEAD in said(bench))
    warm = run(bench, script, ("one", "two words"), way)
    assert (warm.out, warm.err) == (cold.out, cold.err)
    assert (warm.end.exit_code, warm.end.signal) == (cold.end.exit_code, cold.end.signal)
    assert warm.end.files == cold.end.files == ("made.txt",)


def test_module_beside_the_tool_is_its_own(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "select.py").write_text("said = 'mine'", encoding="utf-8")
    script, way = recipe(tmp_path, "import select\nprint(select.said)")
    way = replace(way, always=True)
    outs = [run(bench, script, (), way).out for _ in range(2)]
    until(lambda: "starts anew for each run: its folder has something called select" in said(bench))
    assert [*outs, run(bench, script, (), way).out] == [b"mine\n"] * 3
