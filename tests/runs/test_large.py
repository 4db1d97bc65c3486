"""Outputs that are too large, lines that are too long, disks that are too small."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, Done, until
from webify.model.run import Run, State

MB = 1_000_000
SMALL = 4 << 20  # bytes of the disk
PRINT_6_MB = "for n in range(6000): print(f'{n:0999}', flush=True)"
SIX_MB = b"".join(b"%0999d\n" % n for n in range(6000))


def watched(bench: Bench, run: Run, seconds: float = 100) -> tuple[Done, int]:
    """Wait for the end of a run; return it and the most memory that its supervisor had."""
    most = 0

    def ended() -> bool:
        nonlocal most
        process = bench.folder(run).process()
        with contextlib.suppress(psutil.Error):
            most = max(most, psutil.Process(process.pid).memory_info().rss if process else 0)
        return bench.folder(run).end_path.exists()

    until(ended, seconds)
    return bench.done(run), most


@pytest.mark.clock
def test_one_line_of_200_mb_is_kept_in_bounded_memory(bench: Bench) -> None:
    code = "import sys\nfor n in range(200): sys.stdout.write('x' * 1_000_000)"
    done, memory = watched(bench, bench.python(code))
    assert done.end.out_bytes == 200 * MB
    assert (done.run.state, done.end.fault) == (State.SUCCEEDED, "")
    assert memory < 100 * MB


def test_300_mb_of_lines_are_kept_in_bounded_memory(bench: Bench) -> None:
    code = "import sys\nfor n in range(300): sys.stdout.write(('some words ' * 9 + '\\n') * 10_000)"
    run = bench.python(code)
    until(lambda: bench.folder(run).sizes()[0] == 300 * MB, 100)
    bench.engine.stop(run.id)  # the tool has ended: what stops is the reading
    done, memory = watched(bench, run)
    assert done.end.out_bytes == 300 * MB
    assert memory < 100 * MB


def test_slow_reader_does_not_hold_the_tool(bench: Bench) -> None:
    code = "import sys\nfor n in range(50): sys.stdout.write('a,b,c\\n' * 200_000)"
    run = bench.python(code)
    until(lambda: bench.folder(run).sizes()[0] == 60 * MB)
    folder = bench.folder(run)
    process = bench.process(run)
    until(lambda: not psutil.pid_exists(process.tool_pid))
    assert not folder.end_path.exists()  # the readers are still at it
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert (done.run.state, done.run.exit_code) == (State.SUCCEEDED, 0)
    assert done.end.fault == "Only the first part of the output was read into tables"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Bench, Callable[[], None]]]:
    """Yield a bench whose runs have no room for 6 MB, and what gives them room."""
    runs = tmp_path / "data" / "runs"
    runs.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(runs)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    bench = Bench(tmp_path)
    if mounted:
        yield bench, lambda: room_on_disk(runs)
    else:
        waiting = bench.engine._launcher._waiting.pid
        psutil.Process(waiting).rlimit(psutil.RLIMIT_FSIZE, (SMALL, psutil.RLIM_INFINITY))
        yield bench, lambda: room_in_file(waiting)
    bench.close()
    if mounted:
        until(lambda: subprocess.run(["umount", str(runs)]).returncode == 0)  # not busy any more


def room_on_disk(folder: Path) -> None:
    subprocess.run(["mount", "-o", f"remount,size={SMALL * 4}", str(folder)], check=True)


def room_in_file(waiting: int) -> None:
    endless = (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY)
    for child in psutil.Process(waiting).children():
        child.rlimit(psutil.RLIMIT_FSIZE, endless)


def test_full_disk_holds_the_tool_and_loses_nothing(
    small_disk: tuple[Bench, Callable[[], None]],
) -> None:
    bench, give_room = small_disk
    run = bench.python(PRINT_6_MB)
    until(lambda: bench.folder(run).waits_for_disk)
    assert not bench.engine.wait(run.id, 1.2).state.ended
    give_room()
    done = bench.done(run)
    assert done.out == SIX_MB
    assert (done.run.state, done.folder.waits_for_disk) == (State.SUCCEEDED, False)


def test_run_that_waits_for_the_disk_can_be_stopped(
    small_disk: tuple[Bench, Callable[[], None]],
) -> None:
    bench, _ = small_disk
    run = bench.python(PRINT_6_MB)
    until(lambda: bench.folder(run).waits_for_disk)
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert done.run.state is State.STOPPED
    assert done.run.reason.startswith("Stopped. The disk was full: the last ")
    assert SIX_MB.startswith(done.out)


def test_run_that_finds_no_room_at_all_fails_in_words(
    small_disk: tuple[Bench, Callable[[], None]],
) -> None:
    bench, _ = small_disk
    runs = bench.settings.data / "runs"
    if runs.is_mount():
        with contextlib.suppress(OSError), (runs / "big").open("wb", buffering=0) as big:
            while True:
                big.write(bytes(4096))
        run = bench.store.add(replace(bench.add(), id="no-room"))
        ended = bench.engine.wait(bench.start(["/bin/echo", "hi"], run=run).id, 5)
        assert ended.state is State.FAILED
        assert ended.reason == "The run could not start: the disk is full"
