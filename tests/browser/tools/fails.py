"""Fail with a message, before or after a trial."""

import argparse
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("name", help="Any name.")
parser.add_argument("--token", help="Token of the service.")
parser.add_argument("--prices", type=argparse.FileType("r"), help="Price list.")
parser.add_argument("--dry-run", action="store_true", help="Change nothing.")
answers = parser.parse_args()

print("scan_0112.pdf  same name")
print("checking 148 files\nwarning: scan_0097.pdf has no readable date", file=sys.stderr)
if answers.dry_run:
    sys.exit(0)
print("error: 2 files map to 2026-11-18_brookfield.pdf", file=sys.stderr)
sys.exit(2)
