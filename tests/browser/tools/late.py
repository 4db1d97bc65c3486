"""Look long at a number, and then say that it is odd."""

from __future__ import annotations

import argparse
import time


def even(text: str) -> int:
    """Return an even number; a look takes its time."""
    time.sleep(1)
    if int(text) % 2:
        raise ValueError(text)
    return int(text)


def main() -> None:
    """Print the number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=even, help="An even number.")
    parser.add_argument("--note", help="Any text.")
    print(parser.parse_args().number)


if __name__ == "__main__":
    main()
