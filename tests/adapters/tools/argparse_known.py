import argparse

early = argparse.ArgumentParser(add_help=False)
early.add_argument("--config")
defaults = early.parse_args([])
early.parse_known_args()

parser = argparse.ArgumentParser(description="Passes on what it does not know.", parents=[early])
parser.add_argument("--own", type=int)
parser.parse_known_args()
