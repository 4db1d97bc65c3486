"""A tool that prints 100,000 rows of 8 columns: time, memory of each process, first row seen.

python -m benchmarks.rows [--rows 100000]
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


class Memory(threading.Thread):
    """Samples the resident memory of the server and of each process below it or started by it."""

    def __init__(self, server: int) -> None:
        """Watch from now on, until stop() is called."""
        super().__init__(daemon=True)
        self.server = psutil.Process(server)
        self.most: dict[str, int] = {}
        self.stopped = threading.Event()

    def run(self) -> None:
        """Look fifty times a second."""
        while not self.stopped.wait(0.02):
            for process in [self.server, *self.server.children(recursive=True)]:
                self.look(process)

    def look(self, process: psutil.Process) -> None:
        """Note one process by its part."""
        try:
            line, size = " ".join(process.cmdline()), process.memory_info().rss
        except psutil.Error:
            return
        part = "web server" if process == self.server else "supervisor"
        if "rows.py" in line:
            part = "tool"
        self.most[part] = max(self.most.get(part, 0), size)


def first_row_seen(site: Site, run: str, began: float) -> float:
    """Return the seconds until a page shows the first row in a table."""
    while time.monotonic() - began < 60:
        if re.search(r"<t[dh][^>]*>\\s*1\\s*</t", page := site.page(run)) or "<tbody" in page:
            return time.monotonic() - began
    raise AssertionError("no row was seen in a minute")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        memory = Memory(site.process.pid)
        memory.start()
        began = time.monotonic()
        run = site.run("/tools/rows", {"rows": str(rows)})
        seen = first_row_seen(site, run, began)
        site.ended(run, 120)
        took = time.monotonic() - began
        memory.stopped.set()
        memory.join()
        folder = next(Path(data).rglob("end.json")).parent
        tool_end = max(
            (folder / "out.log").stat().st_mtime_ns, (folder / "err.log").stat().st_mtime_ns
        )
        lag = ((folder / "end.json").stat().st_mtime_ns - tool_end) / 1e9
        page = site.page(f"{run}/tables/1")
    assert f"{rows:,}" in page, "the table does not hold all rows"
    print(f"{rows:,} rows of 8 columns")
    print(f"first row on a page            {seen:6.2f} s after the POST")
    print(f"all rows in the table store    {lag:6.2f} s after the tool's last byte")
    print(f"whole run                      {took:6.2f} s")
    for part, size in sorted(memory.most.items()):
        print(f"{part + ', most memory':<30} {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
