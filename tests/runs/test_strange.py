"""Tools that behave as no tool should: each run has a true end, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, tzinfo
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, until, with_moment
from webify.model.run import State

MB = 1_000_000


def test_tool_that_closes_its_outputs_and_goes_on_has_not_ended(bench: Bench) -> None:
    code = (
        "import os, sys, time\nprint('before', flush=True)\nos.close(1); os.close(2)\n"
        "open('closed', 'w').close()\n"
        "while not os.path.exists('go'): time.sleep(0.01)\n"
        "open('done', 'w').write('yes'); os._exit(4)"
    )
    run = bench.python(code)
    files = bench.folder(run).files
    until((files / "closed").exists)
    assert not bench.engine.wait(run.id, 0.6).state.ended
    (files / "go").touch()
    done = bench.done(run)
    assert (done.out, done.run.exit_code, done.run.state) == (b"before\n", 4, State.FAILED)
    assert (files / "done").read_text(encoding="utf-8") == "yes"


def test_input_ends_at_once_for_a_tool_of_a_server_without_any(tmp_path: Path) -> None:
    """A server that a service manager starts may have no standard files at all."""
    code = f"""
import os, sys
sys.path.insert(0, {str(Path.cwd())!r})
for number in (0, 1, 2):
    os.close(number)
from pathlib import Path
from tests.runs.bench import Bench
from webify.runs.order import Plan
bench = Bench(Path({str(tmp_path)!r}))
run = bench.add()
tool = "import sys; print(repr(sys.stdin.read())); print('said', file=sys.stderr)"
words = ({sys.executable!r}, "-c", tool)
plan = Plan(words, {{}}, str(bench.folder(run).files), 30.0, input="none")
done = bench.done(bench.engine.start(run, plan))
Path({str(tmp_path / "told")!r}).write_bytes(done.out + b"|" + done.err)
bench.close()
"""
    subprocess.run([sys.executable, "-c", code], close_fds=True, check=True, timeout=60)
    assert (tmp_path / "told").read_bytes() == b"''\n|said\n"


def test_all_that_is_in_the_pipe_when_a_tool_ends_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that ends has a child that still writes: more than any pipe holds is to come."""
    with_moment(monkeypatch, "draining", "SILENCE", 30.0)
    bench = Bench(tmp_path)
    code = (
        "import os, sys\nline = b'x' * 99 + b'\\n'\n"
        "if os.fork() == 0:\n"
        "    for n in range(300): os.write(1, line * 1000)\n"
        "    os._exit(0)\n"
        "os._exit(3)"
    )
    done = bench.done(bench.python(code))
    assert (done.end.out_bytes, done.run.exit_code) == (30 * MB, 3)
    with done.folder.out_path.open("rb") as log:
        assert set(log) == {b"x" * 99 + b"\n"}
    bench.close()


def test_what_goes_on_printing_without_end_does_not_hold_the_run_and_is_told(bench: Bench) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n"
        "    while True: os.write(1, b'on\\n'); time.sleep(0.05)\nos._exit(0)"
    )
    done = bench.done(bench.python(code))
    assert done.run.state is State.WARNED
    assert done.run.reason == (
        "Something that it started went on printing after its end, which is not kept"
    )


@pytest.mark.parametrize("year", [1999, 2199])
def test_clock_that_jumps_while_a_run_goes_on_changes_neither_its_end_nor_how_long_it_took(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    class Jumped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return cls(year, 1, 1, tzinfo=tz)

    monkeypatch.setattr("webify.runs.unfinished.datetime", Jumped)
    done = bench.done(bench.python("import time; time.sleep(1.2); print('well')"))
    assert (done.run.state, done.out) == (State.SUCCEEDED, b"well\n")
    assert done.run.seconds is not None
    assert 1.2 < done.run.seconds < 20


def test_clock_that_is_set_back_under_a_supervisor_gives_no_time_below_nothing(
    tmp_path: Path,
) -> None:
    code = f"""
from datetime import UTC, datetime
from pathlib import Path
from webify.runs import watch
from webify.runs.folder import RunFolder
from webify.runs.order import Order, Plan
class Past(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(1999, 1, 1, tzinfo=tz)
watch.datetime = Past
folder = RunFolder(Path({str(tmp_path)!r}))
folder.make()
plan = Plan(({sys.executable!r}, "-c", "print('well')"), {{}}, str(folder.files))
watch.supervise(Order("run", str(folder.path), plan, {{}}), folder)
end = folder.end()
print(end.state.value, end.ended >= end.started, end.ended.year > 2000)
"""
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["succeeded", "True", "True"]


def test_tool_that_calls_itself_otherwise_is_found_and_stopped(bench: Bench) -> None:
    code = (
        "import ctypes, os, time\nctypes.CDLL(None).prctl(15, b'kworker/0:1', 0, 0, 0)\n"
        "words = open('/proc/self/stat').read().rpartition(')')[2].split()\n"
        "begin, end = int(words[45]), int(words[46])\n"
        "ctypes.memset(begin, 0, end - begin)\n"
        "if os.fork() == 0: os.setsid()\nos.write(1, b'%d\\n' % os.getpid())\ntime.sleep(600)"
    )
    if sys.platform != "linux":
        code = (
            "import os, time\nprint(os.getpid()); print(os.getpid(), flush=True)\ntime.sleep(600)"
        )
    run = bench.python(code)
    log = bench.folder(run).out_path
    until(lambda: log.exists() and len(log.read_bytes().split()) == 2)
    pids = {int(word) for word in log.read_bytes().split()}
    bench.engine.stop(run.id)
    done = bench.done(run)
    assert (done.run.state, done.end.survivors) == (State.STOPPED, ())
    until(lambda: not any(lives(pid) for pid in pids))


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
