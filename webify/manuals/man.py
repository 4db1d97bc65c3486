"""Read a manual page, as `man` renders it, into what it says of one command."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.manuals.facts import NO, OptionFact, Page
from webify.manuals.man_entries import ELSEWHERE, entries_of, facts_of
from webify.manuals.man_text import BOLD, Section, folded, lines_of, sections_of
from webify.manuals.man_usage import WANTED, commands_in, forms_of
from webify.manuals.telling import united, with_own_negations, with_usage
from webify.manuals.usage import read_usage
from webify.manuals.wording import (
    choices_in,
    default_in,
    deprecated_in,
    env_in,
    repeats_in,
    required_in,
)

SOURCE = "man page"
VARIABLE = re.compile(
    r"\b(?:with|by|via|from) the (?:\$)?([A-Z_][A-Z0-9_]{2,60}) environment variable"
)
NAMED = re.compile(
    r"\A(?P<names>[^-]{0,400}?(?:-\S[^-]{0,100}?){0,20}) (?:-{1,2}|—|–|\\-) (?P<help>.{1,2000})"
)


def read_man(text: str, *, program: str, path: tuple[str, ...] = ()) -> Page | None:
    """Return what a page says of one command, or None where it says nothing that can be read."""
    lines = lines_of(text)
    styled = sum(BOLD in line.styles for line in lines) > 2
    sections = sections_of(lines)
    facts: list[OptionFact] = []
    for section in sections:
        if not ELSEWHERE.match(section.title):
            for entry in entries_of(section.title, section.lines, styled=styled):
                facts += [] if entry.below else [_told(fact) for fact in facts_of(entry)]
    forms = forms_of(sections, program, path)
    usage = read_usage(forms, program, path)
    options = with_own_negations(with_usage(united(facts), usage.options))
    help_ = _named(sections)
    wanted = usage.command is not None or any(WANTED.search(form) for form in forms)
    commands = commands_in(sections, program, path, wanted=wanted)
    if not options and not help_ and not forms and not commands:
        return None
    return Page(
        source=SOURCE,
        path=path,
        usage="\n".join(forms),
        help=help_,
        options=tuple(options),
        positionals=tuple(usage.positionals),
        commands=tuple(commands),
        whole=bool(facts),
    )


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
        env=fact.env or env_in(text) or tuple(VARIABLE.findall(text)[:4]),
        deprecated=fact.deprecated or deprecated_in(text),
        required=fact.required if fact.required is not None else required_in(text),
    )
