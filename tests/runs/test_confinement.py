"""What the kernel's group of a run tells, and what becomes of the run then.

The group is a folder laid out as the kernel lays out its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from webify.model.allowance import Allowance
from webify.runs import gauge
from webify.runs.breach import Breach
from webify.runs.cgroup import Group
from webify.runs.confinement import Confinement

ALLOWANCE = Allowance(memory_bytes=10**9, cpus=0.5, processes=3)
KILLED = -9


@pytest.fixture
def group(tmp_path: Path) -> Group:
    (tmp_path / "cgroup.procs").write_text("1\n2\n3\n")
    (tmp_path / "memory.events").write_text("max 9\noom 0\noom_kill 0\n")
    (tmp_path / "pids.events").write_text("max 0\n")
    return Group(tmp_path, frozenset({"memory", "pids", "cpu"}))


@pytest.fixture
def held(group: Group) -> Confinement:
    return Confinement(ALLOWANCE, group)


def test_too_many_processes_are_seen_before_each_is_looked_at(
    held: Confinement, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.over(()) is None
    (group.path / "cgroup.procs").write_text("1\n2\n3\n4\n")
    monkeypatch.setattr(gauge, "read", None)
    held.next = 0.0
    assert held.over(()) is Breach.PROCESSES


@pytest.mark.parametrize(
    ("events", "breach"),
    [
        ("oom 1\noom_kill 3\n", Breach.MEMORY),
        ("oom 0\noom_kill 3\n", Breach.SERVER),  # not its own limit: nobody had memory left
        ("oom 0\noom_kill 0\n", None),
    ],
)
def test_own_limit_is_told_from_a_computer_without_memory(
    held: Confinement, group: Group, events: str, breach: Breach | None
) -> None:
    held.ended_before = -1  # something else was ended for memory meanwhile
    (group.path / "memory.events").write_text(events)
    assert held.told(KILLED, "") is breach


def test_group_without_memory_says_nothing_of_it(group: Group) -> None:
    held = Confinement(ALLOWANCE, Group(group.path, frozenset({"pids"})), ended_before=-1)
    assert held.told(KILLED, "") is Breach.SERVER


def test_rest_of_a_run_ends_with_a_tool_that_met_a_limit(held: Confinement, group: Group) -> None:
    held.ended(1)
    (group.path / "pids.events").write_text("max 7\n")
    held.ended(0)
    assert not (group.path / "cgroup.kill").exists()  # a daemon that a tool leaves is not touched
    held.ended(1)
    assert (group.path / "cgroup.kill").read_text() == "1"
    assert held.told(1, "") is Breach.PROCESSES
    assert held.told(0, "") is None


def test_tool_that_cannot_join_gets_fewer_processors(tmp_path: Path) -> None:
    held = Confinement(ALLOWANCE, Group(tmp_path / "gone", frozenset({"cpu"})))
    code = "import os; print(len(os.sched_getaffinity(0)))"
    done = subprocess.run(
        [sys.executable, "-c", code], preexec_fn=held.enter, capture_output=True, check=True
    )
    assert int(done.stdout) == 1 <= (os.cpu_count() or 1)
