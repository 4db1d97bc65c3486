"""Find the entries of a manual page: heads that name an option, and what stands under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from webify.manuals.heads import read_head
from webify.manuals.man_heads import cut, gap_behind, operator, plain, prose, split_head
from webify.manuals.man_text import BOLD, PLAIN, UNDERLINED, Line

# Lists of options in these sections show how they are used, or belong to other programs.
ELSEWHERE = re.compile(
    r"\A(?:NAME|SYNOPSIS|SEE ALSO|RELATED|EXAMPLES?|AUTHORS?|COPYRIGHT|HISTORY|BUGS|STANDARDS|"
    r"CONFORMING TO|EXIT (?:STATUS|CODES?|VALUES?)|RETURN VALUES?|DIAGNOSTICS|REPORTING BUGS|"
    r"COLOPHON|RESOURCES|LICENSE|VERSION HISTORY|COMPATIBILITY)\b",
    re.IGNORECASE,
)
DASHED = re.compile(r"[\[({]?(?:--?[\[(\w?#@:!$%^*~+.]|-\Z)")
BEFORE = re.compile(r"(?:[•·▪○o+*]\s{1,8}|\[!\] ?|! |\+\w, |-, )?\"?(?=-)")
TAG = re.compile(r"(?P<name>[a-z][a-z0-9_.-]{1,40})(?=[ ,]|\Z)")
MOST_HEADS = 6_000  # in one section
MOST_LINES = 100_000  # of one section
SUBSECTION = 4  # what stands less far to the right is a heading within a section


@dataclass
class Entry:
    """A tag with its text: heads that follow each other without text in between share it.

    below  the command under whose tag it stands
    flat   its text stands no further to the right than its head
    column where its text begins on the line of its head, or 0
    """

    heads: list[Line]
    body: list[Line] = field(default_factory=list)
    indent: int = 0
    group: str = ""
    below: str = ""
    flat: bool = False
    column: int = 0


@dataclass
class _Place:
    """Where the reading stands in a section."""

    group: str = ""
    open: Entry | None = None
    tag: tuple[int, str] = (-1, "")
    styled: bool = True
    columns: frozenset[int] = frozenset()
    heads: int = 0


def entries_of(title: str, lines: tuple[Line, ...], *, styled: bool = True) -> list[Entry]:
    """Return the entries of a section; styled: the page has bold letters to go by."""
    found: list[Entry] = []
    lines = tuple(_unbulleted(line) for line in lines)
    place = _Place(group=title, styled=styled, columns=_columns(lines))
    before: Line | None = None
    for number, line in enumerate(lines):
        after = next((each for each in lines[number + 1 : number + 6] if not each.blank), None)
        if place.heads > MOST_HEADS or number > MOST_LINES:
            break
        _take(place, line, before, after, found, title)
        before = line
    return found


def _unbulleted(line: Line) -> Line:
    """Leave out what may stand before an option: a bullet, a quotation mark, [!], `+s,`."""
    before = BEFORE.match(line.text)
    if before is None or not DASHED.match(line.text[before.end() :]):
        return line
    kept = replace(cut(line, before.end(), len(line.text)), indent=line.indent)
    mark = kept.text.find('"') if before.group().endswith('"') else -1
    if mark < 0:
        return kept
    return replace(
        kept,
        text=kept.text[:mark] + kept.text[mark + 1 :],
        styles=kept.styles[:mark] + kept.styles[mark + 1 :],
    )


def _columns(lines: tuple[Line, ...]) -> frozenset[int]:
    """Return the columns where, by wide gaps, the texts behind heads begin."""
    counts: dict[int, int] = {}
    for line in lines:
        gap = gap_behind(line) if DASHED.match(line.text) else None
        if gap:
            column = line.indent + gap.end()
            counts[column] = counts.get(column, 0) + 1
    return frozenset(column for column, count in counts.items() if count > 2)


def _take(
    place: _Place,
    line: Line,
    before: Line | None,
    after: Line | None,
    found: list[Entry],
    title: str,
) -> None:
    entry = place.open
    if line.blank:
        if entry:
            entry.body.append(line)
        return
    if entry and line.indent > entry.indent and not _beside(place, entry, line):
        entry.body.append(line)
        return
    if entry and _below(place, entry, line, before, after):
        entry.flat = True
        entry.body.append(line)
        return
    _leave(place, line, before, after, found, title)


def _leave(
    place: _Place,
    line: Line,
    before: Line | None,
    after: Line | None,
    found: list[Entry],
    title: str,
) -> None:
    """Read a line that belongs to no entry above it."""
    entry = place.open
    if place.tag[0] >= line.indent:
        place.tag = (-1, "")
    place.open = None
    if _is_head(place, line, before, after):
        _open(place, line, after, found)
    elif line.indent < SUBSECTION:
        place.group = line.text
    elif _is_tag(line, after):
        place.tag = (line.indent, line.text.split()[0].rstrip(","))
    elif after and after.indent > line.indent and _is_group(line):
        place.group = line.text.rstrip(":")
    elif line.indent <= SUBSECTION + 3 and not line.bold:
        place.group = place.group if entry else title


def _beside(place: _Place, entry: Entry, line: Line) -> bool:
    """Say whether an option whose text begins in the same column is a neighbour, not a part."""
    if not entry.column or not DASHED.match(line.text):
        return False
    return split_head(line, None, place.columns)[1].indent == entry.column


def _below(
    place: _Place, entry: Entry, line: Line, before: Line | None, after: Line | None
) -> bool:
    """Say whether a paragraph as far to the left as the head above it is its text."""
    if line.indent != entry.indent or _is_head(place, line, before, after):
        return False
    alone = before is not None and before.blank and not any(each.text for each in entry.body)
    return entry.flat or (alone and not line.bold and _marked(entry.heads[-1]))


def _open(place: _Place, line: Line, after: Line | None, found: list[Entry]) -> None:
    head, rest = split_head(line, after, place.columns)
    last = found[-1] if found else None
    alone = last and not any(not each.blank for each in last.body)
    if last and alone and last.indent == line.indent:
        last.heads.append(head)
        entry = last
    else:
        entry = Entry([head], indent=line.indent, group=place.group, below=place.tag[1])
        found.append(entry)
    entry.body = [rest] if rest.text else []
    entry.column = rest.indent
    place.open = entry
    place.heads += 1


def _is_group(line: Line) -> bool:
    return line.text.endswith(":") or (line.styles.count(PLAIN) <= line.text.count(" ") + 2)


def _is_tag(line: Line, after: Line | None) -> bool:
    """Say whether this is a bold lower-case word with text under it: a command of its own."""
    found = TAG.match(line.text)
    if not found or not after or after.indent <= line.indent or line.text.endswith(":"):
        return False
    words = [word for word in plain(line)[found.end() :].split() if word.isalpha()]
    return (
        set(line.styles[: found.end()]) == {BOLD}
        and len(words) < 2
        and not _titled(line, found.end())
    )


def _titled(line: Line, end: int) -> bool:
    """Say whether words of a title follow, such as `tool actions`."""
    return bool(re.match(r" (?:options|actions|flags|specific|commands)\b", line.text[end:]))


def _is_head(place: _Place, line: Line, before: Line | None, after: Line | None) -> bool:
    if not DASHED.match(line.text) and not operator(line):
        return False
    goes_on = before is not None and not before.blank and before.indent == line.indent
    if before and goes_on and not DASHED.match(before.text) and not operator(before):
        return False  # a paragraph
    head, rest = split_head(line, after, place.columns)
    if prose(head):
        return False
    if rest.text or (after and after.indent > line.indent):
        return True
    fact = read_head(head.text, sure=False)
    listed = after is not None and after.indent == line.indent and bool(DASHED.match(after.text))
    return fact is not None and (_marked(head) or listed or not place.styled)


def _marked(head: Line) -> bool:
    letter = next((place for place, char in enumerate(head.text) if char not in "[({"), 0)
    return head.styles[letter : letter + 1] in {BOLD, UNDERLINED}
