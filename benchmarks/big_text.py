"""A text output of 2 GB in the viewer: opening, paging, search, and memory of the web process.

    python -m benchmarks.big_text [--bytes 2000000000]

The text is made in a temporary folder, put in the place of a run's output, and deleted afterwards.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

from benchmarks.rows import Memory
from tests.serving import Site

TOOL = '''
"""Print a word."""
import argparse

argparse.ArgumentParser(description=__doc__).parse_args()
print("word")
'''
WORDS = [
    "the",
    "item",
    "was",
    "moved",
    "from",
    "shelf",
    "to",
    "cart",
    "in",
    "hall",
    "while",
    "stock",
    "level",
    "order",
    "went",
    "done",
]
LAST = b"2026-11-27 04:00:00 ERROR worker-3 the needle is in the haystack\n"
TIMES = 9  # of each page
BLOCK = 60_000  # lines that are made once and written many times


def block() -> bytes:
    """Return lines of a log."""
    chance = random.Random(1)
    return b"".join(
        f"2026-11-27 04:{n // 60 % 60:02}:{n % 60:02} INFO worker-{n % 17} "
        f"{' '.join(chance.choices(WORDS, k=9))} id={n:06}\n".encode()
        for n in range(BLOCK)
    )


def write(path: Path, size: int) -> int:
    """Write a log of about this size; return its bytes."""
    lines = block()
    with path.open("wb") as log:
        for _ in range(max(1, (size - len(LAST)) // len(lines))):
            log.write(lines)
        log.write(LAST)
    return path.stat().st_size


def median(site: Site, path: str) -> float:
    """Return the seconds of a page in the median."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        site.page(path)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def searched(site: Site, path: str) -> tuple[float, int]:
    """Search on as the page does, to the end or its bound; return seconds and lines found."""
    began, count = time.perf_counter(), 0
    address = f"{path}&part=found"
    while address:
        page = site.page(address)
        found = re.search(r'data-count="(\d+)"', page)
        count = int(found[1]) if found else 0
        more = re.search(r'data-next="([^"]+)"', page)
        address = f"{unescape(more[1])}&part=found" if more and count < 1000 else ""
    return time.perf_counter() - began, count


def counted(site: Site, path: str) -> float:
    """Let all lines be counted, as the page does; return the seconds."""
    began = time.perf_counter()
    while site.browser.get(f"{path}?part=count").json()["total"] is None:
        pass
    return time.perf_counter() - began


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def row(what: str, figure: str, target: str = "") -> None:
    """Print one line of the table."""
    print(f"| {what} | {figure} | {target} |", flush=True)


def show_search(site: Site, path: str, size: int) -> None:
    """Print how fast the whole text is looked through."""
    for name, words in (
        ("a word that is not there", "zebra crossing"),
        ("the same, matching case", "zebra crossing&case=1"),
        ("a word in the last line", "needle"),
        ("a word with an accent, not there", "zébra"),
    ):
        seconds, count = searched(site, f"{path}?q={words}")
        speed = f"{seconds:.1f} s, {size / seconds / 1e6:.0f} MB/s, {count} found"
        row(f"search for {name}", speed, "at least 200 MB/s")
    seconds, count = searched(site, f"{path}?q=worker")
    row("search for a word in every line", f"{seconds * 1000:.0f} ms to the first {count:,}")
    seconds = timed(lambda: site.browser.get(f"{path}?go=error&from={size - 100_000_000}"))
    row("next error, 100 MB away", f"{seconds:.2f} s")


def show(site: Site, run: str, size: int) -> None:
    """Print the figures of one run."""
    path = f"{run}/output"
    row("open, the first time", f"{timed(lambda: site.page(path)) * 1000:.0f} ms", "under 500 ms")
    last = timed(lambda: site.page(f"{path}?end=1"))
    row("open at the end, the first time", f"{last * 1000:.0f} ms", "under 500 ms")
    show_search(site, path, size)
    next(site.data.rglob("out.lines")).unlink()
    row("count all lines anew", f"{counted(site, path):.1f} s")
    for name, query in (
        ("first page", ""),
        ("page in the middle, by byte", f"?at={size // 2}"),
        ("page in the middle, by line", f"?line={size // 200}"),
        ("last page", "?end=1"),
    ):
        row(name, f"{median(site, path + query) * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bytes", type=int, default=2_000_000_000)
    size = parser.parse_args().bytes
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools")
        tools.mkdir()
        (tools / "word.py").write_text(TOOL, encoding="utf-8")
        with Site(tools, Path(folder, "data")) as site:
            run = site.run("/tools/word")
            site.ended(run)
            log = next(Path(folder, "data").rglob(f"{run.rpartition('/')[2]}/out.log"))
            size = write(log, size)
            site.page(f"{run}/errors")
            memory = Memory(site.process.pid)
            before = site.memory
            memory.start()
            print(f"| what, {size / 1e9:.2f} GB | figure | target |\n|---|---|---|")
            show(site, run, size)
            memory.stopped.set()
            memory.join()
            row("web server, before", f"{before / 1e6:.0f} MB")
            row("web server, most", f"{memory.most['web server'] / 1e6:.0f} MB", "flat")


if __name__ == "__main__":
    main()
