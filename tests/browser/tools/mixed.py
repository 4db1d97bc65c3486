"""Print text that only a person knows how to read, a table, pairs and many lines."""

import argparse

parser = argparse.ArgumentParser(description="Print text, a table and pairs.")
parser.add_argument("--lines", type=int, default=3, help="How many lines come first.")
given = parser.parse_args()
for number in range(given.lines):
    print(f"item {number} of the long list;{number * 7}")
print("That was all of it.")
print("\nStock\nname,size\nwheel,3\nframe,12\nbell,4")
print("\nSite:      York\nShelves:   12\nCounted:   2026-11-22")
