"""Find the entries of a manual page: heads that name an option, and what stands under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from webify.manuals.facts import NO, YES, OptionFact
from webify.manuals.heads import read_head
from webify.manuals.man_text import BOLD, PLAIN, UNDERLINED, Line, folded

# Lists of options in these sections show how they are used, or belong to other programs.
ELSEWHERE = re.compile(
    r"\A(?:NAME|SYNOPSIS|SEE ALSO|RELATED|EXAMPLES?|AUTHORS?|COPYRIGHT|HISTORY|BUGS|STANDARDS|"
    r"CONFORMING TO|EXIT (?:STATUS|CODES?|VALUES?)|RETURN VALUES?|DIAGNOSTICS|REPORTING BUGS|"
    r"COLOPHON|RESOURCES|LICENSE|VERSION HISTORY|COMPATIBILITY)\b",
    re.IGNORECASE,
)
DASHED = re.compile(r"[\[({]?(?:--?[\[(\w?#@:!$%^*~+.]|-\Z)")
OPERATOR = re.compile(r"\w{1,20} (-\w{1,20}) \w{1,20}\Z")
GAP = re.compile(r"[ ]{2,}")
SENTENCE = re.compile(r"[a-z]{2,20},? [a-z]{2,20},? [a-z']{1,20}\b")
TAG = re.compile(r"(?P<name>[a-z][a-z0-9_.-]{1,40})(?=[ ,]|\Z)")
SUBSECTION = 4  # what stands less far to the right is a heading within a section


@dataclass
class Entry:
    """A tag with its text: heads that follow each other without text in between share it."""

    heads: list[Line]
    body: list[Line] = field(default_factory=list)
    indent: int = 0
    group: str = ""
    below: str = ""


@dataclass
class _Place:
    """Where the reading stands in a section."""

    group: str = ""
    open: Entry | None = None
    tag: tuple[int, str] = (-1, "")
    styled: bool = True


def entries_of(title: str, lines: tuple[Line, ...], *, styled: bool = True) -> list[Entry]:
    """Return the entries of a section; styled: the page has bold letters to go by."""
    found: list[Entry] = []
    place = _Place(group=title, styled=styled)
    before: Line | None = None
    for number, line in enumerate(lines):
        after = next((each for each in lines[number + 1 : number + 6] if not each.blank), None)
        _take(place, line, before, after, found, title)
        before = line
    return found


def _take(
    place: _Place, line: Line, before: Line | None, after: Line | None, found: list[Entry], title: str
) -> None:
    entry = place.open
    if line.blank:
        if entry:
            entry.body.append(line)
        return
    if entry and line.indent > entry.indent:
        entry.body.append(line)
        return
    if place.tag[0] >= line.indent:
        place.tag = (-1, "")
    place.open = None
    if line.indent < SUBSECTION:
        place.group = line.text
    elif _is_head(line, before, after, styled=place.styled):
        _open(place, line, found)
    elif _is_tag(line, after):
        place.tag = (line.indent, line.text.split()[0].rstrip(","))
    elif after and after.indent > line.indent and _is_group(line):
        place.group = line.text.rstrip(":")
    elif line.indent <= SUBSECTION + 3 and not line.bold:
        place.group = place.group if entry else title
    return


def _open(place: _Place, line: Line, found: list[Entry]) -> None:
    head, rest = split_head(line)
    last = found[-1] if found else None
    if last and last.indent == line.indent and not any(not each.blank for each in last.body):
        last.heads.append(head)
        entry = last
    else:
        entry = Entry([head], indent=line.indent, group=place.group, below=place.tag[1])
        found.append(entry)
    entry.body = [rest] if rest.text else []
    place.open = entry


def _is_group(line: Line) -> bool:
    return line.text.endswith(":") or (line.styles.count(PLAIN) <= line.text.count(" ") + 2)


def _is_tag(line: Line, after: Line | None) -> bool:
    """Say whether this is a bold lower-case word with text under it: a command of its own."""
    found = TAG.match(line.text)
    if not found or not after or after.indent <= line.indent or line.text.endswith(":"):
        return False
    return set(line.styles[: found.end()]) == {BOLD}


def _is_head(line: Line, before: Line | None, after: Line | None, *, styled: bool) -> bool:
    if not DASHED.match(line.text) and not _operator(line):
        return False
    goes_on = before is not None and not before.blank and before.indent == line.indent
    if goes_on and not DASHED.match(before.text if before else ""):
        return False
    head, rest = split_head(line)
    if SENTENCE.search(_plain(head)) and len(head.text) > 60:
        return False
    if rest.text or (after and after.indent > line.indent):
        return not styled or _marked(head) or not SENTENCE.search(_plain(head))
    fact = read_head(head.text, sure=False)
    return fact is not None and (_marked(head) or not styled)


def _operator(line: Line) -> bool:
    return bool(OPERATOR.match(line.text)) and line.styles[:1] == UNDERLINED and BOLD in line.styles


def _marked(head: Line) -> bool:
    letter = next((place for place, char in enumerate(head.text) if char not in "[({"), 0)
    return head.styles[letter : letter + 1] in {BOLD, UNDERLINED}


def _plain(head: Line) -> str:
    pairs = zip(head.text, head.styles, strict=True)
    return "".join(char if style == PLAIN else "\x00" for char, style in pairs)


def split_head(line: Line) -> tuple[Line, Line]:
    """Part a head from the text that begins on the same line."""
    for gap in GAP.finditer(line.text):
        left = line.text[: gap.start()].rstrip()
        if left and not left.endswith((",", "|", " or")) and gap.start() <= 60:
            return _cut(line, 0, len(left)), _cut(line, gap.end(), len(line.text))
        if gap.start() > 60:
            break
    place = _tight(line)
    if place:
        return _cut(line, 0, place), _cut(line, place + 1, len(line.text))
    return line, Line("", "", 0)


def _tight(line: Line) -> int:
    """Return where a short head ends whose text follows after one blank, or 0.

    Tags as wide as their column leave one blank: `--help display this help and exit`.
    """
    if line.styles[:1] != BOLD:
        return 0
    end = len(line.styles) - len(line.styles.lstrip(BOLD))
    if end in (6, 7) and line.text[end : end + 1] == " " and end + 1 < len(line.text):
        rest = line.text[end + 1 :]
        if set(line.styles[end + 1 : end + 4]) == {PLAIN} and SENTENCE.match(rest.lower()):
            return end
    return 0


def _cut(line: Line, begin: int, end: int) -> Line:
    return Line(line.text[begin:end], line.styles[begin:end], line.indent + begin)


def facts_of(entry: Entry, words: dict[str, OptionFact] | None = None) -> list[OptionFact]:
    """Return the options that an entry names, with its text."""
    text = folded(entry.body)
    facts = [fact for head in entry.heads for fact in _head_facts(head)]
    joined: list[OptionFact] = []
    for fact in facts:
        if joined and _same(joined[-1], fact):
            joined[-1] = _both(joined[-1], fact)
        else:
            joined.append(fact)
    return [replace(fact, help=text, group=entry.group) for fact in joined]


def _head_facts(head: Line) -> list[OptionFact]:
    operator = OPERATOR.match(head.text)
    if operator and _operator(head):
        return [OptionFact((operator[1],), value=NO)]
    fact = read_head(_without_remark(head.text), sure=True)
    if fact is None:
        return []
    if fact.value == NO and _value_follows(head):
        fact = replace(fact, value=YES)
    return [fact]


def _without_remark(text: str) -> str:
    """Leave out a remark in brackets behind a head: (since 1.2), (POSIX)."""
    return re.sub(r"(?<=[\w>\]}]) {1,4}\((?!-)[^()|]{1,80}\)\Z", "", text)


def _value_follows(head: Line) -> bool:
    """Say whether underlined letters stand behind the bold ones: the name of a value."""
    bold = head.styles.rfind(BOLD)
    behind = head.styles[bold + 1 :]
    return bold >= 0 and UNDERLINED in behind and not head.text[bold + 1 :].lstrip().startswith("[")


def _same(one: OptionFact, other: OptionFact) -> bool:
    """Say whether two heads of one text are spellings of one option: a short and a long one."""
    long_one = [each for each in one.spellings if each.startswith("--")]
    long_other = [each for each in other.spellings if each.startswith("--")]
    return bool(long_one) != bool(long_other) and len(one.spellings) == len(other.spellings) == 1


def _both(one: OptionFact, other: OptionFact) -> OptionFact:
    rich = other if one.value in {"", NO} else one
    return replace(rich, spellings=(*one.spellings, *other.spellings))
