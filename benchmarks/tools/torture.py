"""Print lines that are known beforehand, ask where that is wanted, and end with a code."""

import argparse
import getpass
import sys
import time

LINES = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="what each line begins with")
    parser.add_argument("--code", type=int, default=0, help="the exit code")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long it takes")
    parser.add_argument("--errors", action="store_true", help="print to standard error too")
    parser.add_argument("--asks", action="store_true", help="ask in the middle")
    parser.add_argument("--password", default="", help="printed in each line, in two halves")
    parser.add_argument("--login", action="store_true", help="ask for the password")
    given = parser.parse_args()
    password = getpass.getpass("Password: ") if given.login else given.password
    half, pause = len(password) // 2, given.seconds / LINES / (2 if password else 1)
    for number in range(LINES):
        print(
            f"{given.name} line {number}",
            end=f" {password[:half]}" if password else "\n",
            flush=True,
        )
        if password:
            time.sleep(pause)
            print(password[half:], flush=True)
        if given.errors:
            print(f"{given.name} error {number}", file=sys.stderr, flush=True)
        if given.asks and number == LINES // 2:
            print("you said", input("Go on with it? "), flush=True)
        time.sleep(pause)
    sys.exit(given.code)


if __name__ == "__main__":
    main()
