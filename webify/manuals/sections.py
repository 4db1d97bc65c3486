"""Part the lines of a help text into its usage and its sections, each under its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from webify.manuals.lines import Line
from webify.manuals.splitting import begins_option

_USAGE = re.compile(
    r"(?P<word>usage|synopsis|syntax|aufruf|verwendung|utilisation|uso|usos?|modo de uso|gebruik|sintassi|användning"
    r"|sposób użycia|použití|használat|kullanım|использование|用法|使用法|使い方|사용법|brug|käyttö|bruk)"
    r"(?: of (?P<of>[\w./-]{1,80}))?\s{0,4}(?::|：|$)\s{0,40}(?P<rest>.{0,4000})",
    re.IGNORECASE,
)
_OR = re.compile(
    r"^(?:or|oder|ou|o|of|または|или)\s{0,3}:\s{1,8}(?P<rest>.{1,2000})", re.IGNORECASE
)
_LONGEST_TITLE = 110
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
    number = 0
    while number < len(lines):
        line = lines[number]
        usage = _USAGE.fullmatch(line.body) if line.indent <= 8 and len(parts.forms) < 60 else None
        if usage and not (parts.usage_seen and not usage["rest"] and parts.forms):
            number = _usage(lines, number, usage, parts, program)
            continue
        if _titles(lines, number, ahead, slashes):
            parts.sections.append(Section(line.body.rstrip(": ")))
        else:
            parts.sections[-1].lines.append(line)
        number += 1
    return parts


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
        or begins_option(line, slashes=slashes)
    ):
        return False
    after = ahead[number]
    below = lines[after] if after < len(lines) else None
    before = lines[number - 1] if number else Line("")
    if below is None or len(line.pieces) > 1:
        return False
    colon = line.body.endswith((":", "："))
    option = begins_option(below, slashes=slashes)
    if colon:
        return (
            below.indent > line.indent
            or (option and below.indent >= line.indent)
            or (before.blank and after > number + 1)
        )
    if _NO_TITLE.search(line.body):
        return False
    deeper = below.indent > line.indent and before.blank
    capitals = line.body.upper() == line.body and any(map(str.isalpha, line.body))
    return (deeper and len(line.body.split()) <= 12) or (before.blank and capitals and option)


def _usage(lines: list[Line], number: int, match: re.Match[str], parts: Parts, program: str) -> int:
    """Take the lines of a usage that begins at a number; return where it ends."""
    parts.usage_seen = True
    line = lines[number]
    if match["of"] and not match["rest"]:
        parts.forms.append(match["of"])
        return number + 1
    start = line.indent + line.body.index(match["rest"]) if match["rest"] else -1
    forms = [match["rest"]] if match["rest"] else []
    number += 1
    if not forms:
        return _block(lines, number, line.indent, parts, program)
    while number < len(lines):
        line = lines[number]
        again = _OR.match(line.body)
        if again:
            forms.append(again["rest"])
        elif (
            line.blank or line.indent <= lines[number - 1].indent - 60 or begins_entry(line, start)
        ):
            break
        elif not line.indent and not _goes_on(line.body, program):
            break
        elif _called(line.body, forms[0]):
            forms.append(line.body)
        elif line.indent or _goes_on(line.body, program):
            if line.indent < 2 and not _goes_on(line.body, program):
                break
            if not _looks_like_usage(line, start):
                break
            forms[-1] += " " + line.body
        number += 1
    parts.forms.extend(forms)
    return number


def begins_entry(line: Line, start: int) -> bool:
    """Say whether a line below a usage is an entry of a list: an option and words behind a gap."""
    return (
        begins_option(line)
        and len(line.pieces) > 1
        and line.indent < max(start, 4)
        and not line.body.startswith("[")
    )


def _looks_like_usage(line: Line, start: int) -> bool:
    """Say whether an indented line goes on with a usage: brackets, or set as deep as its start."""
    return (
        line.indent >= max(start - 1, 2)
        or line.body[:1] in "[<{(|"
        or bool(re.search(r"[\]>}]|\.\.\.", line.body))
    )


def _goes_on(body: str, program: str) -> bool:
    return body[:1] in "[<{|" or (bool(program) and body.split(" ")[0] == program)


def _called(body: str, form: str) -> bool:
    """Say whether a line begins with the same program as the first form."""
    return body.split(" ")[0] == form.split(" ")[0]


def _block(lines: list[Line], number: int, indent: int, parts: Parts, program: str) -> int:
    """Take the lines below a title `Usage:`, to the first that stands no deeper."""
    first, name = -1, ""
    while number < len(lines):
        line = lines[number]
        if line.blank:
            if first >= 0 and not _resumes(lines, number, first, name, program):
                break
            number += 1
            continue
        name = name or line.body.split(" ")[0]
        if line.indent <= indent and not (
            _called(line.body, name) and (line.indent or _calls(line.body, program))
        ):
            break
        if begins_option(line) and first < 0:
            break
        if first < 0:
            first = line.indent
        if line.indent <= first or _called(line.body, name):
            if line.indent > indent or _called(line.body, name):
                parts.forms.append(_form(line))
        elif parts.forms:
            parts.forms[-1] += " " + line.body
        number += 1
    return number


def _calls(body: str, program: str) -> bool:
    return not program or body.split(" ")[0].rpartition("/")[2] == program


def _resumes(lines: list[Line], number: int, first: int, name: str, program: str) -> bool:
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
