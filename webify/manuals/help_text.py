"""Read what a program prints at --help into the facts that it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from webify.manuals.entries import option_entries
from webify.manuals.facts import NO, CommandFact, OptionFact, Page, PositionalFact
from webify.manuals.families import family_of
from webify.manuals.footnotes import with_footnotes
from webify.manuals.lines import Line, plain_lines
from webify.manuals.listing import commands_of, read_positionals
from webify.manuals.sections import Parts, Section, bracketed, parted
from webify.manuals.splitting import begins_option
from webify.manuals.telling import (
    bare_booleans,
    option_facts,
    twinned,
    united,
    unknown_values,
    with_own_negations,
    with_usage,
)
from webify.manuals.titles import COMMANDS, EXAMPLES, NO_COMMANDS, OPTIONS, POSITIONALS
from webify.manuals.usage import Usage, read_usage

_MOST_OPTIONS = 8_000
_LONGEST_HELP = 4_000
_MOST_PROSE = 200
_MORE = re.compile(
    r"(?:use|try|see|run|type|for)\b[^\n]{0,60}(?:--help[ =-]\w|-h \w|-hh|help all|all options"
    r"|full help|more options|complete list|full list|long help|manual|man page|manpage|\(\d\))"
    r"|common options include|some of the options|--help-all|\.\.\. and more",
    re.IGNORECASE,
)
_SLASHES = re.compile(
    r"^\s{0,8}/[A-Za-z?][A-Za-z0-9]{0,20}(?:[:=\[]\S{0,40})?(?:\s{2,40}\S|\s{0,2}$)", re.MULTILINE
)
_NOT_HELP = re.compile(r"^(?:diff |index [0-9a-f]{6}|--- \S|\+\+\+ \S|@@ )", re.MULTILINE)
_ABOUT = re.compile(r"description|overview|about|summary|beschreibung|purpose", re.IGNORECASE)
_DEFINED = re.compile(r"(?<!\S)([A-Z]{2,30}) := \{([^{}]{1,2000})\}")
_BEGUN = re.compile(r"(?:where\s{1,8})?([A-Z]{2,30}) := \{")
_WORD = re.compile(r"[a-z][\w-]{0,40}")
_NO_PROSE = re.compile(
    r"(?i)\b(?:invalid|unknown|unrecogni[sz]ed|illegal|bad) (?:option|argument|switch|flag)"
    r"|\bcopyright\b|\(c\) ?\d{4}|^licen[cs]e\b"
    r"|^[\w.+-]{1,40},?(?: version| v)?:? ?v?\d{1,9}\.\d[\w.+~-]{0,40}"
    r"(?: \(.{0,80}\)?| \d{1,2} \w{3,9} \d{4})?$"
    r"|^mandatory arguments to long options are mandatory for short"
)
_MANUAL = re.compile(r"(?P<name>[\w.:+-]{1,80} ?\(\w{0,8}\))\s.{0,200}(?P=name)$", re.IGNORECASE)


@dataclass
class _Found:
    """What the sections tell, while they are read."""

    options: list[OptionFact] = field(default_factory=list)
    commands: list[CommandFact] = field(default_factory=list)
    positionals: list[PositionalFact] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    spare: list[Line] = field(default_factory=list)  # of the first title that says nothing
    entries: int = 0
    values: int = 0
    lines: list[Line] = field(default_factory=list)
    heading: bool = False  # the last title without lines of its own said "commands"


def read_help(text: str, *, program: str = "", path: tuple[str, ...] = ()) -> Page | None:
    """Read a help text; None where the text is none."""
    lines = plain_lines(text)
    plain = "\n".join(line.text for line in lines)
    if not plain.strip() or _binary(text) or manual_page(text):
        return None
    slashes = len(_SLASHES.findall(plain[:60_000])) > 1 and not re.search(
        r"^\s{0,8}--?\w", plain[:60_000], re.MULTILINE
    )
    parts = parted(lines, program, slashes=slashes)
    name = program or _program(parts.forms)
    rows = [line.body for section in parts.sections for line in section.lines if bracketed(line)]
    usage = read_usage([*parts.forms, *rows], name, path)
    parts = _without_definitions(parts)
    found = _Found(lines=lines)
    for section in parts.sections:
        if len(found.options) < _MOST_OPTIONS:
            _read_section(section, found, usage, name, path, slashes=slashes)
    if not _helps(found, usage, parts.usage_seen, plain):
        return None
    return _page(found, usage, parts.forms, (plain, text), path)


def manual_page(text: str) -> bool:
    """Say whether a text is a manual page, as some programs show one at --help."""
    first = next((line.text.strip() for line in plain_lines(text[:2_000]) if not line.blank), "")
    return bool(_MANUAL.match(first))


def _program(forms: list[str]) -> str:
    """Return the program's name, which the usage begins with."""
    words = forms[0].split() if forms else []
    return words[0].rpartition("/")[2] if words and re.match(r"[\w./-]", words[0]) else ""


def _read_section(
    section: Section,
    found: _Found,
    usage: Usage,
    name: str,
    path: tuple[str, ...],
    *,
    slashes: bool,
) -> None:
    if EXAMPLES.search(section.title) and not OPTIONS.search(section.title):
        return
    lines = [line for line in section.lines if not bracketed(line)]
    entries, others = option_entries(lines, slashes=slashes)
    group = section.title if entries else ""
    facts = option_facts(entries, group)
    found.values += sum(entry.fact is not None and entry.fact.value != NO for entry in entries)
    found.options.extend(facts)
    found.entries += len(facts)
    sure = bool(COMMANDS.search(section.title)) and not NO_COMMANDS.search(section.title)
    other = not section.title or bool(NO_COMMANDS.search(section.title))
    if sure or other:
        found.heading = sure and all(line.blank for line in section.lines)
    likely = (usage.command is not None or found.heading) and not other
    commands: list[CommandFact] = []
    if sure or (likely and not entries):
        commands = commands_of(others if entries else section.lines, name, path, sure=sure)
        found.commands.extend(commands)
    if entries and not section.title and not found.prose:
        found.prose.extend(takewhile(lambda line: not begins_option(line, slashes=slashes), lines))
    if commands or entries:
        return
    if POSITIONALS.search(section.title) and not OPTIONS.search(section.title):
        listing = read_positionals(section.lines)
        found.commands.extend(listing.commands)
        found.positionals.extend(listing.positionals)
    elif not section.title or _ABOUT.search(section.title):
        found.prose.extend([] if found.prose else others)
    elif not found.spare and not _table(others) and not _listed(others):
        found.spare.extend(others)


def _helps(found: _Found, usage: Usage, usage_seen: bool, plain: str) -> bool:
    """Say whether what was found can only come of a help text."""
    if _NOT_HELP.search(plain[:4_000]) and not usage_seen:
        return False
    if usage_seen:
        return bool(
            found.entries
            or found.commands
            or usage.options
            or usage.positionals
            or usage.open_options
            or usage.command
        )
    filled = sum(1 for line in plain.split("\n") if line.strip())
    told = sum(1 for fact in found.options if fact.help)
    titled = any(OPTIONS.search(fact.group) for fact in found.options)
    if found.commands and (found.options or len(found.commands) > 2):
        return True
    return (told >= 2 and (titled or told * 6 >= filled or told >= 30)) or (titled and told >= 1)


def _page(
    found: _Found, usage: Usage, forms: list[str], texts: tuple[str, str], path: tuple[str, ...]
) -> Page:
    plain, raw = texts
    options = with_usage(united(twinned(found.options)), usage.options)
    options = with_own_negations(options if found.values else unknown_values(options))
    options = with_footnotes(options, found.lines)
    family = family_of(plain, raw)
    if family == "rich":
        options = bare_booleans(options)
    commands = _once(found.commands or _defined(plain, usage))
    return Page(
        source="help text",
        path=path,
        usage="\n".join(forms)[:_LONGEST_HELP],
        help=_prose(found.prose) or _prose(found.spare),
        options=tuple(options),
        positionals=tuple(
            _positionals(found.positionals, usage, {command.name for command in commands})
        ),
        commands=tuple(commands),
        family=family,
        whole=found.entries > 0 and not _MORE.search(plain),
    )


def _without_definitions(parts: Parts) -> Parts:
    """Leave out the lines that define a word of the usage: `OPTIONS := { -a | -b }`."""
    words = {word for form in parts.forms for word in re.findall(r"[A-Z]{2,30}", form)}
    sections = []
    for section in parts.sections:
        kept, depth = [], 0
        for line in section.lines:
            begun = _BEGUN.match(line.body)
            inside = depth > 0 or (begun is not None and begun[1] in words)
            kept += [] if inside else [line]
            depth += line.body.count("{") - line.body.count("}") if inside else 0
        sections.append(replace(section, lines=kept))
    return replace(parts, sections=sections)


def _defined(plain: str, usage: Usage) -> list[CommandFact]:
    """Return the words that a help text sets for what stands first: `OBJECT := { link | addr }`."""
    if usage.command is None or not usage.positionals:
        return []
    for name, list_ in _DEFINED.findall(plain[:20_000]):
        words = [word.strip() for word in list_.split("|")]
        if name == usage.positionals[0].name and all(map(_WORD.fullmatch, words)):
            return [CommandFact(word) for word in words]
    return []


def _once(commands: list[CommandFact]) -> list[CommandFact]:
    """Return each command once, with what any of its entries tells."""
    found: dict[str, CommandFact] = {}
    for command in commands:
        known = found.get(command.name)
        if known is None:
            found[command.name] = command
        elif not known.help:
            found[command.name] = replace(
                known, help=command.help, aliases=known.aliases or command.aliases
            )
    return list(found.values())


def _positionals(
    listed: list[PositionalFact], usage: Usage, commands: set[str]
) -> list[PositionalFact]:
    """Return the positionals of the usage, in its order, with what the list says of them."""
    shown = [
        fact
        for fact in usage.positionals
        if fact.name not in commands and not _all_commands(fact, commands)
    ]
    if usage.command and commands:
        shown = [fact for fact in shown if fact.name != usage.command.name]
    by_name = {_key(fact.name): fact for fact in listed if fact.name not in commands}
    found: list[PositionalFact] = []
    for fact in shown:
        told = by_name.pop(_key(fact.name), None)
        if told:
            repeat = True if told.repeat else fact.repeat
            choices = fact.choices or told.choices
            found.append(replace(fact, help=told.help, choices=choices, repeat=repeat))
        else:
            found.append(fact)
    if not shown or (usage.open_options and not found):
        found.extend(by_name.values())
    return found


def _all_commands(fact: PositionalFact, commands: set[str]) -> bool:
    return (
        bool(commands)
        and bool(fact.choices)
        and {choice.value for choice in fact.choices} <= commands
    )


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()).rstrip("s")


def _prose(lines: list[Line]) -> str:
    """Return the description: the first paragraphs that belong to no list."""
    made: list[str] = [""]
    for line in lines[:_MOST_PROSE]:
        if line.blank:
            made.append("")
        elif not _NO_PROSE.search(line.body) and not _drawn(line.body):
            made[-1] = f"{made[-1]} {line.body}".strip()
    return "\n".join(part for part in made if part)[:_LONGEST_HELP]


def _drawn(body: str) -> bool:
    """Say whether a line is a picture made of signs."""
    signs = body.replace(" ", "")
    return len(signs) > 3 and sum(map(str.isalnum, signs)) * 2 < len(signs)


def _table(lines: list[Line]) -> bool:
    """Say whether most lines stand in columns: values and what they mean."""
    filled = [line for line in lines if not line.blank]
    return sum(len(line.pieces) > 1 for line in filled) * 2 > len(filled)


def _listed(lines: list[Line]) -> bool:
    """Say whether lines begin with a word and what it means, as a list does."""
    first = next((line for line in lines if not line.blank), None)
    return first is not None and len(first.pieces) == 2 and " " not in first.pieces[0][1]


def _binary(text: str) -> bool:
    """Say whether a text is no text: many control characters in its beginning."""
    head = text[:4_000]
    return sum(
        (letter < " " and letter not in "\t\n\r\f\b\x1b") or letter == "\ufffd" for letter in head
    ) * 10 > len(head)
