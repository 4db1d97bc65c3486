"""Where groups of the kernel can be made for runs, and what is written into them.

The folders are plain ones laid out as the kernel lays out its own.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from webify.model.allowance import Allowance
from webify.runs.cgroup import (
    Group,
    base_of,
    controllers,
    discard,
    limits,
    open_group,
    own_folder,
    weigh,
)

ALL = "cpuset cpu io memory pids"
EVERYTHING = Allowance(memory_bytes=512_000_000, cpus=0.5, processes=20)


class Kernel:
    """A folder with the groups of a computer, and one with what the kernel says of a process."""

    def __init__(
        self, folder: Path, own: str, *, version: str = "cgroup2", root: str = "/"
    ) -> None:
        self.top = folder / "sys fs cgroup"
        self.process = folder / "proc"
        self.process.mkdir()
        place = str(self.top).replace(" ", "\\040")
        self.process.joinpath("mountinfo").write_text(
            f"22 1 0:20 / /proc rw,nosuid - proc proc rw\n"
            f"30 22 0:26 {root} {place} rw,nosuid shared:4 - {version} cgroup rw,nsdelegate\n"
        )
        self.process.joinpath("cgroup").write_text(f"4:memory:/old\n0::{own}\n")

    def add(self, path: str, there: str = ALL, passed_on: str = "") -> Path:
        """Make a group: the controllers that it has, and those that it passes on."""
        folder = self.top / path
        folder.mkdir(parents=True)
        files = {"controllers": there, "subtree_control": passed_on, "procs": ""}
        for name, text in files.items():
            (folder / f"cgroup.{name}").write_text(text)
        return folder


def test_group_is_made_beside_the_one_that_systemd_made_for_the_server(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/webify.service/server", root="/webify.service")
    kernel.add("", ALL, "memory pids cpu")
    kernel.add("server")
    group = open_group("abc", EVERYTHING, kernel.process)
    assert group == Group(kernel.top / "webify-abc", frozenset({"memory", "pids", "cpu"}))
    written = {file.name: file.read_text() for file in group.path.iterdir()}
    assert written == {
        "memory.max": "512000000",
        "pids.max": "256",  # threads; who watches over the run counts processes
        "cpu.max": "50000 100000",
    }


def test_only_the_controllers_that_a_limit_needs_are_asked_for(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    top = kernel.add("", "pids", "pids")
    pids = frozenset({"pids"})
    assert base_of(kernel.process, controllers(Allowance(processes=5))) == (top, pids)
    assert base_of(kernel.process, controllers(Allowance(memory_bytes=5))) == (None, frozenset())
    assert controllers(Allowance(cpu_seconds=5, file_bytes=5, output_bytes=5)) == ()
    assert limits(Allowance(memory_bytes=7)) == {
        "memory.max": "7",
        "memory.swap.max": "0",
        "memory.oom.group": "1",
    }


def test_folder_that_passes_no_controllers_on_is_not_used(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    top = kernel.add("", ALL, "")
    assert open_group("abc", EVERYTHING, kernel.process) is None
    assert (top / "cgroup.subtree_control").read_text() == "+pids"  # it was asked, one by one


def test_limits_without_a_controller_do_not_take_the_others_away(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    kernel.add("", "memory pids", "memory pids")
    group = open_group("abc", EVERYTHING, kernel.process)
    assert group is not None
    assert group.holds == {"memory", "pids"}
    assert {file.name for file in group.path.iterdir()} == {"memory.max", "pids.max"}


def test_group_with_processes_is_not_asked_to_hold_others(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    top = kernel.add("", "pids", "")
    (top / "cgroup.type").write_text("domain")  # which the first group of a computer has not
    (top / "cgroup.procs").write_text("1\n")
    assert open_group("abc", Allowance(processes=5), kernel.process) is None
    assert (top / "cgroup.subtree_control").read_text() == ""


def test_group_that_lost_its_last_process_late_goes_with_a_later_run(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    top = kernel.add("", ALL, "memory pids cpu")
    for name, age in (("webify-old", 3600), ("webify-full", 3600), ("webify-new", 0)):
        (top / name).mkdir()
        os.utime(top / name, (time.time() - age,) * 2)
    (top / "webify-full" / "process").touch()  # what cannot be removed
    os.utime(top / "webify-full", (time.time() - 3600,) * 2)
    assert open_group("abc", EVERYTHING, kernel.process) is not None
    assert {path.name for path in top.glob("webify-*")} == {
        "webify-full",
        "webify-new",
        "webify-abc",
    }


def test_group_of_a_run_without_supervisor_is_emptied(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/site/server")
    kernel.add("site")
    folder = kernel.add("site/webify-abc")
    discard("abc", kernel.process)
    assert (folder / "cgroup.kill").read_text() == "1"


@pytest.mark.parametrize("version", ["cgroup", "tmpfs"])
def test_computer_with_old_groups_only_has_none(tmp_path: Path, version: str) -> None:
    kernel = Kernel(tmp_path, "/", version=version)
    kernel.add("", ALL, ALL)
    assert own_folder(kernel.process) is None
    assert open_group("abc", EVERYTHING, kernel.process) is None


def test_computer_without_groups_has_none(tmp_path: Path) -> None:
    assert open_group("abc", EVERYTHING, tmp_path) is None


@pytest.mark.parametrize("own", ["/../outside", "no path", ""])
def test_group_outside_of_what_is_mounted_is_not_used(tmp_path: Path, own: str) -> None:
    kernel = Kernel(tmp_path, own)
    kernel.add("", ALL, ALL)
    assert own_folder(kernel.process) is None


def test_only_the_group_of_a_run_steps_back(tmp_path: Path) -> None:
    for name in ("server", "webify-abc"):
        (tmp_path / name).mkdir()
        kernel = Kernel(tmp_path / name, f"/{name}")
        (kernel.add(name) / "cpu.weight.nice").write_text("0")
        weigh(7, kernel.process)
        assert (kernel.top / name / "cpu.weight.nice").read_text() == (
            "0" if name == "server" else "7"
        )
    weigh(7, tmp_path)  # where there is no such group, nothing is done


def test_kernel_tells_why_a_group_was_ended(tmp_path: Path) -> None:
    group = Group(tmp_path)
    assert (group.out_of_memory, group.out_of_processes, group.cpu_seconds) == (False, False, 0.0)
    (tmp_path / "memory.events").write_text("low 0\nhigh 0\nmax 9\noom 0\noom_kill 2\n")
    assert (group.out_of_memory, group.ended_for_memory) == (False, 2)  # of the whole computer
    (tmp_path / "memory.events").write_text("low 0\nhigh 0\nmax 9\noom 1\noom_kill 2\n")
    (tmp_path / "pids.events").write_text("max 3\n")
    (tmp_path / "cpu.stat").write_text("usage_usec 1500000\nuser_usec 5\n")
    assert (group.out_of_memory, group.out_of_processes, group.cpu_seconds) == (True, True, 1.5)


def test_join_and_kill_are_written_where_the_kernel_reads_them(tmp_path: Path) -> None:
    group = Group(tmp_path)
    group.join(7)
    group.kill()
    written = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert written == {"cgroup.procs": "7", "cgroup.kill": "1"}
