"""A folder of tools with modules of the site beside them."""

from __future__ import annotations

from pathlib import Path

TOOL = '''
"""Look after the stock."""
import argparse

parser = argparse.ArgumentParser(description="Look after the stock.")
parser.add_argument("--database", default="stock.db")
commands = parser.add_subparsers(dest="command", required=True)
levels = commands.add_parser("levels", help="What is on the shelf.")
levels.add_argument("--region")
levels.add_argument("--site")
levels.add_argument("--limit", type=int, default=3)
purge = commands.add_parser("purge", help="Forget old orders.")
purge.add_argument("--before", default="2020")
given = parser.parse_args()
if given.command == "levels":
    print("LEVELS")
    for number in range(given.limit):
        print(f"A{number}|{given.site}|{number * 10}")
else:
    print("gone", given.before)
'''
MODULE = """
from dataclasses import replace

SITES = {"north": ["leeds", "hull"], "south": [("dover", "Dover Harbour")]}
CHOICES = {"levels.region": (), "levels.site": ("levels.region",)}


def describe(command):
    return replace(command, help="Everything on the shelves.")


def choices(address, values):
    if address == "levels.region":
        return sorted(SITES)
    return SITES.get(values["levels.region"], [])


def read(lines):
    if lines[:1] != ["LEVELS"]:
        return None
    rows = [line.split("|") for line in lines[1:]]
    return [
        {"text": (0, 1)},
        {"title": "Levels", "columns": ["Article", "Site", "Count"], "rows": rows},
        {"pairs": [("Articles", len(rows))]},
    ]
"""
SETTINGS = """
[tools.stock.commands.purge]
destructive = "It deletes all old orders."
"""


def furnish(folder: Path, module: str = MODULE, settings: str = SETTINGS) -> Path:
    """Put the tool, its module and the settings into a folder; return the file of the module."""
    (folder / "adapters").mkdir(parents=True)
    (folder / "stock.py").write_text(TOOL, encoding="utf-8")
    (folder / "webify.toml").write_text(settings, encoding="utf-8")
    path = folder / "adapters" / "stock.py"
    path.write_text(module, encoding="utf-8")
    return path
