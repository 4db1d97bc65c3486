"""A million rows of 8 columns through the real site: kept, sorted, searched, downloaded.

    python -m benchmarks.million_rows [--rows 1000000] [--format csv json aligned]

The tool prints CSV, JSON lines and aligned columns, one run each, and everything is asked for
as a browser without scripts asks.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from benchmarks.rows import TOOLS, Memory
from tests.serving import Site

PARTS = {"webify.rows.orders": "sorting", "webify.rows.workbook": "workbook", "rows.py": "tool"}
WORDS = ("Spirit", "HT-0042", "leeds bench", "2026-11", "e", "nothing-at-all")
SORTS = ("-4", "1", "2", "-6", "7", "0")
PAGES = (2, 777, 9999, 20000)
SHOWN, WAITS = "<tbody", 'class="rows waits"'
LOOK = 0.02  # seconds between two looks, so that looking does not hold up what is looked for
LONGEST = 230.0  # seconds that one answer may take


@dataclass(frozen=True)
class Figure:
    """A line of the table in docs/performance.md.

    limit    what the figure must stay under, or reach where `least`
    """

    what: str
    figure: float
    unit: str
    limit: float | None = None
    least: bool = False
    more: str = ""

    @property
    def line(self) -> str:
        """Return the line as the docs have it."""
        met = ""
        if self.limit is not None:
            reached = self.figure >= self.limit if self.least else self.figure < self.limit
            met = "met" if reached else "missed"
        words = f"at least {self.limit:g} {self.unit}" if self.least else ""
        words = words or (f"under {self.limit:g} {self.unit}" if self.limit is not None else "")
        digits = 0 if self.unit.startswith("MB") else 2
        return (
            f"| {self.what} | {self.figure:.{digits}f} {self.unit}{self.more} | {words} | {met} |"
        )


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


def say(figure: Figure) -> None:
    print(figure.line, flush=True)


def timed(work: Callable[[], str]) -> tuple[float, str]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def printed(site: Site, data: Path, shape: str, rows: int) -> str:
    """Run the tool; say when its rows were seen and when all were kept."""
    before = set(data.rglob("out.log"))
    run = site.run("/tools/rows", {"rows": str(rows), "format": shape})
    log = wait_for(lambda: next(iter(set(data.rglob("out.log")) - before), None))
    wait_for(lambda: log.stat().st_size)
    began = time.perf_counter()
    wait_for(lambda: SHOWN in site.page(run))
    say(Figure("first rows on the page, once printed", time.perf_counter() - began, "s", 1))
    site.ended(run, 600)
    end = log.parent / "end.json"
    lag = (end.stat().st_mtime_ns - log.stat().st_mtime_ns) / 1e9
    size = sum(each.stat().st_size for each in log.parent.glob("rows.db*"))
    more = f"; {size / 1e6:.0f} MB kept"
    say(Figure("all rows kept, after the tool's last line", lag, "s", 15, more=more))
    return f"{run}/tables/1"


def wait_for(look: Callable[[], object]) -> object:
    limit, pause = time.monotonic() + 120, threading.Event()
    while not (found := look()):
        pause.wait(LOOK)
        assert time.monotonic() < limit, "it did not come in two minutes"
    return found


def asked(site: Site, table: str) -> None:
    """Sort, page and search as a person does."""
    took, _ = timed(lambda: site.page(table))
    again = timed(lambda: site.page(table))[0]
    say(
        Figure(
            "first look at the table, its sums with it", took, "s", more=f", again {again:.2f} s"
        )
    )
    sorts = {sort: sorted_by(site, table, sort) for sort in SORTS}
    first = [took for took, _ in sorts.values()]
    pages = [page for _, some in sorts.values() for page in some]
    say(Figure("first sort of a column, the slowest", max(first), "s", 3, more=of(first)))
    say(Figure("any page after that, the slowest", max(pages), "s", 0.1, more=of(pages)))
    searches = {words: timed(partial(site.page, queried(table, words)))[0] for words in WORDS}
    more = f" (“{max(searches, key=lambda words: searches[words])}”){of([*searches.values()])}"
    say(Figure("search over all rows, the slowest", max(searches.values()), "s", 1, more=more))
    both = timed(lambda: site.page(f"{table}?q=hose&sort=-4"))[0]
    say(Figure("search in a sorted table", both, "s", 1))
    narrow = f"{table}?1.c4.from=200&1.c7.from=2026-03&1.c7.to=2026-06-15&1.c3.is=York"
    took, _ = timed(lambda: site.page(narrow))
    again = timed(lambda: site.page(f"{narrow}&page=2"))[0]
    say(Figure("three filters", took, "s", more=f", the next page {again:.2f} s"))


def of(some: Sequence[float]) -> str:
    return f", median {median(some):.2f} s"


def queried(table: str, words: str) -> str:
    return f"{table}?q={words.replace(' ', '+')}"


def sorted_by(site: Site, table: str, sort: str) -> tuple[float, list[float]]:
    """Return the seconds until a column is sorted, and those of some pages after it."""
    began = time.perf_counter()
    while WAITS in site.page(f"{table}?sort={sort}"):
        pass
    took = time.perf_counter() - began
    return took, [timed(partial(site.page, f"{table}?sort={sort}&page={n}"))[0] for n in PAGES]


def downloaded(site: Site, table: str, rows: int) -> None:
    some = f"1.c0.to={rows // 10}"
    for name, what, query in (
        ("csv", "CSV", ""),
        ("csv", "CSV in the order of a column", "sort=-4"),
        ("csv", "CSV of the rows that a search finds, in order", "q=hose&sort=-4"),
        ("json", "JSON", ""),
    ):
        took, size, first = fetched(site, f"{table}.{name}?{query}")
        limit = 20 if name == "csv" else None
        more = f"; the first byte after {first:.2f} s"
        say(Figure(what, size / 1e6 / took, "MB/s", limit, least=name == "csv", more=more))
    took, size, _ = fetched(site, f"{table}.xlsx?{some}")
    say(Figure(f"workbook of {rows // 10:,} rows", took, "s", 15, more=f"; {size / 1e6:.0f} MB"))


def fetched(site: Site, address: str) -> tuple[float, int, float]:
    """Return the seconds that a file took, its bytes, and the seconds until the first of them."""
    began, size, first = time.perf_counter(), 0, 0.0
    with site.browser.stream("GET", address, timeout=LONGEST) as answer:
        assert answer.status_code == 200, answer.status_code
        for piece in answer.iter_raw():
            size, first = size + len(piece), first or time.perf_counter() - began
    return time.perf_counter() - began, size, first


MEMORY: Mapping[str, float | None] = {"supervisor": 150, "web server": 120}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--format", nargs="*", default=["csv", "json", "aligned"])
    args = parser.parse_args()
    for shape in args.format:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        began = time.perf_counter()
        print(f"\n{args.rows:,} rows of 8 columns, {shape}; load before: {load:.1f}\n")
        print("| what | figure | target | |\n|---|---|---|---|")
        measured(shape, args.rows)
        print(f"\n{time.perf_counter() - began:.0f} s in all", flush=True)


def measured(shape: str, rows: int) -> None:
    """Print the table of one shape."""
    with tempfile.TemporaryDirectory() as folder, Site(TOOLS, Path(folder)) as site:
        site.browser.timeout = LONGEST
        memory = Parts(site.process.pid)
        memory.start()
        table = printed(site, Path(folder), shape, rows)
        for part in (asked, partial(downloaded, rows=rows)):
            part(site, table)
            most = memory.most.get("web server", 0) / 1e6
            if part is asked:
                say(Figure("web server, most memory before any download", most, "MB"))
        memory.stopped.set()
        memory.join()
    for part_, size in sorted(memory.most.items()):
        say(Figure(f"{part_}, most memory", size / 1e6, "MB", MEMORY.get(part_)))


if __name__ == "__main__":
    main()
