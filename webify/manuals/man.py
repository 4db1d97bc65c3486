"""Read a manual page, as `man` renders it, into what it says of one command."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.manuals.facts import NO, OptionFact, Page
from webify.manuals.man_entries import ELSEWHERE, SUBSECTION, entries_of
from webify.manuals.man_options import facts_of
from webify.manuals.man_text import BOLD, Line, Section, folded, lines_of, sections_of
from webify.manuals.man_usage import COMMANDS, WANTED, commands_in, forms_of
from webify.manuals.telling import numbered, united, with_own_negations, with_usage
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
SEVERAL = re.compile(r"(?:these|the above) (?:options|flags|switches)\b", re.IGNORECASE)
NAMED = re.compile(
    r"\A(?P<names>[^-]{0,400}?(?:-\S[^-]{0,100}?){0,20}) (?:-{1,2}|—|–|\\-) (?P<help>.{1,2000})"
)


def read_man(text: str, *, program: str, path: tuple[str, ...] = ()) -> Page | None:
    """Return what a page says of one command, or None where it says nothing that can be read."""
    lines = lines_of(text)
    styled = sum(BOLD in line.styles for line in lines) > 2
    sections = sections_of(lines)
    forms = forms_of(sections, program, path)
    usage = read_usage(forms, program, path)
    wanted = usage.command is not None or any(WANTED.search(form) for form in forms)
    commands = commands_in(sections, program, path, wanted=wanted)
    facts: list[OptionFact] = []
    for section in sections:
        if not ELSEWHERE.match(section.title):
            own = _own_lines(section, {fact.name for fact in commands})
            for entry in entries_of(section.title, own, styled=styled):
                for fact in [] if entry.below else map(_told, facts_of(entry)):
                    facts += numbered(fact) or _apart(fact)
    options = with_own_negations(with_usage(united(facts), usage.options))
    help_ = _named(sections)
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


def _apart(fact: OptionFact) -> list[OptionFact]:
    """Return an option for each long name, where the words about them call them options."""
    long = [word for word in fact.spellings if len(word) > 2]
    if len(long) < 2 or not SEVERAL.match(fact.help):
        return [fact]
    short = [word for word in fact.spellings if len(word) == 2]
    return [replace(fact, spellings=(word,)) for word in (*long, *short)]


def _own_lines(section: Section, commands: set[str]) -> tuple[Line, ...]:
    """Return the lines of a section before the headings within it that are names of commands."""
    if not COMMANDS.search(section.title):
        return section.lines
    for number, line in enumerate(section.lines):
        if not line.blank and line.indent < SUBSECTION and line.text in commands:
            return section.lines[:number]
    return section.lines


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
