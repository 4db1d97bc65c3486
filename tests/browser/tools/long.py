"""Ask for more than anybody reads."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("place")
for heading in ("Colours", "Sizes"):
    group = parser.add_argument_group(heading)
    for number in range(20):
        group.add_argument(f"--{heading.lower()}-{number}", help=f"Number {number} of {heading}.")
parser.add_argument("--lamp", help="Which lamp burns.")
print(parser.parse_args())
