"""Print a table with cells of every kind."""

import argparse
import json
import sys
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rows", type=int, default=60, help="How many rows.")
parser.add_argument("--wide", type=int, default=0, help="How many more columns.")
parser.add_argument("--pause", type=float, default=0, help="Seconds between two rows.")
parser.add_argument("--words", action="store_true", help="Only words.")
given = parser.parse_args()

SUPPLIERS = ("Larch and Loom", "Halden", "Merrow", "Oakham Tools", "Brookfield")
STATES = ("ok", "failed", "warning", "running", "cancelled")
PATH = "/var/lib/stock/leeds/warehouse/items/photographs/2026/november/original"

for number in range(given.rows):
    row = {
        "Code": f"LV-{number:04}",
        "Item": f"Spirit level {number}",
        "Supplier": SUPPLIERS[number * 7 % 5],
    }
    if not given.words:
        row |= {
            "On hand": number * 37 % 101,
            "Value": f"£{number * 1234 % 9999 / 100:.2f}",
            "Counted": f"2026-{number % 11 + 1:02}-{number % 28 + 1:02}",
            "Sold": f"{number * 13 % 1000 / 10:.1f}%",
            "Size": f"{number * 31 % 900 + 1} {('kB', 'MB', 'GB')[number % 3]}",
        }
    row |= {
        "State": STATES[number % 5],
        "Page": f"https://example.com/items/{number}",
        "Script": f"javascript:alert({number})",
        "File": f"{PATH}-{number}.jpeg",
        "Note": "" if number % 7 else "Counted twice, as the first count did not fit the books.",
        "<script>alert(1)</script>": f"<i>{number % 3}</i>",
    }
    row |= {f"More {at}": at * number % 97 for at in range(given.wide)}
    print(json.dumps(row), flush=given.pause > 0)
    time.sleep(given.pause)
sys.stdout.flush()
