"""Say hello: the least that a tool can do."""

import argparse


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="world", help="whom to greet")
    print(f"Hello, {parser.parse_args().name}")


if __name__ == "__main__":
    main()
