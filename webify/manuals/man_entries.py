"""Find the entries of a manual page: heads that name an option, and what stands under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from webify.manuals.facts import NO, YES, OptionFact
from webify.manuals.heads import read_head
from webify.manuals.man_text import BOLD, PLAIN, UNDERLINED, Line, folded
from webify.manuals.wording import default_in

# Lists of options in these sections show how they are used, or belong to other programs.
ELSEWHERE = re.compile(
    r"\A(?:NAME|SYNOPSIS|SEE ALSO|RELATED|EXAMPLES?|AUTHORS?|COPYRIGHT|HISTORY|BUGS|STANDARDS|"
    r"CONFORMING TO|EXIT (?:STATUS|CODES?|VALUES?)|RETURN VALUES?|DIAGNOSTICS|REPORTING BUGS|"
    r"COLOPHON|RESOURCES|LICENSE|VERSION HISTORY|COMPATIBILITY)\b",
    re.IGNORECASE,
)
DASHED = re.compile(r"[\[({]?(?:--?[\[(\w?#@:!$%^*~+.]|-\Z)")
OPERATOR = re.compile(r"\w{1,20} (-\w{1,20}) \w{1,20}(?=\Z|  )")
COLON = re.compile(r"(?<=[\w\]>}#]):\s{1,8}(?=\w)")
WORD = re.compile(r"\S{1,80}")
GAP = re.compile(r"[ ]{2,}")
BEFORE = re.compile(r"(?:[•·▪○o+*]\s{1,8}|\[!\] ?|! |\+\w, |-, )?\"?(?=-)")
PROSE = re.compile(
    r"(?:the|is|are|was|be|an|of|this|that|these|will|and|for|with|when|which|if|it|its|you|"
    r"not|can|must|may|should|has|have|also|does|do|by|from|only|then|than|all|any|use|used|"
    r"same|as|to|option|options|see|like)\Z"
)
PROSE_WITHIN = re.compile(r"\A[a-z]{2,20} (?:the|a|an|to|in|of|for|this|these|all|if|that)\b")
TAG = re.compile(r"(?P<name>[a-z][a-z0-9_.-]{1,40})(?=[ ,]|\Z)")
WIDEST = 60  # letters of a head with text behind it
TAGGED = 7  # how far behind its head a text begins where a page does not say otherwise
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
    kept = replace(_cut(line, before.end(), len(line.text)), indent=line.indent)
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
        gap = _gap(line) if DASHED.match(line.text) else None
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
    words = [word for word in _plain(line)[found.end() :].split() if word.isalpha()]
    return (
        set(line.styles[: found.end()]) == {BOLD}
        and len(words) < 2
        and not _titled(line, found.end())
    )


def _titled(line: Line, end: int) -> bool:
    """Say whether words of a title follow, such as `tool actions`."""
    return bool(re.match(r" (?:options|actions|flags|specific|commands)\b", line.text[end:]))


def _is_head(place: _Place, line: Line, before: Line | None, after: Line | None) -> bool:
    if not DASHED.match(line.text) and not _operator(line):
        return False
    goes_on = before is not None and not before.blank and before.indent == line.indent
    if before and goes_on and not DASHED.match(before.text) and not _operator(before):
        return False  # a paragraph
    head, rest = split_head(line, after, place.columns)
    if _prose(head):
        return False
    if rest.text or (after and after.indent > line.indent):
        return True
    fact = read_head(head.text, sure=False)
    listed = after is not None and after.indent == line.indent and bool(DASHED.match(after.text))
    return fact is not None and (_marked(head) or listed or not place.styled)


def _prose(head: Line) -> bool:
    """Say whether a head is a sentence that begins with an option."""
    words = _without_remark(_plain(head)).split()
    count = sum(bool(PROSE.match(word.strip(",.;").lower())) for word in words)
    return count > 1 or (count > 0 and len(head.text) > WIDEST) or head.text.endswith(". ")


def _operator(line: Line) -> bool:
    found = OPERATOR.match(line.text)
    return bool(found) and (line.styles[:1] == UNDERLINED or line.text.split()[0].isupper())


def _marked(head: Line) -> bool:
    letter = next((place for place, char in enumerate(head.text) if char not in "[({"), 0)
    return head.styles[letter : letter + 1] in {BOLD, UNDERLINED}


def _plain(head: Line) -> str:
    pairs = zip(head.text, head.styles, strict=True)
    return "".join(char if style == PLAIN else "\x00" for char, style in pairs)


def split_head(
    line: Line, after: Line | None = None, columns: frozenset[int] = frozenset()
) -> tuple[Line, Line]:
    """Part a head from the text that begins on the same line."""
    beyond = after.indent if after and after.indent > line.indent else line.indent + TAGGED
    for column in (beyond, *sorted(columns)):
        if _begins_text(line, column - line.indent, sure=column in columns):
            place = column - line.indent
            return _cut(line, 0, place), _cut(line, place, len(line.text))
    colon = COLON.search(line.text[: WIDEST * 2])
    if colon and read_head(_numbered(line.text[: colon.start()]), sure=False):
        return _cut(line, 0, colon.start()), _cut(line, colon.end(), len(line.text))
    gap = _gap(line)
    if gap and not _prose(_cut(line, 0, gap.start())):
        return _cut(line, 0, gap.start()), _cut(line, gap.end(), len(line.text))
    place = _sentence(line)
    if place:
        return _cut(line, 0, place), _cut(line, place, len(line.text))
    return line, Line("", "", 0)


def _gap(line: Line) -> re.Match[str] | None:
    """Return the wide gap behind a head; those between two spellings are none."""
    for gap in GAP.finditer(line.text[: WIDEST * 2]):
        if gap.start() > WIDEST:
            return None
        left, right = line.text[: gap.start()], line.text[gap.end() :]
        if not left.endswith((",", "|", " or")) and not re.match(r"-|or {1,4}-|[,|] {0,4}-", right):
            return gap
    return None


def _sentence(line: Line) -> int:
    """Return where plain words begin behind a bold head, or 0: `--all, -a If one of these`."""
    if not line.bold:
        return 0
    for found in WORD.finditer(line.text[: WIDEST * 2]):
        word, begin = found.group(), found.start()
        plain = set(line.styles[begin : found.end()]) == {PLAIN}
        if plain and word[0].isupper() and not word.isupper() and word.isalpha():
            return (
                begin
                if len(line.text[begin:].split()) > 2 and ", -" not in line.text[begin:]
                else 0
            )
        if plain and word.isupper() and len(word) == 1 and begin:
            return begin if len(line.text[begin:].split()) > 3 else 0
        if plain and word.isalpha() and word.islower():
            named = any(not each.startswith("-") for each in line.text[:begin].split())
            return begin if named and PROSE_WITHIN.search(line.text[begin:]) else 0
    return 0


def _begins_text(line: Line, place: int, *, sure: bool) -> bool:
    """Say whether words begin at a place where the column of texts is."""
    text, styles = line.text, line.styles
    if not 1 < place < len(text) or text[place - 1] != " " or text[place] == " ":
        return False
    if GAP.search(text[:place].rstrip()) or _prose(_cut(line, 0, place)):
        return False  # the text began before
    if text[place] in "-[<{=|" or text[:place].rstrip().endswith((",", "|", " or")):
        return False
    rest = text[place:]
    if styles[place] == UNDERLINED or len(rest.split()) < 2:
        return text[place - 2] == " "
    if text[place - 2] == " " or sure:
        return True
    if set(styles[place : place + 2]) != {PLAIN} or ", -" in rest[:WIDEST] or " -" in rest[:20]:
        return False
    return (rest[0].isupper() or rest[0] == "(" or styles[:1] == BOLD) and len(rest.split()) > 1


def _cut(line: Line, begin: int, end: int) -> Line:
    return Line(line.text[begin:end], line.styles[begin:end], line.indent + begin)


def facts_of(entry: Entry) -> list[OptionFact]:
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
    text = _numbered(_without_remark(_apart(head))).replace("; -", ", -")
    fact = read_head(text, sure=True)
    if fact is None:
        return []
    fact = replace(fact, default=fact.default or default_in(head.text))
    if fact.value == NO and _value_follows(head):
        fact = replace(fact, value=YES)
    return [fact]


def _apart(head: Line) -> str:
    """Put a blank between an option and the underlined name of a value glued to it."""
    pieces = []
    for place, char in enumerate(head.text):
        word = head.text[:place].rpartition(" ")[2]
        glued = head.styles[place - 1 : place + 1] in {BOLD + UNDERLINED, PLAIN + UNDERLINED}
        if glued and word.startswith("-") and word[-1:].isalnum() and char.isalnum():
            pieces.append(" ")
        pieces.append(char)
    return "".join(pieces)


def _numbered(text: str) -> str:
    """Write a number sign glued to a short option, `-T#`, as a value apart."""
    return re.sub(r"(?<![\w-])(-[A-Za-z])#", r"\1 N", text)


def _without_remark(text: str) -> str:
    """Leave out a remark in brackets behind a head: (since 1.2), [if built with it]."""
    text = re.sub(r"(?<=[\w>\]}\x00]) {1,4}\((?!-)[^()|]{1,80}\)\Z", "", text)
    return re.sub(r"(?<=[\w>\]}\x00]) {1,4}\[\w+ \w+ \w[^\[\]|<>=]{1,80}\]\Z", "", text)


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
