"""A run's logs hold dots where its tool prints a secret, and lose nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.bench import Bench, Done, until
from webify.runs.masking import DOTS
from webify.runs.order import Plan

SECRET = "hunter22"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def ran(bench: Bench, code: str, *secrets: str) -> Done:
    run = bench.add()
    plan = Plan((sys.executable, "-c", code), cwd=str(bench.folder(run).files), secrets=secrets)
    return bench.done(bench.engine.start(run, plan))


def test_both_streams_are_masked_and_their_sizes_are_those_on_disk(bench: Bench) -> None:
    code = f"import sys; print('a {SECRET} b'); print('c {SECRET}', file=sys.stderr)"
    done = ran(bench, code, SECRET)
    assert done.out == b"a " + DOTS + b" b\n"
    assert done.err == b"c " + DOTS + b"\n"
    assert (done.end.out_bytes, done.end.err_bytes) == (len(done.out), len(done.err))
    told = [line.split() for line in done.folder.timeline_path.read_text("ascii").splitlines()]
    for stream, log in (("out", done.out), ("err", done.err)):
        assert sum(int(size) for _, name, size in told if name == stream) == len(log)


def test_a_secret_in_two_writes_is_hidden_though_time_passes_between(bench: Bench) -> None:
    code = (
        "import os, pathlib, time; os.write(1, b'key hunte'); time.sleep(0.3)\n"
        "os.write(1, b'r22 ok\\nh')\n"
        "while pathlib.Path('../out.log').read_bytes()[-1:] != b'h': time.sleep(0.01)\n"
        "os.write(1, b'unter22')"
    )
    assert ran(bench, code, SECRET).out == b"key " + DOTS + b" ok\nh" + DOTS


def test_a_question_is_on_disk_while_its_tool_waits(bench: Bench) -> None:
    run = bench.add()
    code = "import os, time; os.write(1, b'Name h'); time.sleep(60)"
    folder = bench.folder(run)
    plan = Plan((sys.executable, "-c", code), cwd=str(folder.files), secrets=(SECRET,))
    bench.engine.start(run, plan)
    until(lambda: folder.out_path.exists() and folder.out_path.read_bytes() == b"Name h")
    bench.engine.stop(run.id)
    assert bench.done(run).out == b"Name h"


def test_what_is_held_back_is_kept_when_others_hold_the_pipe(bench: Bench) -> None:
    code = (
        "import os, subprocess, sys; os.write(1, b'key hunter');"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(8)'])"
    )
    done = ran(bench, code, SECRET)
    assert done.out == b"key " + DOTS


def test_a_long_output_passes_whole_between_its_secrets(bench: Bench) -> None:
    code = f"[print(n, '{SECRET}' if n % 1000 == 0 else 'row') for n in range(100_000)]"
    lines = ran(bench, code, SECRET).out.splitlines()
    assert len(lines) == 100_000
    assert lines[5000] == b"5000 " + DOTS
    assert lines[5001] == b"5001 row"


def test_the_reason_of_a_failed_run_tells_no_secret(bench: Bench) -> None:
    done = ran(bench, f"raise SystemExit('error: bad key {SECRET}')", SECRET)
    assert done.end.reason == "Bad key ••••••"
