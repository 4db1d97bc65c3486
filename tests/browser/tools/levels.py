"""Stock levels of one day. It changes nothing."""

import argparse

ITEMS = ("Hand trowel", "Leaf rake", "Hose reel 25 m", "Spirit level", "Bench, 2 seats")

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--day", type=int, default=1, help="Which day.")
parser.add_argument("--rows", type=int, default=80, help="How many items.")
parser.add_argument("--shape", choices=("table", "pairs", "text", "twice"), default="table")
given = parser.parse_args()


def table(title, first):
    print(title)
    print()
    print(f"{'Code':<8}  {'Item':<15}  {'Site':<6}  {'On hand':>7}  {'Price':>7}")
    for number in range(first, given.rows + given.day):
        hand = number * 7 % 240 + (given.day * 3 if number % 9 == 0 else 0)
        site = "Leeds" if number % 11 or given.day == 1 else "York"
        print(
            f"HT-{number:04}   {ITEMS[number % 5]:<15}  {site:<6}  {hand:>7}"
            f"  {number * 37 % 2000 / 10 + (given.day % 2) * (number % 31 == 0):>7.2f}"
        )


if given.shape == "pairs":
    print(f"Host: depot\nItems: {given.rows}\nCounted: {given.day} May\nState: fine")
elif given.shape == "text":
    for number in range(30):
        print(f"Item {number} was counted on day {given.day if number == 17 else 1}.")
else:
    table("Items on hand", given.day)
    if given.shape == "twice":
        print("\nThat was all of it.\n")
        table("Items on the way", 2)
