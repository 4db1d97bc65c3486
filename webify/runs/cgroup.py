"""A group of the Linux kernel (cgroup v2) for one run: its limits hold for the tool's whole tree.

It is used where the site's own group was delegated with the controllers that a limit needs, as
systemd does with `Delegate=yes` and `DelegateSubgroup=`; elsewhere a run has no group.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from webify.model.allowance import Allowance

PROCESS = Path("/proc/self")
PERIOD = 100_000  # microseconds over which a share of processors is counted
DELEGATED = ("user.delegate", "trusted.delegate")  # how systemd says so
TRIES, PAUSE = 20, 0.01  # a group can be removed once its last process is buried
ESCAPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Group:
    """The group of one run."""

    path: Path

    def join(self, pid: int = 0) -> None:
        """Put a process into it; 0 is the one that calls."""
        (self.path / "cgroup.procs").write_text(str(pid), encoding="ascii")

    def kill(self) -> None:
        """End all of its processes at once, where the kernel can (Linux 5.14)."""
        with contextlib.suppress(OSError):
            (self.path / "cgroup.kill").write_text("1", encoding="ascii")

    @property
    def out_of_memory(self) -> bool:
        """Say whether the kernel ended a process of it because its memory was used up."""
        return _count(self.path / "memory.events", "oom_kill") > 0

    @property
    def out_of_processes(self) -> bool:
        """Say whether a process could not be started because there were too many."""
        return _count(self.path / "pids.events", "max") > 0

    @property
    def cpu_seconds(self) -> float:
        """Return how long its processes have computed, those that have ended too."""
        return _count(self.path / "cpu.stat", "usage_usec") / 1_000_000

    def remove(self) -> None:
        """Remove it; one whose processes could not be ended stays."""
        for _ in range(TRIES):
            try:
                self.path.rmdir()
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(PAUSE)
            else:
                return


def open_group(run_id: str, allowance: Allowance, process: Path = PROCESS) -> Group | None:
    """Make the group of a run with its limits, None where that cannot be done here."""
    needed = controllers(allowance)
    base = base_of(process, needed) if needed else None
    if base is None:
        return None
    group = Group(base / f"webify-{run_id}")
    try:
        group.path.mkdir(exist_ok=True)  # an earlier supervisor of the run may have made it
        for name, value in limits(allowance).items():
            file = group.path / name
            if file.exists() or name not in ("memory.swap.max", "memory.oom.group"):
                file.write_text(value, encoding="ascii")
    except OSError:
        group.remove()
        return None
    return group


def discard(run_id: str, process: Path = PROCESS) -> None:
    """Remove the group that a run has left whose supervisor died."""
    own = own_folder(process)
    for base in (own.parent, own) if own else ():
        with contextlib.suppress(OSError):
            (base / f"webify-{run_id}").rmdir()


def controllers(allowance: Allowance) -> tuple[str, ...]:
    """Return what has to be controlled for these limits."""
    wanted = {
        "memory": allowance.memory_bytes,
        "pids": allowance.processes,
        "cpu": allowance.cpus,
    }
    return tuple(name for name, limit in wanted.items() if limit)


def limits(allowance: Allowance) -> dict[str, str]:
    """Return what is written into which file of the group."""
    found = {}
    if allowance.memory_bytes:
        found["memory.max"] = str(allowance.memory_bytes)
        found["memory.swap.max"] = "0"
        found["memory.oom.group"] = "1"
    if allowance.processes:
        found["pids.max"] = str(allowance.processes)
    if allowance.cpus:
        found["cpu.max"] = f"{max(1000, round(allowance.cpus * PERIOD))} {PERIOD}"
    return found


def base_of(process: Path, needed: Iterable[str]) -> Path | None:
    """Return the folder in which groups with these controllers may be made, or None.

    That is the one above our own, where systemd put us into a subgroup, or our own, which may
    not hold processes then unless it is the first of all.
    """
    own = own_folder(process)
    if own is None:
        return None
    top = mount_of(process)
    places = (own,) if top and own == top[0] else (own.parent, own)
    return next((each for each in places if _usable(each, set(needed), top)), None)


def own_folder(process: Path = PROCESS) -> Path | None:
    """Return where the group of a process lies, None where there is no cgroup v2."""
    mount = mount_of(process)
    try:
        lines = (process / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    inside = next((line[3:] for line in lines if line.startswith("0::")), "")
    if mount is None or not inside.startswith("/") or "/.." in inside:
        return None
    folder, root = mount
    inside = inside.removeprefix(root) if root != "/" else inside
    return folder / inside.strip("/") if inside.strip("/") else folder


def mount_of(process: Path) -> tuple[Path, str] | None:
    """Return where cgroup v2 is mounted, and which of its folders is seen there."""
    try:
        lines = (process / "mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    for line in lines:
        words, _, kind = line.partition(" - ")
        if kind.startswith("cgroup2 "):
            root, place = words.split()[3:5]
            return Path(ESCAPE.sub(lambda found: chr(int(found[1], 8)), place)), root
    return None


def _usable(folder: Path, needed: set[str], top: tuple[Path, str] | None) -> bool:
    """Say whether groups with these controllers can be made in a folder; they are switched on."""
    there = top is not None and folder.is_relative_to(top[0])
    if not there or not needed <= set(_words(folder / "cgroup.controllers")):
        return False
    if not os.access(folder, os.W_OK) or not os.access(folder / "cgroup.procs", os.W_OK):
        return False
    if not (top and folder == top[0]) and not _delegated(folder):
        return False
    missing = needed - set(_words(folder / "cgroup.subtree_control"))
    if missing:
        with contextlib.suppress(OSError):
            asked = " ".join(f"+{name}" for name in sorted(missing))
            (folder / "cgroup.subtree_control").write_text(asked, encoding="ascii")
    return needed <= set(_words(folder / "cgroup.subtree_control"))


if sys.platform == "linux":

    def _delegated(folder: Path) -> bool:
        """Say whether a folder was given to us; root may write everywhere, which says nothing."""
        if os.geteuid() != 0:
            return True
        for name in DELEGATED:
            with contextlib.suppress(OSError):
                if os.getxattr(folder, name) == b"1":
                    return True
        return False

else:

    def _delegated(folder: Path) -> bool:
        del folder
        return False


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def _count(path: Path, name: str) -> int:
    """Return the number behind a name in a file of pairs, 0 where it is not there."""
    words = _words(path)
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    number = pairs.get(name, "0")
    return int(number) if number.isdecimal() else 0
