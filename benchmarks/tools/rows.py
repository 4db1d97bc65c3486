"""Print many rows of 8 columns; later, some of them have changed or are gone."""

import argparse
import itertools
import json

HEADS = ("Number", "Code", "Item", "Site", "On hand", "Minimum", "Price", "Counted")
ITEMS = ("Hand trowel", "Leaf rake", "Hose reel 25 m", "Spirit level", "Bench, 2 seats")
SITES = ("Leeds", "Hull", "York")


def rows(count, later):
    """Yield the rows; later one of 50,000 is gone, and one of 1,000 has three more on hand."""
    for number in range(1, count + 1):
        cells = row(number)
        if later and number % 50_000 == 0:
            continue
        if later and number % 1_000 == 7:
            cells = (*cells[:4], str(int(cells[4]) + 3), *cells[5:])
        yield cells


def row(number):
    return (
        str(number),
        f"HT-{number % 10_000:04}",
        ITEMS[number % 5],
        SITES[number % 3],
        str(number * 7 % 240),
        str(number * 3 % 120),
        f"{number * 37 % 20_000 / 100:.2f}",
        f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="how many rows")
    parser.add_argument("--format", choices=("aligned", "csv", "json"), default="aligned")
    parser.add_argument("--later", action="store_true", help="as they are some time later")
    args = parser.parse_args()
    if args.format == "csv":
        for cells in itertools.chain([HEADS], rows(args.rows, args.later)):
            print(*(f'"{cell}"' if "," in cell else cell for cell in cells), sep=",")
        return
    if args.format == "json":
        for cells in rows(args.rows, args.later):
            print(json.dumps(dict(zip(HEADS, cells, strict=True))))
        return
    shape = "{:>7}  {:<7}  {:<14}  {:<5}  {:>7}  {:>7}  {:>6}  {}"
    print(shape.format(*HEADS))
    for cells in rows(args.rows, args.later):
        print(shape.format(*cells))


if __name__ == "__main__":
    main()
