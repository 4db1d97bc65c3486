"""A fork bomb within the limit of its tool: a cancel ends all of it, and soon."""

from __future__ import annotations

import os
import sys
import time

import psutil
import pytest

from tests.runs.bench import Bench, until
from tests.runs.test_stop_hard import of_run
from webify.model.allowance import Allowance
from webify.model.run import State

MANY = 40  # processes that the kernel lets a bomb have: it always tries to have more
LIMIT = 200  # that the settings of its tool allow
# Each one starts others as often as it may, in sessions of their own.  The first stays, of the
# others half end when they have started one, so whoever was looked up a moment ago is gone.
BOMB = """
import os, random, resource, signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
    signal.signal(number, signal.SIG_IGN)
if os.geteuid() == 0:  # the limit does not hold for root
    os.setuid(61_234)
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
first = os.getpid()
os.write(1, b'lit\\n')
limit = time.monotonic() + 30  # so that none outlives a test that failed
while time.monotonic() < limit:
    try:
        child = os.fork()
    except OSError:
        time.sleep(0.002)
        continue
    if child == 0:
        os.setsid()
        random.seed()
    elif os.getpid() != first and random.random() < 0.5:
        os._exit(0)
"""


def threads_there() -> int:
    """Return how many threads this user has besides, which the kernel counts too; 0 for root."""
    if os.getuid() == 0:
        return 0
    there = psutil.process_iter(["uids", "num_threads"])
    mine = (each.info for each in there if each.info["uids"].real == os.getuid())
    return sum(each["num_threads"] or 0 for each in mine)


if sys.platform == "linux":

    @pytest.mark.clock
    def test_fork_bomb_within_its_limit_is_gone_within_8_s_of_its_cancel(bench: Bench) -> None:
        room = Allowance(processes=LIMIT)
        run = bench.python(BOMB, str(threads_there() + MANY), allowance=room)
        until(lambda: len(of_run(run.id)) > MANY // 2)
        began = time.monotonic()
        bench.engine.stop(run.id)
        done = bench.done(run)
        assert of_run(run.id) == []
        assert time.monotonic() - began < 8
        assert (done.run.state, done.end.survivors, done.end.left) == (State.STOPPED, (), ())
