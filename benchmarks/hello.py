"""Time from POST to the output of a hello tool on its page, beside the same tool in the shell.

    python -m benchmarks.hello [--times 20]

The two are measured in turn, so that a noisy machine hurts both alike; read the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"


def in_the_shell() -> float:
    """Return the seconds that the tool takes when it is started from a program."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(TOOLS / "hello.py"), "Ada"], capture_output=True, text=True
    )
    took = time.perf_counter() - began
    assert "Ada" in done.stdout, done
    return took


def through_the_site(site: Site) -> float:
    """Return the seconds from the POST until the output is on the page."""
    began = time.perf_counter()
    run = site.run("/tools/hello", {"name": "Ada"})
    while "Hello, Ada" not in (page := site.page(run)):
        assert time.perf_counter() - began < 20, page
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        for _ in range(3):
            in_the_shell(), through_the_site(site)
        pairs = [(in_the_shell(), through_the_site(site)) for _ in range(times)]
    shell, page = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    print(f"hello, median of {times}, side by side")
    print("what                 ms   times the shell")
    print(f"in the shell     {shell:6.1f}            {1:6.2f}")
    print(f"through the site {page:6.1f}            {page / shell:6.2f}")


if __name__ == "__main__":
    main()
