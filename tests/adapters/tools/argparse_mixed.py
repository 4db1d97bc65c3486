import argparse

parser = argparse.ArgumentParser(description="Options and arguments in any order.")
parser.add_argument("--flag", action="store_true")
parser.add_argument("command")
parser.add_argument("rest", nargs="*", type=int)
parser.parse_intermixed_args()
