"""Where groups of the kernel can be made for runs, and what is written into them.

The folders are plain ones laid out as the kernel lays out its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from webify.model.allowance import Allowance
from webify.runs.cgroup import Group, base_of, controllers, limits, open_group, own_folder

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
    assert group == Group(kernel.top / "webify-abc")
    written = {file.name: file.read_text() for file in group.path.iterdir()}
    assert written == {
        "memory.max": "512000000",
        "pids.max": "20",
        "cpu.max": "50000 100000",
    }


def test_only_the_controllers_that_a_limit_needs_are_asked_for(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path, "/")
    top = kernel.add("", "pids", "pids")
    assert base_of(kernel.process, controllers(Allowance(processes=5))) == top
    assert base_of(kernel.process, controllers(Allowance(memory_bytes=5))) is None
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
    assert (top / "cgroup.subtree_control").read_text() == "+cpu +memory +pids"  # it was asked


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


def test_kernel_tells_why_a_group_was_ended(tmp_path: Path) -> None:
    group = Group(tmp_path)
    assert (group.out_of_memory, group.out_of_processes, group.cpu_seconds) == (False, False, 0.0)
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
