"""What waits for runs takes no more memory than it may."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, named, until, with_zygotes
from tests.runs.test_warm import run
from webify.model.recipe import Recipe

Launched = Callable[[str], Bench]


@pytest.fixture
def launched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Launched]:
    """Return how a launcher is begun whose zygotes have these bounds."""
    made = []

    def begin(bounds: str) -> Bench:
        with_zygotes(monkeypatch, bounds)
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Bench(folder))
        return made[-1]

    yield begin
    for bench in made:
        bench.close()


def waits(bench: Bench, script: Path) -> int:
    """Run a tool until something waits for its next run; return the bytes that it takes."""
    script.write_text("print(1)", encoding="utf-8")
    call = (sys.executable,), (str(script),)
    recipe = Recipe(*call, 2, (), str(script.parent), "python", always=True)
    assert run(bench, script, (), recipe).out == b"1\n"
    until(lambda: len(named(script)) >= 3)  # the zygote, and above its child the holder
    return max(psutil.Process(pid).memory_info().rss for pid in named(script))


def test_what_its_child_copies_counts_as_memory_of_what_waits(
    launched: Launched, tmp_path: Path
) -> None:
    size = waits(launched(""), tmp_path / "measured.py")
    bench = launched(f"most_bytes={size * 3 // 2}")
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    waits(bench, first)
    waits(bench, second)
    until(lambda: not named(first))


def test_tools_for_whose_memory_there_is_room_wait_side_by_side(
    launched: Launched, tmp_path: Path
) -> None:
    bench = launched("")
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    waits(bench, first)
    waits(bench, second)
    assert named(first)
