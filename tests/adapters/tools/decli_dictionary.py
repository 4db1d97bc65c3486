"""A tool on decli: a dictionary says what it takes."""

from __future__ import annotations

import argparse

from decli import cli

common = argparse.ArgumentParser(add_help=False)
common.add_argument("--debug", action="store_true", help="Say more.")

DATA = {
    "prog": "release",
    "description": "Make a release.",
    "arguments": [{"name": ["-n", "--name"], "default": "next", "help": "What to call it."}],
    "subcommands": {
        "title": "commands",
        "required": True,
        "commands": [
            {
                "name": ["bump", "b"],
                "help": "Raise the version.",
                "arguments": [
                    {"name": "part", "choices": ["major", "minor"]},
                    {"name": "--dry-run", "action": "store_true", "group": "safety"},
                    {"name": "--yes", "action": "store_true", "exclusive_group": "answer"},
                    {"name": "--no", "action": "store_true", "exclusive_group": "answer"},
                ],
            },
            {"name": "list", "help": "Show all."},
        ],
    },
}

if __name__ == "__main__":
    print(cli(DATA, parents=[common]).parse_args())
