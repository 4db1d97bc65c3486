"""A group of the Linux kernel (cgroup v2) for one run: its limits hold for the tool's whole tree.

It is used where the site's own group was delegated with a controller that a limit needs, as
systemd does with `Delegate=yes` and `DelegateSubgroup=`; elsewhere a run has no group.

Processes are counted by who watches over the run: the kernel counts threads, of which an honest
program may have many, so its own limit is the one that stops programs which multiply.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from webify.model.allowance import Allowance
from webify.runs.rlimits import threads_for

PROCESS = Path("/proc/self")
NAME = "webify-"  # what the groups of runs begin with
PERIOD = 100_000  # microseconds over which a share of processors is counted
DELEGATED = ("user.delegate", "trusted.delegate")  # how systemd says so
TRIES, PAUSE = 20, 0.01  # a group can be removed once its last process has gone
LEFT = 60.0  # seconds after which one that is empty is nobody's any more
ESCAPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Group:
    """The group of one run.

    holds   the controllers that hold its limits: "memory", "pids", "cpu"
    """

    path: Path
    holds: frozenset[str] = frozenset()

    def join(self, pid: int = 0) -> None:
        """Put a process into it; 0 is the one that calls."""
        (self.path / "cgroup.procs").write_text(str(pid), encoding="ascii")

    def kill(self) -> None:
        """End all of its processes at once, where the kernel can (Linux 5.14)."""
        with contextlib.suppress(OSError):
            (self.path / "cgroup.kill").write_text("1", encoding="ascii")

    @property
    def pids(self) -> tuple[int, ...]:
        """Return its processes."""
        return tuple(map(int, _words(self.path / "cgroup.procs")))

    @property
    def out_of_memory(self) -> bool:
        """Say whether the kernel ended a process of it because its memory was used up."""
        return self.ended_for_memory > 0 and _count(self.path / "memory.events", "oom") > 0

    @property
    def ended_for_memory(self) -> int:
        """Return how many the kernel ended, also as all of the computer had no memory left."""
        return _count(self.path / "memory.events", "oom_kill")

    @property
    def out_of_processes(self) -> bool:
        """Say whether a process could not be started because there were too many."""
        return _count(self.path / "pids.events", "max") > 0

    @property
    def cpu_seconds(self) -> float:
        """Return how long its processes have computed, those that have ended too."""
        return _count(self.path / "cpu.stat", "usage_usec") / 1_000_000

    def remove(self) -> None:
        """Remove it; one with processes stays, and goes some time after them: see open_group()."""
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
    """Make the group of a run with those limits that can be held here, None where none can.

    What earlier runs left goes, once it is empty.
    """
    base, held = base_of(process, controllers(allowance))
    if base is None:
        return None
    _sweep(base)
    group = Group(base / f"{NAME}{run_id}", held)
    try:
        group.path.mkdir(exist_ok=True)  # an earlier supervisor of the run may have made it
        for name, value in limits(allowance).items():
            file = group.path / name
            needed = name not in ("memory.swap.max", "memory.oom.group")
            if name.partition(".")[0] in held and (needed or file.exists()):
                file.write_text(value, encoding="ascii")
    except OSError:
        group.remove()
        return None
    return group


def _sweep(base: Path) -> None:
    """Remove the groups of runs that have ended, whose last process ended after them."""
    old = time.time() - LEFT
    for folder in base.glob(f"{NAME}*"):
        with contextlib.suppress(OSError):  # one with processes cannot be removed
            if folder.stat().st_mtime < old:
                folder.rmdir()


def discard(run_id: str, process: Path = PROCESS) -> None:
    """End what a run has left whose supervisor died, and remove its group."""
    own = own_folder(process)
    for base in (own.parent, own) if own else ():
        group = Group(base / f"{NAME}{run_id}")
        if group.path.is_dir():
            group.kill()
            group.remove()


def weigh(level: int, process: Path) -> None:
    """Have the group of a run's process weigh as little as a process this nice.

    Where processors are shared out between groups, niceness counts within each only.
    """
    own = own_folder(process)
    file = own / "cpu.weight.nice" if own else None
    if own and file and own.name.startswith(NAME) and file.exists():
        with contextlib.suppress(OSError):
            file.write_text(str(level), encoding="ascii")


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
        found["pids.max"] = str(threads_for(allowance.processes))
    if allowance.cpus:
        found["cpu.max"] = f"{max(1000, round(allowance.cpus * PERIOD))} {PERIOD}"
    return found


def base_of(process: Path, needed: Iterable[str]) -> tuple[Path | None, frozenset[str]]:
    """Return the folder in which groups may be made, and which of these controllers hold there.

    That is the one above our own, where systemd put us into a subgroup, or our own where it is
    the first of all; None where no controller would hold.
    """
    found = ((each, _switched_on(each, frozenset(needed))) for each in _places(process))
    return next(((each, held) for each, held in found if held), (None, frozenset()))


def held_for(process: Path, needed: Iterable[str]) -> frozenset[str]:
    """Return which controllers would hold for the runs of a process; nothing is switched on."""
    found = (frozenset(_words(each / "cgroup.controllers")) for each in _places(process))
    return next((there for each in found if (there := each.intersection(needed))), frozenset())


def _places(process: Path) -> Iterator[Path]:
    """Yield the folders in which a process may have groups made."""
    own, top = own_folder(process), mount_of(process)
    if own is not None and top is not None:
        places = (own,) if own == top[0] else (own.parent, own)
        yield from (each for each in places if _usable(each, top[0]))


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


def _usable(folder: Path, top: Path) -> bool:
    """Say whether groups can be made in a folder."""
    if not folder.is_relative_to(top):
        return False
    if not os.access(folder, os.W_OK) or not os.access(folder / "cgroup.procs", os.W_OK):
        return False
    if (folder / "cgroup.type").exists() and _words(folder / "cgroup.procs"):
        return False  # only the first of all, which has no type, may have both groups and processes
    return folder == top or _delegated(folder)


def _switched_on(folder: Path, wanted: frozenset[str]) -> frozenset[str]:
    """Return which of the controllers hold in the groups of a folder; they are switched on."""
    there = wanted.intersection(_words(folder / "cgroup.controllers"))
    for name in sorted(there.difference(_words(folder / "cgroup.subtree_control"))):
        with contextlib.suppress(OSError):
            (folder / "cgroup.subtree_control").write_text(f"+{name}", encoding="ascii")
    return there.intersection(_words(folder / "cgroup.subtree_control"))


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
