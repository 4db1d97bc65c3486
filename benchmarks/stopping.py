"""Time from "Cancel run" until the whole tree of a tool is gone, and until its page says so.

    python -m benchmarks.stopping [--times 20]

Each tool has five processes, two of them in sessions of their own.  Run it with nothing else
beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from pathlib import Path

import psutil

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"
FAMILY = 5


def family(site: Site, run: str) -> list[int]:
    """Return the processes of a run once all of them are there."""
    limit = time.monotonic() + 20
    while len(found := site.browser.get(f"{run}/out").text.split()) < FAMILY:
        assert time.monotonic() < limit, found
    return [int(word) for word in found]


def stop(site: Site, answers: dict[str, str]) -> tuple[float, float]:
    """Return the seconds until the tree is gone, and until the page says "Cancelled"."""
    run = site.run("/tools/obeys", answers)
    pids = family(site, run)
    gone: list[float] = []
    began = time.perf_counter()

    def watch() -> None:
        while any(psutil.pid_exists(pid) for pid in pids):
            time.sleep(0.001)
        gone.append(time.perf_counter() - began)

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert site.post(f"{run}/stop").status_code == 303
    while "Cancelled" not in site.page(run):
        assert time.perf_counter() - began < 20, run
    told = time.perf_counter() - began
    watcher.join()
    return gone[0], told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        site.run("/tools/hello", {"name": "Ada"})
        obeys = [stop(site, {}) for _ in range(times)]
        deaf = [stop(site, {"deaf": "on"}) for _ in range(max(1, times // 5))]
    print(f"from Cancel run, five processes, {len(obeys)} and {len(deaf)} times")
    print("tool           tree gone: median     most   page says so: median     most  (ms)")
    for name, found in (("obeys", obeys), ("does not", deaf)):
        columns = [[seconds * 1000 for seconds in column] for column in zip(*found, strict=True)]
        middle, most = [statistics.median(c) for c in columns], [max(c) for c in columns]
        print(f"{name:14}{middle[0]:18.0f} {most[0]:8.0f}{middle[1]:23.0f} {most[1]:8.0f}")


if __name__ == "__main__":
    main()
