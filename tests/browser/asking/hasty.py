"""Ask people who must be quick."""

import argparse

argparse.ArgumentParser(description=__doc__).parse_args()
input("Quick: yes or no? [y/N] ")
