"""What a run may take: it is ended at its limit, and told which one it was."""

from __future__ import annotations

import os
import time

import pytest

from tests.runs.bench import Bench, Done
from tests.runs.test_stop_hard import of_run
from webify.model.allowance import Allowance
from webify.model.run import State
from webify.runs import gauge, job
from webify.runs.breach import Breach, breach_of
from webify.runs.confinement import confined

GREEDY = """
import time
kept = []
while True:
    kept.append(b'x' * 2_000_000)
    time.sleep(0.005)
"""
FAMILY = """
import subprocess, sys, time
eat = "import time; kept = b'x' * 60_000_000; print('eaten', flush=True); time.sleep(60)"
for _ in range(3):
    subprocess.Popen([sys.executable, '-c', eat])
time.sleep(60)
"""
SHARED = """
import os, time
kept = b'x' * 60_000_000
children = [os.fork() for _ in range(4)]
if 0 in children:
    time.sleep(1)
    os._exit(0)
for child in children:
    os.waitpid(child, 0)
"""
SWARM = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(8):  # 256 of them
    os.fork()
time.sleep(60)
"""
WORKERS = """
import subprocess, sys
while True:
    subprocess.run([sys.executable, '-c', 'sum(range(3_000_000))'])
"""
SHARE = """
import os, pathlib
held = "webify-" in pathlib.Path("/proc/self/cgroup").read_text()  # cgroup v2, and handed to us
print("group" if held else len(os.sched_getaffinity(0)))
"""
MEMORY = "The program was ended: it used more than 100 MB"
COMPUTING = "Stopped after 1 second of computing, the limit for this tool"


def limited(bench: Bench, code: str, **allowance: float) -> Done:
    return bench.done(bench.python(code, allowance=Allowance(**allowance)))  # type: ignore[arg-type] # whole numbers are numbers


@pytest.mark.parametrize("code", [GREEDY, FAMILY, "kept = bytearray(1_000_000_000)"])
def test_run_that_takes_too_much_memory_is_ended_and_told(bench: Bench, code: str) -> None:
    done = limited(bench, code, memory_bytes=100_000_000)
    assert (done.run.state, done.run.reason) == (State.FAILED, MEMORY)
    assert of_run(done.run.id) == []


def test_memory_that_processes_share_counts_once(bench: Bench) -> None:
    done = limited(bench, SHARED, memory_bytes=100_000_000)
    assert done.run.state is State.SUCCEEDED


@pytest.mark.parametrize("code", ["while True: pass", WORKERS])
def test_run_that_computes_too_long_is_ended_and_told(bench: Bench, code: str) -> None:
    done = limited(bench, code, cpu_seconds=1)
    assert (done.run.state, done.run.reason) == (State.TIMED_OUT, COMPUTING)


def test_waiting_is_no_computing(bench: Bench) -> None:
    done = limited(bench, "import time; time.sleep(1.5)", cpu_seconds=1)
    assert done.run.state is State.SUCCEEDED


@pytest.mark.clock
def test_run_with_too_many_processes_is_ended_with_all_of_them(bench: Bench) -> None:
    began = time.monotonic()
    done = limited(bench, SWARM, processes=20)
    assert done.run.reason == "The program was ended: it started more than 20 processes at once"
    assert (done.run.state, done.end.survivors) == (State.FAILED, ())
    assert of_run(done.run.id) == []
    assert time.monotonic() - began < 10


def test_file_that_is_too_large_is_told(bench: Bench) -> None:
    done = limited(bench, "open('big', 'wb').write(bytes(3_000_000))", file_bytes=1_000_000)
    assert done.run.reason == "The program was ended: it wrote a file of more than 1 MB"
    assert (bench.folder(done.run).files / "big").stat().st_size <= 1_000_000


def test_output_beyond_what_a_tool_may_print_is_cut_and_told(bench: Bench) -> None:
    done = limited(bench, "print('x' * 3_000_000)", output_bytes=1_000_000)
    assert (done.run.state, done.run.reason) == (State.WARNED, "The first 1 MB are kept")
    assert len(done.out) == 1_000_000


def test_processors_are_shared_out(bench: Bench) -> None:
    done = limited(bench, SHARE, cpus=0.5)
    assert done.out.split() in ([b"1"], [b"group"])


def test_run_within_its_limits_is_not_touched(bench: Bench) -> None:
    done = limited(
        bench,
        "print('fine')",
        memory_bytes=500_000_000,
        cpu_seconds=60,
        processes=10,
        file_bytes=10**6,
    )
    assert (done.run.state, done.out.split(), done.err) == (State.SUCCEEDED, [b"fine"], b"")


def test_run_without_limits_costs_nothing_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauge, "read", None)
    free = confined("some run", Allowance(output_bytes=5))
    assert (free.enter, free.group, free.over([os.getpid()]), free.told(1, "")) == (None,) * 4


SAID = [
    (1, "Traceback\nMemoryError\n", Breach.MEMORY),
    (1, "numpy._core._exceptions._ArrayMemoryError: Unable to allocate 8 GiB", Breach.MEMORY),
    (134, "terminate called after throwing an instance of 'std::bad_alloc'", Breach.MEMORY),
    (1, "java.lang.OutOfMemoryError: Java heap space", Breach.MEMORY),
    (-6, "FATAL ERROR: Reached heap limit - JavaScript heap out of memory", Breach.MEMORY),
    (2, "fork: Cannot allocate memory", Breach.MEMORY),
    (0, "MemoryError", None),
    (1, "This tool tells of a MemoryErrors table", None),
    (-24, "", Breach.CPU),
    (152, "", Breach.CPU),
    (job.ENDED, "", Breach.CPU),
    (-25, "", Breach.FILE),
    (1, "OSError: [Errno 27] File too large: 'x'", Breach.FILE),
    (1, "RuntimeError: can't start new thread", Breach.PROCESSES),
    (1, "BlockingIOError: [Errno 11] Resource temporarily unavailable", Breach.PROCESSES),
    (1, "no such table", None),
    (-15, "", None),
]


@pytest.mark.parametrize(("code", "tail", "breach"), SAID)
def test_limit_is_told_from_code_and_last_words(code: int, tail: str, breach: Breach) -> None:
    assert breach_of(Allowance(1, 1.0, 1.0, 1, 1, 1), code, tail) is breach
    assert breach_of(Allowance(), code, tail) is None


def test_job_has_only_the_limits_that_are_set() -> None:
    assert job.flags_of(Allowance()) == 0
    assert job.flags_of(Allowance(memory_bytes=1, processes=1)) == 0x208
    assert [job.rate_of(cpus, 4) for cpus in (0.5, 1, 8)] == [1250, 2500, 10_000]
