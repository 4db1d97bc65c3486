"""A million rows of 8 columns through the real site: kept, sorted, searched, downloaded.

    python -m benchmarks.million_rows [--rows 1000000] [--format csv json aligned]

The tool prints CSV, JSON lines and aligned columns, one run each, and everything is asked for
as a browser without scripts asks.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.rows import TOOLS, Memory
from tests.serving import Site

PARTS = {"webify.rows.orders": "sorting", "webify.rows.workbook": "workbook", "rows.py": "tool"}
WORDS = ("Spirit", "HT-0042", "leeds bench", "2026-11", "e", "nothing-at-all")
SORTS = ("-4", "4", "1", "2", "-6", "7", "0")
SHOWN, WAITS = "<tbody", 'class="rows waits"'


class Parts(Memory):
    """The memory of each part of a site by its name."""

    def look(self, process: psutil.Process) -> None:
        """Note one process by its part."""
        try:
            line, size = " ".join(process.cmdline()), process.memory_info().rss
        except psutil.Error:
            return
        usual = "web server" if process == self.server else "supervisor"
        part = next((part for word, part in PARTS.items() if word in line), usual)
        self.most[part] = max(self.most.get(part, 0), size)


def say(what: str, seconds: float, more: str = "") -> None:
    print(f"  {what:<44}{seconds:8.3f} s  {more}", flush=True)


def timed(work: Callable[[], str]) -> tuple[float, str]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def count_of(page: str) -> str:
    """Return what the page says of its rows."""
    at = page.find("Rows 1")
    at = at if at >= 0 else page.find("No row")
    return page[at : at + 60].partition("<")[0].strip()


def printed(site: Site, data: Path, shape: str, rows: int) -> str:
    """Run the tool; say when its rows were seen and when all were kept."""
    before = set(data.rglob("out.log"))
    run = site.run("/tools/rows", {"rows": str(rows), "format": shape})
    log = wait_for(lambda: next(iter(set(data.rglob("out.log")) - before), None))
    wait_for(lambda: log.stat().st_size)
    began = time.perf_counter()
    wait_for(lambda: SHOWN in site.page(run))
    say("first rows on the page after they are printed", time.perf_counter() - began)
    site.ended(run, 600)
    end = log.parent / "end.json"
    lag = (end.stat().st_mtime_ns - log.stat().st_mtime_ns) / 1e9
    size = sum(each.stat().st_size for each in log.parent.glob("rows.db*"))
    say("all rows kept after the last line", lag, f"{size / 1e6:.0f} MB kept")
    return f"{run}/tables/1"


def wait_for(look: Callable[[], object]) -> object:
    limit = time.monotonic() + 120
    while not (found := look()):
        assert time.monotonic() < limit, "it did not come in two minutes"
    return found


def asked(site: Site, table: str) -> None:
    """Sort, page and search as a person does."""
    took, page = timed(lambda: site.page(table))
    say("first look", took, count_of(page))
    say("look again", timed(lambda: site.page(table))[0])
    for sort in SORTS:
        began = time.perf_counter()
        first, page = timed(lambda sort=sort: site.page(f"{table}?sort={sort}"))
        while WAITS in page:
            page = site.page(f"{table}?sort={sort}")
        say(f"sort by {sort}", time.perf_counter() - began, f"first answer {first:.2f} s")
        pages = [
            timed(lambda n=n, sort=sort: site.page(f"{table}?sort={sort}&page={n}"))[0]
            for n in (2, 777, 9999, 20000)
        ]
        say("  pages of it, the slowest", max(pages))
    for words in WORDS:
        query = words.replace(" ", "+")
        took, page = timed(lambda query=query: site.page(f"{table}?q={query}"))
        say(f"search “{words}”", took, count_of(page))
        say("  page 2", timed(lambda query=query: site.page(f"{table}?q={query}&page=2"))[0])
    say("search and order", timed(lambda: site.page(f"{table}?q=hose&sort=-4"))[0])
    narrow = f"{table}?1.c4.from=200&1.c7.from=2026-03&1.c7.to=2026-06-15&1.c3.is=York"
    took, page = timed(lambda: site.page(narrow))
    say("three filters", took, count_of(page))
    say("  page 2", timed(lambda: site.page(f"{narrow}&page=2"))[0])


def downloaded(site: Site, table: str, rows: int) -> None:
    some = f"?1.c0.to={rows // 10}"
    for name, query in ((".csv", ""), (".csv", "?sort=-4"), (".json", ""), (".xlsx", some)):
        began, size, first = time.perf_counter(), 0, 0.0
        with site.browser.stream("GET", f"{table}{name}{query}", timeout=300) as answer:
            assert answer.status_code == 200, answer.status_code
            for piece in answer.iter_raw():
                size, first = size + len(piece), first or time.perf_counter() - began
        took = time.perf_counter() - began
        say(f"download {name} {query}", took, f"{size / 1e6 / took:.0f} MB/s, first {first:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--format", nargs="*", default=["csv", "json", "aligned"])
    args = parser.parse_args()
    for shape in args.format:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        print(f"{args.rows:,} rows of 8 columns, {shape}; load before: {load:.1f}")
        with tempfile.TemporaryDirectory() as folder, Site(TOOLS, Path(folder)) as site:
            memory = Parts(site.process.pid)
            memory.start()
            table = printed(site, Path(folder), shape, args.rows)
            asked(site, table)
            downloaded(site, table, args.rows)
            memory.stopped.set()
            memory.join()
        for part, size in sorted(memory.most.items()):
            print(f"  {part + ', most memory':<44}{size / 1e6:8.0f} MB")


if __name__ == "__main__":
    main()
