"""Blocks of "name: value" lines, three or more; those with the same names are one table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.record import Record, Style, is_ruler
from webify.readers.shapes import Answer, Body
from webify.readers.terminal import Line

NAME = "pairs"
HOLDS = re.compile(r"[:=]|\. ?\.")

_FEWEST = 3
_SURE = 5  # so many pairs are pairs even where nothing is aligned
_MOST_SEEN = 60  # lines in which the first pairs must come
_LONGEST = 4_000
_COLON = re.compile(
    r"(?P<name>\s*[%#@_]{0,2}[^\W_][^:=\t\"'{}<>;,|]{0,47}?)(?P<gap>\s*):(?:(?P<space>\s+)(?P<value>\S.*)|\s*)\Z"
)
_MARK = re.compile(r"[:=]|\. ?\.")
_PADDED = re.compile(
    r"(?P<name>\s{0,40}[%#@_]{0,2}[^\W_][^:=.\t\"'{}<>;,|()]{0,47}?(?: \([^()=]{1,12}\))?)"
    r"(?P<gap>\s+)=(?:(?P<space>\s+)(?P<value>\S.*)|\s*)\Z"
)
_DOTS = re.compile(
    r"(?P<name>\s*[%#@_]{0,2}[^\W_][^:=\t\"'{}<>;,|]{0,47}?)(?P<gap> ?(?:\. ?){3,})"
    r"(?::(?:(?P<space>\s+)(?P<value>\S.*)|\s*)|(?P<blank>\s*)(?P<bare>[^\s.:].*))\Z"
)
_EQUALS = re.compile(
    r"(?P<name>[%#@]?[^\W\d][\w.\-]{0,60})(?P<gap>)=(?P<space>)(?P<value>(?![\s(=])[^$\"'`]*)\Z"
)
_NO_NAME = re.compile(
    r"\s*(?:def|class|if|elif|else|for|while|try|except|finally|with|case|default|switch|return|"
    r"import|public|private|error|warning|warn|info|debug|notice|note|fatal|critical|trace|hint|"
    r"usage|file)\b",
    re.IGNORECASE,
)
_DUMP = re.compile(r"\s*[0-9a-f]{4,16}:\s+(?:[0-9a-f]{2}){1,4}(?:\s|\Z)")  # bytes behind an offset
_REMARK = re.compile(r"[,;{]\s*(?://|/\*)")  # behind a line of source code
_APART = re.compile(r"\S(?: {3,}|\t)\s*\S")  # rather the cells of a row than one value
_CODE_END = (",", ";", "{", "(", "[", "\\")
_MOST_WORDS = 5
_MOST_DIGITS = 3  # of the number of an item
_ENDS = (".", "!", "?", "…")
_SHORT = 3  # words of a name where nothing is aligned
_INDENT = 3  # blanks before a name where nothing is aligned: rather source code


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find three pairs with different names; more, where nothing is aligned."""
    first = lines[at].text
    if len(first) > _LONGEST or not _MARK.search(first):
        return Answer.NO
    for pattern in (_DOTS, _COLON, _PADDED, _EQUALS):
        pair = read_pair(pattern, first)
        if pair is not None and pair["value"]:
            return _block(lines, at, pattern, over=over)
    return Answer.NO


def read_pair(pattern: re.Pattern[str], text: str, *, inside: bool = False) -> re.Match[str] | None:
    """Return the parts of a line that may be a pair; inside: pairs stand above it."""
    found = pattern.match(text) if len(text) <= _LONGEST else None
    if found is None or len(found["name"].split()) > _MOST_WORDS:
        return None
    if pattern is _COLON and (_NO_NAME.match(text) or _DUMP.match(text)):
        return None
    value = found["value"] or ""
    if _REMARK.search(value):
        return None
    return None if value.endswith(_CODE_END) and not (inside and value[-1] == ",") else found


def _block(
    lines: Sequence[Line], at: int, pattern: re.Pattern[str], *, over: bool
) -> Body | Answer:
    found, used, ended = _first(lines, at, pattern)
    if _again(found) and not _sentences(found):
        return _body(pattern, found)
    if len({_name(pair) for pair in found}) < len(found) or _counted(found):
        return Answer.NO
    if len(found) == _FEWEST and _aligned(found):
        return Answer.NO if _rows(found) else _body(pattern, found)
    blank = ended and (not lines[at + used].text.strip() or is_ruler(lines[at + used].text))
    if len(found) < _FEWEST and ended and not blank:
        return Answer.NO
    if len(found) < _SURE and not ended and not over and used < _MOST_SEEN:
        return Answer.WAIT
    if len(found) < _FEWEST or pattern is _PADDED or _sentences(found) or _rows(found):
        return Answer.NO
    if any(len(p["name"].split()) > _SHORT or p["name"][:_INDENT].isspace() for p in found):
        return Answer.NO
    return _body(pattern, found) if len(found) == _SURE or blank or over else Answer.NO


def _first(
    lines: Sequence[Line], at: int, pattern: re.Pattern[str]
) -> tuple[list[re.Match[str]], int, bool]:
    """Return the first pairs, as many as decide; how many lines they take, and if they end."""
    found: list[re.Match[str]] = []
    for used, line in enumerate(lines[at : at + _MOST_SEEN]):
        pair = None if line.more else read_pair(pattern, line.text, inside=bool(found))
        if found and _goes_on(found, line.text, pair):
            continue
        if pair is None:
            return found, used, True
        found.append(pair)
        begins = len(found) == _SURE and _name(found[-1]) == _name(found[0])
        if (
            (len(found) >= _SURE and not begins)
            or _again(found)
            or (len(found) == _FEWEST and _aligned(found))
        ):
            return found, used + 1, False
    return found, min(len(lines) - at, _MOST_SEEN), False


def _again(found: Sequence[re.Match[str]]) -> bool:
    """Say whether the first two names come again: a record, and the next one right below it."""
    names = [_name(pair) for pair in found]
    size = len(names) - 2
    return size >= _FEWEST and names[size:] == names[:2] and len(set(names)) == size


def _counted(found: Sequence[re.Match[str]]) -> bool:
    """Say whether the names are figures that follow each other: the items of a list."""
    first = _name(found[0])
    if len(found) < 2 or not first.isdecimal() or len(first) > _MOST_DIGITS:
        return False
    return all(_name(pair) == str(int(first) + at) for at, pair in enumerate(found))


def _name(pair: re.Match[str]) -> str:
    return pair["name"].strip()


def _body(pattern: re.Pattern[str], found: Sequence[re.Match[str]]) -> Body:
    column = found[0].start("value") if _aligned(found) else 0

    def read(text: str) -> re.Match[str] | None:
        return read_pair(pattern, text, inside=True)

    return Record(Style(read, column, _indent(found[0].string)))


def _goes_on(found: Sequence[re.Match[str]], text: str, pair: re.Match[str] | None) -> bool:
    """Say whether a line is indented below the last pair: more of its value, or names under it."""
    last = found[-1]
    column = last.start("value") if last["value"] else 0
    deeper = bool(text.strip()) and _indent(text) > _indent(last.string)
    return deeper and (pair is None or _indent(text) >= column > 0 or not last["value"])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _aligned(found: Sequence[re.Match[str]]) -> bool:
    """Say whether the values stand below each other, though the names differ in length."""
    valued = [pair for pair in found if pair["value"]]
    lengths = {len(_name(pair)) for pair in valued}
    together = len(lengths) > 1 and len({pair.start("value") for pair in valued}) == 1
    deep = any(_indent(pair.string) > _INDENT for pair in found)
    right = not deep or found[0].re is not _PADDED or len({pair.end("name") for pair in found}) == 1
    return together and right  # what is indented with "=" is rather source code


def _sentences(found: Sequence[re.Match[str]]) -> bool:
    """Say whether most values are sentences."""
    values = [pair["value"] or "" for pair in found]
    full = sum(1 for value in values if value[-1:] in _ENDS and len(value.split()) > _FEWEST)
    return full * 2 >= len(values) or not any(values)


def _rows(found: Sequence[re.Match[str]]) -> bool:
    """Say whether most values are several words that stand far apart: cells of a table."""
    return sum(1 for pair in found if _APART.search(pair["value"] or "")) * 2 > len(found)
