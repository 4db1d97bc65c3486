"""Two runs of 1,000,000 rows of 8 columns compared: first answer, whole answer, pages, memory.

python -m benchmarks.compare [--rows 1000000]
"""

from __future__ import annotations

import argparse
import re
import tempfile
import threading
import time
from pathlib import Path

import psutil

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"
PATIENCE = 300.0


class Memory(threading.Thread):
    """Samples the resident memory of the server."""

    def __init__(self, server: int) -> None:
        """Watch from now on, until stop() is called."""
        super().__init__(daemon=True)
        self.server = psutil.Process(server)
        self.most = self.first = self.server.memory_info().rss
        self.stopped = threading.Event()

    def run(self) -> None:
        """Look fifty times a second."""
        while not self.stopped.wait(0.02):
            self.most = max(self.most, self.server.memory_info().rss)


def timed(site: Site, path: str) -> tuple[float, str]:
    """Return how long a page took, and the page."""
    began = time.monotonic()
    text = site.page(path)
    return time.monotonic() - began, text


def whole(site: Site, path: str) -> tuple[float, float, str]:
    """Return the seconds to the first and to the whole answer, and the page then."""
    began = time.monotonic()
    first, text = timed(site, path)
    while "This page comes back by itself" in text:
        assert time.monotonic() - began < PATIENCE, "the comparison did not come"
        time.sleep(0.1)
        text = site.page(path)
    return first, time.monotonic() - began, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        runs = []
        for later in ({}, {"later": "on"}):
            run = site.run("/tools/rows", {"rows": str(rows), "format": "csv", **later})
            site.ended(run, PATIENCE)
            runs.append(run.rpartition("/")[2])
        memory = Memory(site.process.pid)
        memory.start()
        print(f"two runs of {rows:,} rows of 8 columns")
        page = f"/compare?a={runs[0]}&b={runs[1]}"
        for name, key in {
            "guessed": "",
            "site and number": "&1.key=Site&1.key=Number",
            "the whole row": "&1.key=:row",
        }.items():
            first, last, text = whole(site, page + key)
            counts = re.search(r"([\d,]+ rows? added, [^<]*)<", text)
            assert counts, "the page has no counts"
            print(f"by {name}: {counts[1].strip()}")
            print(f"  first answer                 {first:7.2f} s")
            print(f"  whole answer                 {last:7.2f} s")
            print(f"  the page again               {timed(site, page + key)[0] * 1000:7.0f} ms")
            later = f"{page}{key}&1.page=15"
            print(f"  page 15 of the differences   {timed(site, later)[0] * 1000:7.0f} ms")
        began = time.monotonic()
        size = len(site.page(f"/compare.csv?a={runs[0]}&b={runs[1]}"))
        print(f"file of differences            {time.monotonic() - began:7.2f} s, {size:,} letters")
        memory.stopped.set()
        memory.join()
        print(
            f"web server before, at most     {memory.first / 1e6:.0f}, {memory.most / 1e6:.0f} MB"
        )


if __name__ == "__main__":
    main()
