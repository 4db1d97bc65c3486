import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--open")
parser.parse_known_args()
