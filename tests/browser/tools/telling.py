"""Tell how it goes: pairs, progress, a log and a fault."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

LEVELS = ("INFO", "WARNING", "ERROR", "DEBUG")


def main() -> None:
    """Print all that there is besides tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=4, help="steps of the work")
    parser.add_argument("--halt", type=float, default=0, help="seconds to wait in the middle of it")
    parser.add_argument("--pause", type=float, default=0, help="seconds for each step")
    parser.add_argument("--beside", action="store_true", help="tell of progress beside the output")
    given = parser.parse_args()
    told = sys.stderr if given.beside else sys.stdout
    print("Server:   stock-01\nVersion:  2.4.1\nStarted:  2026-11-22 09:00\n")
    for step in range(given.steps + 1):
        share = step / given.steps
        bar = "█" * round(20 * share)
        words = f"Copying: {share:4.0%}|{bar:20}| {step}/{given.steps} [00:0{step}<00:01]"
        print(f"\r{words}", end="", file=told, flush=True)
        time.sleep(given.pause)
        if 2 * step == given.steps:
            time.sleep(given.halt)
    print("\n\nThe log of the day\n")
    for at in range(12):
        level = LEVELS[at % 4]
        print(f"2026-11-22 09:{at:02}:07,123 {level} stock.web: Delivery {4000 + at} was booked")
    print()
    try:
        [][at]
    except IndexError:
        print(traceback.format_exc())
    print("Done.")


if __name__ == "__main__":
    main()
