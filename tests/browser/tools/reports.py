"""Movements of stock. It changes nothing."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
commands = parser.add_subparsers(required=True, dest="command")
movements = commands.add_parser("movements", help="In, out and corrections")
period = movements.add_argument_group("Period", "Which movements to count.")
period.add_argument("--since", required=True, help="The first day.")
which = movements.add_mutually_exclusive_group()
which.add_argument("--below-minimum", action="store_true", help="Only items below their minimum.")
which.add_argument("--below", type=int, help="Only items below a level.")
commands.add_parser("levels", help="On the shelf now")
print(parser.parse_args())
