"""Ask people while it works."""

import argparse
import getpass
import sys

KINDS = ["yes", "name", "menu", "word", "enter", "read", "hostile"]
parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kind", choices=KINDS, default="yes")
parser.add_argument("--times", type=int, default=1, help="How often it asks.")
given = parser.parse_args()
print("folder,files\n/srv/a,10\n/srv/b,20\n")
for number in range(given.times):
    if given.kind == "yes":
        print("You said", input("Archive 2019 has 1.2 million files. Measure it too? [y/N] "))
    elif given.kind == "name":
        print("Hello", input(f"Name {number + 1} [World]: "))
    elif given.kind == "menu":
        print("1) red\n2) dark green")
        print("You took", input("Choose a colour: "))
    elif given.kind == "word":
        print("It has", len(getpass.getpass("Password: ")), "letters")
    elif given.kind == "hostile":
        input("<b>bold</b> \x1b[31mred\x1b[0m {{ 7 * 7 }}? ")
    elif given.kind == "enter":
        input("Press Enter to continue...")
    else:
        print("Read", sorted(sys.stdin.read().split()))
print("That was all.")
