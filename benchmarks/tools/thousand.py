"""Print lines with the clock at a steady rate, whatever the machine does beside."""

import argparse
import time

TURN = 0.01  # seconds: a process cannot sleep for much less on a busy machine


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="for how long")
    parser.add_argument("--rate", type=int, default=1000, help="lines each second")
    parser.add_argument("--begin", type=float, default=0, help="when to begin, by the clock")
    args = parser.parse_args()
    time.sleep(max(0.0, args.begin - time.time()))
    began = time.monotonic()
    number, count = 0, int(args.seconds * args.rate)
    while number < count:
        due = min(count, int((time.monotonic() - began) * args.rate))
        for number in range(number, due):  # noqa: B020 # goes on where it was
            print(f"tick {number} {time.time():.6f} Leeds: bin 17 has 204 hand trowels")
        number = max(number, due)
        time.sleep(TURN)


if __name__ == "__main__":
    main()
