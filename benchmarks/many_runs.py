"""500 short runs queued at once, and 50 runs that print 1,000 lines a second each.

    python -m benchmarks.many_runs [--short 500] [--loud 50] [--seconds 15]

The short runs wait for their turn on a site as it comes, while somebody opens one page after the
other; beside it the same tools are started by a plain program, as many at once.  Each of the loud
runs has somebody who watches it live.  All who ask are processes of their own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from benchmarks.crowd import Door, start_runs, visit, watch
from tests.serving import Site
from webify.settings import runs_at_once

TOOLS = Path(__file__).resolve().parent / "tools"
PAGES = ("/", "/tools/hello", "/runs", "/server")
SETTLE = 2.0  # seconds for which the machine is watched before anything begins
EACH = 0.4  # seconds in which a run has begun: a site lets only some begin in one moment
WITHIN = 600.0  # seconds until all runs must have ended


def beside(what: Callable[..., None], *words: Any) -> Connection:
    """Let a process of its own do this; what it says comes by the connection."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=apart, args=(what, *words, there))
    process.start()
    there.close()
    return here


def apart(what: Callable[..., None], *words: Any) -> None:
    """Do it in a session of its own, so that it takes nothing of the server's share."""
    if sys.platform != "win32":
        os.setsid()
    what(*words)


def door_of(site: Site, path: str) -> Door:
    """Return what those beside need to be let in."""
    site.post(path, {":show": "1"})
    cookie = "; ".join(f"{name}={value}" for name, value in site.browser.cookies.items())
    return Door(urlsplit(site.address).netloc, site.token, cookie)


def states(site: Site) -> dict[str, int]:
    """Return how many runs stand how, as the store has it."""
    with closing(sqlite3.connect(site.data / "webify.db")) as store:
        return dict(store.execute("select state, count(*) from runs group by state"))


def all_ended(site: Site, count: int) -> dict[str, int]:
    """Wait until so many runs have ended; return how."""
    limit = time.monotonic() + WITHIN
    while True:
        found = states(site)
        ended = {name: number for name, number in found.items() if name in ENDED}
        if sum(ended.values()) >= count:
            return ended
        assert time.monotonic() < limit, found
        time.sleep(0.5)


ENDED = ("succeeded", "warned", "failed", "stopped", "timed_out", "lost", "refused")


def right(site: Site, places: Sequence[str]) -> int:
    """Return of how many runs the output is the one that was asked for."""
    return sum(
        site.browser.get(f"{urlsplit(place).path}/out").text == f"Hello, user{number}\n"
        for number, place in enumerate(places)
    )


def plain(count: int, at_once: int) -> float:
    """Return how many seconds the same tools take in a program that only starts them."""
    tool = str(TOOLS / "hello.py")

    def start(number: int) -> str:
        words = [sys.executable, tool, f"user{number}"]
        return subprocess.run(words, capture_output=True, text=True).stdout

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as executor:
        said = list(executor.map(start, range(count)))
    assert said == [f"Hello, user{number}\n" for number in range(count)]
    return time.perf_counter() - began


def quiet() -> str:
    """Say what the machine does before anything begins."""
    busy = psutil.cpu_percent(SETTLE)
    return f"load {os.getloadavg()[0]:.1f}, processors busy {busy:.0f} %"


def short_runs(count: int) -> None:
    """Queue many short runs at once and print what came of it."""
    print(f"{count} short runs queued at once      before: {quiet()}")
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        door = door_of(site, "/tools/hello")
        site.ended(site.run("/tools/hello", {"name": "Ada"}))
        process = psutil.Process(site.process.pid)
        worked, began = sum(process.cpu_times()[:2]), time.perf_counter()
        visits = beside(visit, door, PAGES)
        answers = [{"name": f"user{number}"} for number in range(count)]
        places = beside(start_runs, door, "/tools/hello", answers).recv()
        asked = time.perf_counter() - began
        ended = all_ended(site, count + 1)
        whole = time.perf_counter() - began
        worked = sum(process.cpu_times()[:2]) - worked
        visits.send("stop")
        took: dict[str, list[float]] = visits.recv()
        good = right(site, places)
        load, memory = os.getloadavg()[0], site.memory
    at_once = runs_at_once(os.cpu_count() or 1)
    print(
        f"right                        {good} of {count}, {ended.get('succeeded', 0) - 1} succeeded"
    )
    print(f"all asked for after          {asked:8.1f} s")
    print(f"all ended after              {whole:8.1f} s")
    print(f"in a plain program           {plain(count, at_once):8.1f} s, {at_once} at once")
    print(f"web process                  {worked / whole:8.0%} of a core, {memory / 1e6:.0f} MB")
    print(f"load at the end              {load:8.1f}")
    print("page meanwhile       times    median      95 %      most  (ms)")
    for page, seconds in (*took.items(), ("all", [*chain(*took.values())])):
        told = sorted(1000 * each for each in seconds)
        middle, high = statistics.median(told), told[int(len(told) * 0.95) - 1]
        print(f"{page:20}{len(told):6}{middle:10.0f}{high:10.0f}{told[-1]:10.0f}")


def loud_runs(count: int, seconds: float) -> None:
    """Let many runs print a lot at once, each watched live, and print how late its lines were."""
    print(f"{count} runs of 1,000 lines a second      before: {quiet()}")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        (Path(folder) / "webify.toml").write_text(
            f"[limits]\nruns = {max(count, 20)}\n", encoding="utf-8"
        )
        (Path(folder) / "thousand.py").write_bytes((TOOLS / "thousand.py").read_bytes())
        with Site(Path(folder), Path(data)) as site:
            door = door_of(site, "/tools/thousand")
            begin = time.time() + EACH * count + SETTLE
            answers = [{"seconds": str(seconds), "begin": str(begin)}] * count
            places = beside(start_runs, door, "/tools/thousand", answers).recv()
            watching = beside(watch, door, [urlsplit(place).path for place in places])
            process = psutil.Process(site.process.pid)
            time.sleep(max(0.0, begin - time.time()))
            running = states(site).get("running", 0)
            worked, began = sum(process.cpu_times()[:2]), time.perf_counter()
            psutil.cpu_percent()
            time.sleep(seconds)
            share = (sum(process.cpu_times()[:2]) - worked) / (time.perf_counter() - began)
            busy = psutil.cpu_percent()
            told = watching.recv()
            load, memory = os.getloadavg()[0], site.memory
            all_ended(site, count)
    delays = sorted(1000 * delay for _, some in told for delay in some)
    lines, expected = sum(lines for lines, _ in told), int(count * seconds * 1000)
    print(f"runs that go on              {running} of {count}")
    print(f"lines that came live         {lines:,} of {expected:,}")
    print(f"delay, median                {statistics.median(delays):8.0f} ms")
    print(f"delay, 95 %                  {delays[int(len(delays) * 0.95) - 1]:8.0f} ms")
    print(f"web process                  {share:8.0%} of a core, {memory / 1e6:.0f} MB")
    print(f"processors busy              {busy:8.0f} %, load at the end {load:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", type=int, default=500, help="0 leaves them out")
    parser.add_argument("--loud", type=int, default=50, help="0 leaves them out")
    parser.add_argument("--seconds", type=float, default=15.0, help="for which each is loud")
    asked = parser.parse_args()
    if asked.short:
        short_runs(asked.short)
    if asked.loud:
        loud_runs(asked.loud, asked.seconds)


if __name__ == "__main__":
    main()
