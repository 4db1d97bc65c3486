"""What a site does and holds while nobody asks: statements at its store, wakes and memory.

    python -m benchmarks.idle [--seconds 20]

The statements are noted by SQLAlchemy itself, in a server that is started a little differently
(tests/counted.py).  Memory is what the processes do not share, and their part of what they do
(PSS); where the system does not tell that, it is all that each can reach, added up.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.counted import CountedSite

TOOLS = Path(__file__).resolve().parent / "tools"
CALM = 3.0  # seconds after the last request until it is called idle


def family(site: CountedSite) -> list[psutil.Process]:
    """Return the server, its launcher, and what waits for the next run."""
    server = psutil.Process(site.process.pid)
    return [server, *server.children(recursive=True)]


def memory(process: psutil.Process) -> int:
    """Return the bytes that are this process's part."""
    told = process.memory_full_info()
    return int(getattr(told, "pss", told.rss))


def wakes(processes: Sequence[psutil.Process]) -> list[int]:
    """Return how often the threads of each process have gone to sleep so far (Linux)."""
    found = []
    for process in processes:
        states = Path(f"/proc/{process.pid}/task").glob("*/status")
        lines = [line for state in states for line in state.read_text("ascii").splitlines()]
        found.append(sum(int(line.split()[1]) for line in lines if line.startswith("voluntary")))
    return found


def watch(site: CountedSite, seconds: float, when: str) -> None:
    """Watch for so long and print what happened."""
    processes = family(site)
    statements, before = len(site.statements), wakes(processes)
    worked = [sum(process.cpu_times()[:2]) for process in processes]
    time.sleep(seconds)
    said = site.statements[statements:]
    slept = [now - then for then, now in zip(before, wakes(processes), strict=True)]
    spent = [
        sum(process.cpu_times()[:2]) - then for process, then in zip(processes, worked, strict=True)
    ]
    print(f"{when}, {seconds:g} s")
    print(f"  statements at the store    {len(said) / seconds:7.2f} a second")
    names = ("web server", "launcher", *("waits for a run" for _ in processes[2:]))
    for name, process, sleeps, work in zip(names, processes, slept, spent, strict=True):
        told = f"{sleeps / seconds:7.1f} wakes a second, {work / seconds:6.2%} of a core"
        print(f"  {name:<26} {told}, {memory(process) / 1e6:6.1f} MB")
    both = sum(memory(process) for process in processes[:2])
    print(f"  web server and launcher    {both / 1e6:7.1f} MB")
    whole = sum(memory(process) for process in processes)
    print(f"  all of them                {whole / 1e6:7.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0)
    seconds = parser.parse_args().seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        CountedSite(TOOLS, Path(folder) / "data") as site,
    ):
        time.sleep(CALM)
        watch(site, seconds, "started, nobody has asked yet")
        for page in ("/", "/tools/hello", "/runs", "/server", "/conversion"):
            site.page(page)
        for name in ("Ada", "Grace", "Rosa"):
            site.ended(site.run("/tools/hello", {"name": name}))
        time.sleep(CALM)
        watch(site, seconds, "after five pages and three runs")


if __name__ == "__main__":
    main()
