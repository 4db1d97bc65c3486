"""What a tool leaves running at its end is told by name and number, and can be ended."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, Done, until, with_moment
from tests.runs.test_daemons import DAEMON, daemon_of
from tests.runs.test_launcher import one_each
from webify.model.recipe import Recipe
from webify.model.run import Run, State
from webify.runs.leftover import Leftover
from webify.runs.leftovers import end_left, left_marked
from webify.runs.lost import lost
from webify.runs.order import MARK, Plan

STRAGGLER = """
import os, time
if os.fork() == 0:
    os.setsid()
    for number in (0, 1, 2):
        os.close(number)
    time.sleep(0.1)
os._exit(0)
"""
CLEARED = """
import os, time
if os.fork():
    while not os.path.exists('daemon'):
        time.sleep(0.005)
    END
os.setsid()
if os.fork():
    os._exit(0)
null = os.open(os.devnull, os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(null, number)
says = 'echo $$ > new; mv new daemon; exec sleep 100'
os.execve('/bin/sh', ['sh', '-c', says], {})
"""
LEAVES = CLEARED.replace("END", "os._exit(0)")
STAYS = CLEARED.replace("END", "time.sleep(100)")


def told(done: Done) -> list[int]:
    return [each.pid for each in done.end.left]


if os.name == "posix":

    def test_daemon_is_told_by_name_and_number_and_ends_when_somebody_says(bench: Bench) -> None:
        run = bench.python(DAEMON, "0", "closes")
        with daemon_of(bench, run) as daemon:
            (left,) = bench.done(run).end.left
            assert (left.pid, left.name) == (daemon.pid, daemon.name())
            assert str(left) == f"{daemon.name()} ({daemon.pid})"
            assert left.living
            end_left((left,), run.id)
            until(lambda: not daemon.is_running())
            assert not left.living

    def test_daemon_of_a_tool_that_may_leave_none_is_ended_and_told(bench: Bench) -> None:
        run = bench.add()
        where = str(bench.folder(run).files)
        words = (sys.executable, "-c", DAEMON, "0", "closes")
        bench.engine.start(run, Plan(words, {}, where, 30.0, end_left=True))
        with daemon_of(bench, run) as daemon:
            done = bench.done(run)
            assert (done.run.state, told(done)) == (State.SUCCEEDED, [daemon.pid])
            assert not done.end.left[0].living

    def test_what_carries_the_mark_of_a_run_is_told(bench: Bench) -> None:
        run = bench.python(DAEMON, "0", "closes")
        with daemon_of(bench, run) as daemon:
            bench.done(run)
            assert [each.pid for each in left_marked(run.id)] == [daemon.pid]
            assert left_marked("no such run") == ()

    def test_what_is_about_to_end_is_not_told(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_moment(monkeypatch, "leftovers", "MOMENT", 30.0)
        bench = Bench(tmp_path)
        assert bench.done(bench.python(STRAGGLER)).end.left == ()
        bench.close()

    def test_daemon_is_told_where_orphans_become_nobodys_children(tmp_path: Path) -> None:
        bench = one_each(Bench(tmp_path))
        run = bench.python(DAEMON, "0", "closes")
        with daemon_of(bench, run) as daemon:
            assert told(bench.done(run)) == [daemon.pid]
        bench.close()

    def test_later_process_with_the_number_of_one_that_was_left_is_not_ended(bench: Bench) -> None:
        me = psutil.Process()
        left = Leftover(me.name(), me.pid, "1@another")
        end_left((left,), bench.add().id)
        assert not left.living

    def test_what_of_a_lost_run_could_not_be_ended_is_told_and_can_be_ended_later(
        bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(pid: int, _number: int) -> None:
            raise PermissionError(pid)

        run = replace(bench.add(), started=datetime.now(UTC))
        env = os.environ | {MARK: run.id}
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, env=env) as child:
            with monkeypatch.context() as patch:
                patch.setattr(os, "kill", refuse)  # as for one that runs under sudo
                patch.setattr(os, "killpg", refuse)
                end = lost(run, bench.folder(run))
            (left,) = end.left
            assert (left.pid, end.survivors) == (child.pid, (str(left),))
            end_left(end.left, run.id)
            assert child.wait(10) < 0

    def test_owner_of_what_cannot_be_ended_from_here_is_told() -> None:
        assert str(Leftover("ssh", 7, "1@x", "root")) == "ssh (7, it belongs to root)"


if sys.platform == "linux":

    def test_nothing_is_searched_where_no_process_is_left_below() -> None:
        code = (
            "import subprocess\nfrom webify.runs.keeper import has_children as any\n"
            "print(any()); child = subprocess.Popen(['cat'], stdin=-1)\n"
            "print(any()); child.communicate(); print(any())"
        )
        words = [sys.executable, "-c", code]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.split() == ["False", "True", "False"]

    def test_daemon_without_session_and_environment_of_its_tool_is_told(bench: Bench) -> None:
        run = bench.python(LEAVES)
        with daemon_of(bench, run) as daemon:
            assert told(bench.done(run)) == [daemon.pid]

    def warm(bench: Bench, folder: Path, text: str) -> Run:
        """Run a tool as the child of a zygote."""
        script = folder / "tool.py"
        script.write_text(text, encoding="utf-8")
        call, notes = (sys.executable,), bench.settings.data / "runs" / "supervisor.log"
        way = Recipe(call, (str(script),), 2, ("os",), str(folder), "python", {}, always=True)
        first = _begin(bench, script, way)
        with daemon_of(bench, first):
            bench.engine.stop(first.id)
            bench.done(first)
        until(lambda: "tool.py starts warm" in notes.read_text(encoding="utf-8"))
        return _begin(bench, script, way)

    def _begin(bench: Bench, script: Path, way: Recipe) -> Run:
        run = bench.add()
        where = str(bench.folder(run).files)
        plan = Plan((sys.executable, str(script)), {}, where, 30.0, warm=way)
        return bench.engine.start(run, plan)

    def test_daemon_of_a_warm_tool_is_told(bench: Bench, tmp_path: Path) -> None:
        run = warm(bench, tmp_path, LEAVES)
        with daemon_of(bench, run) as daemon:
            assert told(bench.done(run)) == [daemon.pid]

    def test_stop_of_a_warm_tool_ends_daemons_that_left_session_and_environment(
        bench: Bench, tmp_path: Path
    ) -> None:
        run = warm(bench, tmp_path, STAYS)
        with daemon_of(bench, run) as daemon:
            bench.engine.stop(run.id)
            assert bench.done(run).end.survivors == ()
            until(lambda: not daemon.is_running())
