"""Part the lines of a help text into its usage and its sections, each under its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from webify.manuals.lines import Line
from webify.manuals.splitting import begins_option, split_option
from webify.manuals.titles import COMMANDS, NO_COMMANDS

_USAGE_WORDS = (
    "usage|use|synopsis|syntax|aufruf|verwendung|utilisation|usos?|modo de uso|gebruik|sintassi"
    "|användning|sposób użycia|použití|használat|kullanım|использование|brug|käyttö|bruk"
    "|用法|使用法|使い方|사용법"
)
_USAGE = re.compile(
    rf"(?P<word>{_USAGE_WORDS})(?: of (?P<of>[\w./-]{{1,80}}))?\s{{0,4}}(?:::?|\uff1a|$)"
    r"\s{0,40}(?P<rest>.{0,4000})",
    re.IGNORECASE,
)
_USAGE_BEHIND = re.compile(r"(?P<of>(?!)x)?.{1,60}[.)] Usage:(?P<rest>)")
_OR = re.compile(
    r"^(?:or|oder|ou|o|of|または|или)\s{0,3}:\s{1,8}(?P<rest>.{1,2000})", re.IGNORECASE
)
_LONGEST_TITLE = 110
_SEVERAL = re.compile(
    r"\b(?:sub-?)?(?:commands|verbs|actions|tasks|commandes|comandos|comandi)\b", re.IGNORECASE
)
_NO_TITLE = re.compile(r"[.;,]$|\.\s[A-Z]|^\W*\d+\s|^[$%>]\s|[<>|=\\]")


@dataclass
class Section:
    """A title with the lines below it."""

    title: str = ""
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Parts:
    """A help text in parts: the forms of its usage, and its sections; the first has no title."""

    forms: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    usage_seen: bool = False


def parted(lines: list[Line], program: str, *, slashes: bool = False) -> Parts:
    """Part the lines of a help text."""
    parts = Parts(sections=[Section()])
    ahead = _ahead(lines)
    calls = not any(_USAGE.fullmatch(line.body) for line in lines[:2_000])
    number, edge = 0, 8
    while number < len(lines):
        line = lines[number]
        usage = _usage_at(line, parts, program if calls else "")
        if usage and not (parts.usage_seen and not usage["rest"] and parts.forms):
            number = _usage(lines, number, usage, parts, program)
            continue
        names = bool(COMMANDS.search(parts.sections[-1].title)) and line.body.islower()
        lone = names and line.body.isalpha()  # the name of a command, its words below it
        titled = (line.indent <= edge and not lone) or line.title
        if titled and _titles(lines, number, ahead, slashes):
            edge = 8
            parts.sections.append(Section(line.body.rstrip(": ")))
        else:
            parts.sections[-1].lines.append(line)
            if begins_option(line, slashes=slashes):
                edge = line.indent  # what stands deeper belongs to this option
        number += 1
    return parts


def _usage_at(line: Line, parts: Parts, program: str) -> re.Match[str] | None:
    """Return how a usage begins at a line, or None."""
    if line.indent > 8 or len(parts.forms) >= 60 or line.blank:
        return None
    known = _USAGE.fullmatch(line.body)
    if not known and line.body.endswith(" Usage:"):
        known = _USAGE_BEHIND.fullmatch(line.body)
    if known or parts.usage_seen or not program:
        return known
    call = re.fullmatch(
        rf"(?P<of>\$ )?(?P<rest>{re.escape(program)} .{{0,2000}}[\]>].{{0,400}})", line.body
    )
    if call is None or (call["rest"].endswith((".", ":")) and not call["rest"].endswith("...")):
        return None
    return call


def _ahead(lines: list[Line]) -> list[int]:
    """Return for each line the number of the next one that is not blank, or the end."""
    found = [len(lines)] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        following = (
            found[number + 1] if number + 1 < len(lines) and lines[number + 1].blank else number + 1
        )
        found[number] = following
    return found


def _titles(lines: list[Line], number: int, ahead: list[int], slashes: bool) -> bool:
    """Say whether a line is the title of what stands below it."""
    line = lines[number]
    if line.title:
        return True
    if (
        line.blank
        or line.indent > 8
        or len(line.body) > _LONGEST_TITLE
        or line.body[0] in "-{[("
        or begins_option(line, slashes=slashes)
    ):
        return False
    after = ahead[number]
    below = lines[after] if after < len(lines) else None
    before = lines[number - 1] if number else Line("")
    if below is None or len(line.pieces) > 1:
        return False
    colon = line.body.endswith((":", "\uff1a"))
    option = begins_option(below, slashes=slashes)
    if colon:
        return (
            below.indent > line.indent
            or (option and below.indent >= line.indent)
            or (before.blank and after > number + 1)
        )
    if re.fullmatch(r"<\w{3,30}>", line.body):
        return True
    if _NO_TITLE.search(line.body):
        return False
    if before.blank and COMMANDS.search(line.body) and not NO_COMMANDS.search(line.body):
        words = len(line.body.split())
        goes_on = after == number + 1 and below.indent == line.indent and len(below.pieces) == 1
        if goes_on and below.body[0].islower() and len(below.body.split()) > 3:
            return False  # the first line of a sentence
        return words <= 4 or (words <= 10 and bool(_SEVERAL.search(line.body)))
    deeper = below.indent > line.indent and before.blank
    capitals = line.body.upper() == line.body and any(map(str.isalpha, line.body))
    return (deeper and len(line.body.split()) <= 12) or (before.blank and capitals and option)


def _usage(lines: list[Line], number: int, match: re.Match[str], parts: Parts, program: str) -> int:
    """Take the lines of a usage that begins at a number; return where it ends."""
    parts.usage_seen = True
    line = lines[number]
    if match["of"] and match["of"] != "$ " and not match["rest"]:
        parts.forms.append(match["of"])
        return number + 1
    start = line.indent + line.body.index(match["rest"]) if match["rest"] else -1
    forms = [_form(Line(match["rest"]))] if match["rest"] else []
    number += 1
    if not forms:
        return _block(lines, number, line.indent, parts, program)
    while number < len(lines):
        line = lines[number]
        again = _OR.match(line.body) or _or_again(line.body, forms[0])
        if again:
            forms.append(_form(Line(again["rest"])))
        elif line.blank or _ends_usage(line, start, program):
            break
        elif _called(line.body, forms[0]):
            forms.append(line.body)
        else:
            forms[-1] += " " + line.body
        number += 1
    parts.forms.extend(forms)
    return number


def _or_again(body: str, form: str) -> re.Match[str] | None:
    """Return another form behind a bare `or`."""
    found = re.match(r"or\s{1,8}(?P<rest>.{1,2000})", body)
    return found if found and _called(found["rest"], form) else None


def _ends_usage(line: Line, start: int, program: str) -> bool:
    """Say whether a line below the first of a usage is none of it."""
    if _goes_on(line.body, program) and not (
        line.body[0] in "[{<" and len(line.pieces) > 1 and line.indent < 2
    ):
        return False
    return line.indent < 2 or begins_entry(line, start) or not _looks_like_usage(line, start)


def begins_entry(line: Line, start: int) -> bool:
    """Say whether a line below a usage is an entry of a list: an option and words about it."""
    if not begins_option(line) or line.body[0] == "[":
        return False
    split = split_option(line)
    return split is not None and (bool(split.text) or line.indent < max(start, 4))


def bracketed(line: Line) -> bool:
    """Say whether a line is a row of options in brackets, as in a usage, and has no words."""
    return line.body[:2] == "[-" and len(line.pieces) == 1 and line.body[-1] in "])."


def _looks_like_usage(line: Line, start: int) -> bool:
    """Say whether an indented line goes on with a usage: brackets, or set as deep as its start."""
    marked = bool(re.search(r"[\]>})]|\.\.\.|[A-Z]{3}", line.body))
    words = re.findall(r"(?<!\S)[a-z]+(?!\S)", line.body)
    if len(words) > 3 and len(words) * 2 > len(line.body.split()):
        return False
    return line.body[0] in "[<{(|" or marked or line.indent >= max(start - 1, 2)


def _goes_on(body: str, program: str) -> bool:
    return body[:1] in "[<{|" or (bool(program) and body.partition(" ")[0] == program)


def _called(body: str, form: str) -> bool:
    """Say whether a line begins with the same program as the first form."""
    return body.partition(" ")[0] == form.partition(" ")[0]


def _block(lines: list[Line], number: int, indent: int, parts: Parts, program: str) -> int:
    """Take the lines below a title `Usage:`, to the first that stands no deeper."""
    first, name = -1, ""
    for place in range(number, len(lines)):
        line = lines[place]
        if line.blank:
            if first >= 0 and not _resumes(lines, place, first, name):
                return place
            continue
        name = name or line.body.partition(" ")[0]
        called = _called(line.body, name)
        if _ends_block(line, indent, program, called=called):
            return place
        first = line.indent if first < 0 else first
        if called or indent < line.indent <= first:
            parts.forms.append(_form(line))
        elif parts.forms:
            if not _looks_like_usage(line, 2):
                return place
            parts.forms[-1] += " " + line.body
    return len(lines)


def _ends_block(line: Line, indent: int, program: str, *, called: bool) -> bool:
    """Say whether a line below a title `Usage:` belongs to it no more."""
    if line.indent <= indent and not (called and (line.indent or _calls(line.body, program))):
        return True
    return line.body.endswith(":") or (begins_option(line) and line.body[0] != "[")


def _calls(body: str, program: str) -> bool:
    return not program or body.partition(" ")[0].rpartition("/")[2] == program


def _resumes(lines: list[Line], number: int, first: int, name: str) -> bool:
    """Say whether behind a blank line another form of the usage stands."""
    following = number
    while following < len(lines) and lines[following].blank:
        following += 1
    if following >= len(lines):
        return False
    return lines[following].indent == first and _called(lines[following].body, name)


def _form(line: Line) -> str:
    """Return a form without the remark behind it."""
    pieces = line.pieces
    if len(pieces) > 1 and re.match(r"[A-Za-z#(]", pieces[-1][1]) and " " in pieces[-1][1]:
        return line.text[line.indent : pieces[-1][0]].strip()
    return line.body
