"""Read the SYNOPSIS of a manual page into the forms of a usage, and its lists of commands."""

from __future__ import annotations

import re

from webify.manuals import lines as help_lines
from webify.manuals.facts import CommandFact
from webify.manuals.listing import commands_of
from webify.manuals.man_text import BOLD, UNDERLINED, Line, Section

SYNOPSIS = re.compile(r"SYNOPSIS\Z|ÜBERSICHT\Z|SINOPSIS\Z|書式\Z|SINTASSI\Z|USAGE\Z", re.IGNORECASE)
COMMANDS = re.compile(r"\b(?:SUB-?)?COMMANDS?(?: \(\w+\))?\Z|\ACOMMANDS\b|\AVERBS\Z", re.IGNORECASE)
WANTED = re.compile(r"\b(?:sub-?)?(?:command|cmd|verb|action)s?\b", re.IGNORECASE)
NAME = re.compile(r"[\w@%.+:/-]{1,80}\Z")
REFERENCE = re.compile(
    r"(?P<name>[A-Za-z][\w.+-]{1,60})\(\d\w{0,4}\)(?:\s{1,40}(?P<text>\S.{0,400}))?\Z"
)
MOST_FORMS = 200


def forms_of(sections: list[Section], program: str, path: tuple[str, ...]) -> list[str]:
    """Return the forms in which the program is called, each on one line."""
    forms: list[str] = []
    called = {program, "-".join((program, *path))}
    for section in sections:
        if not SYNOPSIS.match(section.title):
            continue
        edge = min((line.indent for line in section.lines if not line.blank), default=0)
        for line in section.lines:
            if line.blank or (line.text.endswith(":") and line.text.isupper()):
                continue
            first = line.text.split()[0]
            begins = line.indent <= edge and (
                first in called or not line.text.startswith(("[", "-", "{", "<"))
            )
            if begins or not forms:
                forms.append(_form(line))
            else:
                forms[-1] += " " + _form(line)
    return [_plain_name(form, program, path) for form in forms[:MOST_FORMS]]


def _plain_name(form: str, program: str, path: tuple[str, ...]) -> str:
    """Write a page's own name, `tool-command`, as it is called: `tool command`."""
    joined = "-".join((program, *path))
    rest = form.removeprefix(joined)
    return " ".join((program, *path)) + rest if path and rest != form else form


def _form(line: Line) -> str:
    """Return a line with its underlined words, the names of values, in angle brackets."""
    pieces: list[str] = []
    for found in re.finditer(r"\S+|\s+", line.text):
        word, styles = found.group(), line.styles[found.start() : found.end()]
        bare = word.strip("[](){},.|…")
        begin = word.find(bare) if bare else 0
        inner = styles[begin : begin + len(bare)]
        if bare and NAME.match(bare) and set(inner) == {UNDERLINED} and not bare.startswith("-"):
            word = word[:begin] + f"<{bare}>" + word[begin + len(bare) :]
        pieces.append(word)
    return "".join(pieces)


def commands_in(
    sections: list[Section], program: str, path: tuple[str, ...], *, wanted: bool
) -> list[CommandFact]:
    """Return the sub-commands that a page lists.

    wanted  its synopsis has a place for one: other lists of commands are those of a shell inside
    """
    found: dict[str, CommandFact] = {}
    joined = "-".join((program, *path)) + "-"
    for section in sections:
        listed = COMMANDS.search(section.title) or "COMMAND" in section.title.upper()
        for fact in _references(section, joined) if listed else []:
            found.setdefault(fact.name, fact)
        if wanted and COMMANDS.search(section.title):
            for fact in _listed(section, program, path):
                found.setdefault(fact.name, fact)
    return list(found.values())


def _references(section: Section, joined: str) -> list[CommandFact]:
    """Return the commands that have pages of their own: `tool-command(1)`."""
    found: list[CommandFact] = []
    for number, line in enumerate(section.lines):
        match = REFERENCE.match(line.text)
        if match is None or not match["name"].startswith(joined):
            continue
        below = section.lines[number + 1] if number + 1 < len(section.lines) else line
        text = match["text"] or (below.text if below.indent > line.indent else "")
        found.append(CommandFact(match["name"].removeprefix(joined), help=text))
    return found


def _listed(section: Section, program: str, path: tuple[str, ...]) -> list[CommandFact]:
    """Return the commands whose names stand bold at the edge of a section."""
    lines = [help_lines.Line(" " * line.indent + _form(line)) for line in section.lines]
    names = {
        word
        for line in section.lines
        if line.styles[:1] == BOLD
        for word in line.text.replace(",", " ").split()[: len(path) + 3]
    }
    facts = commands_of(lines, program, path, sure=True)
    return [fact for fact in facts if fact.name in names and not fact.name.startswith("-")]
