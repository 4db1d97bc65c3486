"""Cannot be described: it needs a module that is not there."""

import argparse

import a_module_that_nobody_has

parser = argparse.ArgumentParser()
parser.parse_args()
print(a_module_that_nobody_has)
