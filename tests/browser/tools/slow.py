"""Print lines in colours, or a table, and take its time."""

import argparse
import sys
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--lines", type=int, default=40, help="How many lines.")
parser.add_argument("--pause", type=float, default=0.3, help="Seconds between two lines.")
parser.add_argument("--table", action="store_true", help="Print a table.")
answers = parser.parse_args()

print("\x1b[1mBegin\x1b[0m of <b>it</b> </pre><script>alert(1)</script>", flush=True)
if answers.table:
    print("\nName        Size  When\n----------  ----  ----------", flush=True)
for number in range(answers.lines):
    if answers.table:
        print(f"item {number:<5}  {number * 7:>4}  2026-11-{number % 28 + 1:02}", flush=True)
    else:
        colour, back = number % 8, number // 8 % 8
        print(f"\x1b[3{colour}mline {number}\x1b[0m \x1b[9{colour}mbright\x1b[0m ", end="")
        print(
            f"\x1b[4{back}mback\x1b[0m \x1b[10{back}mbright\x1b[0m \x1b[7mturned\x1b[0m", flush=True
        )
    if number % 10 == 9:
        print(f"warning at {number}", file=sys.stderr, flush=True)
    time.sleep(answers.pause)
print("Done.")
