"""Print a line with the clock every few milliseconds, to see how old it is when it is read."""

import argparse
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=200, help="how many lines")
    parser.add_argument("--every", type=float, default=10, help="milliseconds between two lines")
    args = parser.parse_args()
    for number in range(args.lines):
        print(f"tick {number} {time.time():.6f}", flush=True)
        time.sleep(args.every / 1000)


if __name__ == "__main__":
    main()
