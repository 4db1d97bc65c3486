"""Read a manual page, as `man` renders it, into what it says of one command."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.manuals.facts import NO, CommandFact, OptionFact, Page
from webify.manuals.man_entries import ELSEWHERE, Entry, entries_of, facts_of
from webify.manuals.man_text import BOLD, Line, Section, folded, lines_of, sections_of
from webify.manuals.wording import (
    choices_in,
    default_in,
    deprecated_in,
    env_in,
    repeats_in,
    required_in,
)

SOURCE = "man page"
NAMED = re.compile(r"\A(?P<names>[^-]{0,400}?(?:-\S[^-]{0,100}?){0,20}) (?:-{1,2}|—|–|\\-) (?P<help>.{1,2000})")


def read_man(text: str, *, program: str, path: tuple[str, ...] = ()) -> Page | None:
    """Return what a page says of one command, or None where it says nothing that can be read."""
    lines = lines_of(text)
    styled = sum(BOLD in line.styles for line in lines) > 2
    sections = sections_of(lines)
    options: list[OptionFact] = []
    for section in sections:
        if not ELSEWHERE.match(section.title):
            for entry in entries_of(section.title, section.lines, styled=styled):
                options += [] if entry.below else [_told(fact) for fact in facts_of(entry)]
    help_ = _named(sections)
    found = _joined(options)
    if not found and not help_:
        return None
    return Page(source=SOURCE, path=path, help=help_, options=found)


def _named(sections: list[Section]) -> str:
    for section in sections:
        if section.title.upper() in {"NAME", "BEZEICHNUNG", "NOM", "NOMBRE", "名前", "NOME"}:
            found = NAMED.match(" ".join(folded(section.lines).split()))
            return found["help"].strip() if found else ""
    return ""


def _told(fact: OptionFact) -> OptionFact:
    """Add what the words of an option's text tell of its value."""
    text = fact.help
    return replace(
        fact,
        choices=fact.choices or (choices_in(text, fact.metavar) if fact.value != NO else ()),
        default=fact.default or default_in(text),
        repeat=fact.repeat if fact.repeat is not None else repeats_in(text),
        env=fact.env or env_in(text),
        deprecated=fact.deprecated or deprecated_in(text),
        required=fact.required if fact.required is not None else required_in(text),
    )


def _joined(options: list[OptionFact]) -> tuple[OptionFact, ...]:
    """Return each option once: a page may name it again in another section."""
    found: list[OptionFact] = []
    places: dict[str, int] = {}
    for fact in options:
        place = next((places[each] for each in fact.spellings if each in places), None)
        if place is None:
            places.update({each: len(found) for each in fact.spellings})
            found.append(fact)
        else:
            old = found[place]
            new = [each for each in fact.spellings if each not in places]
            found[place] = replace(
                old,
                spellings=(*old.spellings, *(each for each in new if each not in old.spellings)),
                choices=old.choices or fact.choices,
                value=fact.value if old.value in {"", NO} and fact.value else old.value,
                metavar=old.metavar or fact.metavar,
                help=old.help or fact.help,
            )
            places.update({each: place for each in new})
    return tuple(found)
