"""Help that a Python tool prints by hand: read as a text, beside a parser that knows a part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webify.manuals.command import Tree, to_command
from webify.manuals.facts import Page
from webify.manuals.help_text import read_help
from webify.manuals.merging import merged
from webify.model.plain import to_plain

SOURCE = "help text"


def page_of(printed: str, program: str) -> Page | None:
    """Return what a printed text tells, or None where it is no help text."""
    return read_help(printed, program=program) if printed.strip() else None


def command_of(page: Page, printed: str, program: str) -> dict[str, Any]:
    """Return the command that a page tells of, without the commands below it."""
    tree = Tree({(): merged([page], [printed])}, texts=[printed])
    return dict(to_plain(to_command(tree, program)), commands=[], needs_command=False)


def completed(
    known: Mapping[str, Any], page: Page, printed: str, program: str
) -> Mapping[str, Any] | None:
    """Return what the text tells, with what a parser said of the same options.

    None where the parser knows as much as the text: it is the better source then.
    """
    words = {word for fact in page.options for word in (*fact.spellings, *fact.negations)}
    own = {word: each for each in known.get("parameters") or () for word in _words(each)}
    if len(words - own.keys()) <= len(own.keys() - words):
        return None
    made = command_of(page, printed, program)
    found: list[Mapping[str, Any]] = []
    for each in made.get("parameters") or ():
        better = next((own[word] for word in _words(each) if word in own), each)
        if all(better["address"] != other["address"] for other in found):
            found.append(better)
    return dict(made, parameters=found, syntax=known.get("syntax", {}))


def _words(parameter: Mapping[str, Any]) -> list[str]:
    return [*(parameter.get("spellings") or ()), *(parameter.get("negations") or ())]
