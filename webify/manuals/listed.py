"""Merge which commands and which arguments several writings list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from webify.manuals.facts import FOREIGN, CommandFact, Page, PositionalFact

COMMAND_PLACE = re.compile(
    r"(?i)(?<![\w-])(?:sub-?)?(?:commands?|cmds?|verbs?|actions?|objects?|operations?|tasks?)(?![\w-])"
)
_USAGE_WORD = re.compile(r"[\w-]+")


def merged_positionals(pages: Sequence[Page]) -> tuple[PositionalFact, ...]:
    """Return the positional arguments of the best source that has any, with help of the others."""
    commands = {fact.name for page in pages for fact in page.commands}
    best = next(
        (page.positionals for page in pages if page.positionals and not _forms(page, commands)), ()
    )
    helps: dict[str, PositionalFact] = {}
    for page in pages:
        for fact in page.positionals:
            key = fact.name.strip("<>[]. ").lower()
            known = helps.setdefault(key, fact)
            helps[key] = replace(
                known, help=known.help or fact.help, choices=known.choices or fact.choices
            )
    found = []
    for fact in best:
        more = helps[fact.name.strip("<>[]. ").lower()]
        found.append(
            replace(fact, help=fact.help or more.help, choices=fact.choices or more.choices)
        )
    return tuple(found)


def _forms(page: Page, commands: set[str]) -> bool:
    """Say whether what a usage shows as arguments are commands with arguments of their own."""
    return sum(fact.name in commands for fact in page.positionals) > 1


def merged_commands(pages: Sequence[Page], texts: Sequence[str]) -> tuple[CommandFact, ...]:
    """Return the commands, in the order of the best source.

    Those that only an installed completion file knows count where no other source lists any, the
    usage has a place for a command, and the program or its manual names them.
    """
    found: dict[str, CommandFact] = {}
    own = any(page.commands for page in pages if page.source not in FOREIGN) or not _room(pages)
    for page in pages:
        if (own and page.source in FOREIGN) or page.source == "bash completion":
            continue  # of a word that bash offers nobody knows whether it is a command
        for fact in page.commands:
            if page.source in FOREIGN and not _names(fact.name, texts):
                continue
            known = found.get(fact.name)
            if known is None:
                found[fact.name] = fact
            else:
                aliases = tuple(dict.fromkeys((*known.aliases, *fact.aliases)))
                found[fact.name] = replace(
                    known, aliases=aliases, help=known.help or fact.help, hidden=known.hidden
                )
    others = {alias for fact in found.values() for alias in fact.aliases}
    return tuple(fact for name, fact in found.items() if name not in others)


def _room(pages: Sequence[Page]) -> bool:
    """Say whether a usage has a place for a command, or none is known."""
    usages = [page.usage for page in pages if page.usage and page.source not in FOREIGN]
    names = {fact.name for page in pages for fact in page.commands}
    return not usages or any(
        COMMAND_PLACE.search(usage) or not names.isdisjoint(_USAGE_WORD.findall(usage))
        for usage in usages
    )


def _names(command: str, texts: Sequence[str]) -> bool:
    word = re.compile(rf"(?<![\w-]){re.escape(command)}(?![\w-])")
    return command[:1].isalpha() and (not texts or any(word.search(text) for text in texts))
