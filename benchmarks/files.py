"""Memory of the web server while large files come in and go out.

    python -m benchmarks.files [--upload 300] [--made 5000]

Sizes are in MB.  What is made is one file of zeros that takes no disk, and one that cannot be
packed.  Memory is the most that the server process ever had, above what it had before.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.streaming import MEGABYTE, peak
from tests.serving import Site

COUNT = """
import argparse
parser = argparse.ArgumentParser(description="Counts bytes.")
parser.add_argument("file", type=argparse.FileType("rb"))
print("bytes:", sum(len(piece) for piece in parser.parse_args().file))
"""
MAKE = """
import argparse, random
parser = argparse.ArgumentParser(description="Makes large files.")
parser.add_argument("--size", type=int)
size = parser.parse_args().size
with open("zeros.bin", "wb") as file:
    file.truncate(size)
with open("noise.bin", "wb") as file:
    for number in range(100):
        file.write(random.Random(number).randbytes(1_000_000))
"""


class Noise(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, size: int) -> None:
        """Begin with all of it left."""
        self.left = size
        self.piece = random.Random(1).randbytes(MEGABYTE)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        size = min(self.left, MEGABYTE if size < 0 else size)
        self.left -= size
        return self.piece[:size]


def upload(site: Site, size: int) -> int:
    """Send a file of so many bytes; return them."""
    run = site.run("/tools/count", files={"file": ("large.bin", Noise(size))})
    site.ended(run, 120)
    assert f"bytes: {size}" in site.page(f"{run}/out")
    return size


def archive(site: Site, run: str) -> int:
    """Read the archive of a run; return its bytes."""
    with site.browser.stream("GET", f"{run}/files.zip", timeout=120) as answer:
        return sum(len(piece) for piece in answer.iter_raw())


def download(site: Site, run: str) -> int:
    """Read one large file of a run; return its bytes."""
    with site.browser.stream("GET", f"{run}/files/zeros.bin", timeout=120) as answer:
        return sum(len(piece) for piece in answer.iter_raw())


def first_byte(site: Site, run: str) -> float:
    """Return the seconds until an archive begins."""
    began = time.perf_counter()
    with site.browser.stream("GET", f"{run}/files.zip") as answer:
        next(answer.iter_raw())
        return time.perf_counter() - began


def folder(site: Site, many: int) -> list[float]:
    """Return the seconds that each of ten pages of a folder with so many entries takes."""
    took = []
    for page in range(1, 11):
        began = time.perf_counter()
        text = site.page(f"/browse/count?:for=file&:page={page}")
        took.append(time.perf_counter() - began)
        assert f"of {many:,} entries" in text
    return took


def measured(site: Site, what: str, work: Callable[[], int]) -> None:
    """Print what a piece of work takes."""
    process = psutil.Process(site.process.pid)
    before, began = process.memory_info().rss, time.perf_counter()
    moved = work()
    took = time.perf_counter() - began
    more = max(0, peak(process) - before) / MEGABYTE
    print(f"{what:<28} {moved / MEGABYTE:8,.0f} MB {took:7.1f} s {more:6.0f} MB more memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upload", type=int, default=300)
    parser.add_argument("--made", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=10_000)
    given = parser.parse_args()
    size = given.upload * MEGABYTE
    with tempfile.TemporaryDirectory() as base:
        tools, large = Path(base, "tools"), Path(base, "large")
        tools.mkdir()
        large.mkdir()
        for number in range(given.entries):
            (large / f"delivery {number}.csv").touch()
        (tools / "count.py").write_text(COUNT, encoding="utf-8")
        (tools / "make.py").write_text(MAKE, encoding="utf-8")
        (tools / "webify.toml").write_text("roots.Large = '../large'\n", encoding="utf-8")
        with Site(tools, Path(base, "data"), WEBIFY_UPLOAD_BYTES=str(size)) as site:
            run = site.run("/tools/make", {"size": str(given.made * MEGABYTE)})
            site.ended(run, 120)
            site.page(run)
            measured(site, "upload", lambda: upload(site, size))
            measured(site, "download of one file", lambda: download(site, run))
            measured(site, "archive of all", lambda: archive(site, run))
            print(f"first byte of the archive after {first_byte(site, run) * 1000:.0f} ms")
            took = statistics.median(folder(site, given.entries)) * 1000
            print(f"page of a folder of {given.entries:,} entries after {took:.0f} ms")


if __name__ == "__main__":
    main()
