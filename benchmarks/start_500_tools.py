"""Start of a site with 1, 50 and 500 tools: the first time, and with what was kept of them.

    python -m benchmarks.start_500_tools [--tools 1 50 500]

Each start is a process of its own, so its time holds the interpreter and all imports.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.serving import Site

ARGPARSE = '''"""Orders that are late."""
import argparse

parser = argparse.ArgumentParser(description="Lists the orders of area {number} that are late.")
parser.add_argument("customer", nargs="?", help="Only this customer.")
parser.add_argument("--since", help="First day, like 2026-01-31.")
parser.add_argument("--limit", type=int, default=50, help="Rows at most.")
parser.add_argument("--sort", choices=["date", "customer", "value"], default="date")
parser.add_argument("--open", action="store_true", help="Only orders that are open.")
commands = parser.add_subparsers(dest="command")
for word in ("list", "count"):
    below = commands.add_parser(word, help=f"To {{word}} them.")
    below.add_argument("--site", help="Only this warehouse.")
if __name__ == "__main__":
    parser.parse_args()
'''
CLICK = '''import click

@click.command()
@click.argument("name")
@click.option("--times", type=click.IntRange(1, 10), default=1, help="How often.")
@click.option("--loud/--quiet", default=False, help="In capitals.")
@click.option("--language", type=click.Choice(["en", "fr", "de"]), help="In this language.")
def main(name, times, loud, language):
    """Greets the people of area {number}."""

if __name__ == "__main__":
    main()
'''
OPTPARSE = """from optparse import OptionParser

parser = OptionParser(description="Sums the invoices of area {number}.")
parser.add_option("-y", "--year", type="int", help="Of this year.")
parser.add_option("--month", type="choice", choices=["1", "2", "3"])
parser.add_option("-v", action="count", dest="verbose")
if __name__ == "__main__":
    parser.parse_args()
"""
START = """
import sys, time
from pathlib import Path
from webify.settings import load_settings
from webify.tools.catalog import Catalog
catalog = Catalog(load_settings(Path(sys.argv[1]), {"data": sys.argv[2]}))
catalog.start()
assert catalog.settled(3600)
tools = catalog.tools()
assert not [tool.error for tool in tools if tool.error]
print(len(tools), flush=True)
"""
LOOKS = """
import json, sys, time
from pathlib import Path
from webify.settings import load_settings
from webify.tools.catalog import Catalog
def median(catalog):
    times = []
    for _ in range(50):
        began = time.perf_counter()
        catalog.tools()
        times.append(time.perf_counter() - began)
    return sorted(times)[25]
settings = load_settings(Path(sys.argv[1]), {"data": sys.argv[2]})
found = []
for seconds in (1.0, 0.0):
    catalog = Catalog(settings, rescan_seconds=seconds)
    catalog.start()
    found.append(median(catalog))
print(json.dumps(found))
"""


def make_tools(folder: Path, count: int) -> None:
    """Write so many small tools, of three frameworks in turn, into folders of 50."""
    for number in range(count):
        text = (ARGPARSE, CLICK, OPTPARSE)[number % 3]
        place = folder / f"area_{number // 50}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"tool_{number}.py").write_text(text.format(number=number), encoding="utf-8")


def start(folder: Path, data: Path, count: int) -> float:
    """Return the seconds of a process that starts a catalog until nothing is being read."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder), str(data)], capture_output=True, text=True
    )
    took = time.perf_counter() - began
    assert done.stdout.strip() == str(count), done.stderr
    return took


def looks(folder: Path, data: Path) -> list[float]:
    """Return the seconds of a list of all tools: as it stands, and with a look at the files."""
    done = subprocess.run(
        [sys.executable, "-c", LOOKS, str(folder), str(data)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[float] = json.loads(done.stdout)
    return found


def site(folder: Path, data: Path) -> tuple[float, float]:
    """Return the seconds until a site listens, and those of its home page."""
    began = time.perf_counter()
    with Site(folder, data) as served:
        listens = time.perf_counter() - began
        times = []
        for _ in range(20):
            began = time.perf_counter()
            assert served.browser.get("/").status_code == 200
            times.append(time.perf_counter() - began)
    return listens, statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=int, nargs="+", default=[1, 50, 500])
    print("tools  first start  cached start  site listens  home page  list  list after a look")
    print("                 s             s             s         ms    ms                 ms")
    for count in parser.parse_args().tools:
        with tempfile.TemporaryDirectory() as place:
            folder, data = Path(place, "tools"), Path(place, "data")
            make_tools(folder, count)
            first = start(folder, data, count)
            cached = statistics.median(start(folder, data, count) for _ in range(5))
            listens, home = site(folder, data)
            plain, look = looks(folder, data)
            print(
                f"{count:5}  {first:11.2f}  {cached:12.2f}  {listens:12.2f}  {home * 1000:9.1f}"
                f"  {plain * 1000:4.1f}  {look * 1000:17.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
