"""Write docs/fidelity.md of the cells that the tests found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.fidelity.features import COMMANDS, FEATURES

CELLS = Path(__file__).with_name("cells")
FAMILIES = (
    (
        "argparse and what builds on it",
        ("argparse", "ConfigArgParse", "jsonargparse", "argh", "decli", "simple-parsing", "plac"),
    ),
    (
        "click, and frameworks of annotated functions",
        ("click", "rich-click", "typer", "cyclopts", "tyro"),
    ),
    (
        "Other frameworks",
        ("optparse", "docopt", "fire", "absl", "cleo", "plumbum", "traitlets", "twisted"),
    ),
)
INTRODUCTION = """\
# What of a parser becomes part of a form

This page is made by the tests: `pytest tests/fidelity --golden` writes it, and a test fails when it is stale.
For each framework a small tool declares every feature that the framework has (`tests/fidelity/tools`).
webify describes the tool, spells an answer for the feature, and the tool's own parser reads it back; a cell says what came of it.

| cell | meaning |
|---|---|
| yes | It is represented as what it is, and the answer came back equal. |
| text | It is offered as plain text, as its type is the tool's own; the answer came back equal. |
| refused | The framework cannot take such a value, so the form refuses it beforehand, in words. |
| raw | It is offered as raw arguments, one on each line. |
| – | The framework has no such feature, or no way to tell of it. |

A line without a sample, like a hidden option, is only described.
"""
PROGRAMS = """
## Programs in any language

A program that is not written in Python has no parser that could be asked.
It is described from what it has written: its own completion script, its help, its man page and installed completion files, field by field from the best source.
Its values are spelled by the rules of its family, and `webify show TOOL --check` says so.
How much of real programs is found that way stands in [docs/performance.md](performance.md).
"""


def cells() -> dict[str, dict[str, str]]:
    """Return {framework: {feature: cell}} as the tests found them."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(CELLS.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found.setdefault(told["framework"], {}).update(told["cells"])
    return found


def page(found: Mapping[str, Mapping[str, str]]) -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for title, frameworks in FAMILIES:
        parts.append(f"\n## {title}\n\n" + "\n".join(_table(frameworks, found)) + "\n")
    return "".join(parts) + PROGRAMS


def _table(frameworks: Sequence[str], found: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield f"| feature | {' | '.join(frameworks)} |"
    yield "|---" * (len(frameworks) + 1) + "|"
    for title in (*(each.title for each in FEATURES), *(each[0] for each in COMMANDS)):
        row = [found.get(name, {}).get(title, "–") for name in frameworks]
        yield f"| {title} | {' | '.join(row)} |"
