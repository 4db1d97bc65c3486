"""Part the head of an entry of a manual page from the text behind it on the same line."""

from __future__ import annotations

import re

from webify.manuals.heads import read_head
from webify.manuals.man_text import BOLD, PLAIN, UNDERLINED, Line

OPERATOR = re.compile(r"\w{1,20} (-\w{1,20}) \w{1,20}(?=\Z|  )")
COLON = re.compile(r"(?<=[\w\]>}#]):\s{1,8}(?=\w)")
WORD = re.compile(r"\S{1,80}")
GAP = re.compile(r"[ ]{2,}")
PROSE = re.compile(
    r"(?:the|is|are|was|be|an|of|this|that|these|will|and|for|with|when|which|if|it|its|you|"
    r"not|can|must|may|should|has|have|also|does|do|by|from|only|then|than|all|any|use|used|"
    r"same|as|to|option|options|see|like)\Z"
)
PROSE_WITHIN = re.compile(r"\A[a-z]{2,20} (?:the|a|an|to|in|of|for|this|these|all|if|that)\b")
WIDEST = 60  # letters of a head with text behind it
TAGGED = 7  # how far behind its head a text begins where a page does not say otherwise


def split_head(
    line: Line, after: Line | None = None, columns: frozenset[int] = frozenset()
) -> tuple[Line, Line]:
    """Part a head from the text that begins on the same line."""
    beyond = after.indent if after and after.indent > line.indent else line.indent + TAGGED
    for column in (beyond, *sorted(columns)):
        if _begins_text(line, column - line.indent, sure=column in columns):
            place = column - line.indent
            return cut(line, 0, place), cut(line, place, len(line.text))
    colon = COLON.search(line.text[: WIDEST * 2])
    if colon and read_head(numbered(line.text[: colon.start()]), sure=False):
        return cut(line, 0, colon.start()), cut(line, colon.end(), len(line.text))
    gap = gap_behind(line)
    if gap and not prose(cut(line, 0, gap.start())):
        return cut(line, 0, gap.start()), cut(line, gap.end(), len(line.text))
    place = _sentence(line)
    if place:
        return cut(line, 0, place), cut(line, place, len(line.text))
    return line, Line("", "", 0)


def gap_behind(line: Line) -> re.Match[str] | None:
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
    if GAP.search(text[:place].rstrip()) or prose(cut(line, 0, place)):
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


def cut(line: Line, begin: int, end: int) -> Line:
    """Return a part of a line, at its place."""
    return Line(line.text[begin:end], line.styles[begin:end], line.indent + begin)


def prose(head: Line) -> bool:
    """Say whether a head is a sentence that begins with an option."""
    words = without_remark(plain(head)).split()
    count = sum(bool(PROSE.match(word.strip(",.;").lower())) for word in words)
    return count > 1 or (count > 0 and len(head.text) > WIDEST) or head.text.endswith(". ")


def operator(line: Line) -> bool:
    """Say whether a line begins with an operator between two values, such as `FILE -nt FILE`."""
    found = OPERATOR.match(line.text)
    return bool(found) and (line.styles[:1] == UNDERLINED or line.text.split()[0].isupper())


def plain(head: Line) -> str:
    """Return the letters of a head that are not bold or underlined, others as NUL."""
    pairs = zip(head.text, head.styles, strict=True)
    return "".join(char if style == PLAIN else "\x00" for char, style in pairs)


def numbered(text: str) -> str:
    """Write a number sign glued to a short option, `-T#`, as a value apart."""
    return re.sub(r"(?<![\w-])(-[A-Za-z])#", r"\1 N", text)


def without_remark(text: str) -> str:
    """Leave out a remark in brackets behind a head: (since 1.2), [if built with it]."""
    text = re.sub(r"(?<=[\w>\]}\x00]) {1,4}\((?!-)[^()|]{1,80}\)\Z", "", text)
    return re.sub(r"(?<=[\w>\]}\x00]) {1,4}\[\w+ \w+ \w[^\[\]|<>=]{1,80}\]\Z", "", text)
