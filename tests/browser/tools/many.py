"""Offer more commands than a screen holds."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
commands = parser.add_subparsers(required=True, dest="command")
for number in range(40):
    commands.add_parser(f"task-{number}", help=f"Do task {number} of the whole list of tasks.")
print(parser.parse_args())
