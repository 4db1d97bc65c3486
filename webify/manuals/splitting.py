"""Part a line that begins with an option into its head and the words about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webify.manuals.facts import OptionFact
from webify.manuals.heads import certain_end, names_option, read_head
from webify.manuals.lines import Line
from webify.manuals.values import placeholder

_LEADER = re.compile(r"^(?:(?:--|:|=>?|-|–|—|→|\.{2,80})\s{1,40}|\.{3,80}\s{0,40}|:(?=\S))")
_MARK = re.compile(r"\s(?:--|:|=>?|-|–|—|→|\.{3,80})(?=\s|$)|:(?=\s)")
_BULLET = re.compile(r"^[*•·o] {1,8}(?=-)")
_CONTINUES = re.compile(
    r"(?:is|are|was|and|or|but|can|may|must|will|would|should|option|options|flag|flags|also|instead|has|have"
    r"|implies|does|to|in|on|when|with|for|argument|switch|switches|if|then|then,)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Split:
    """An option line in two: what it shows, and what is said of it; column is where that begins."""

    fact: OptionFact
    text: str = ""
    column: int | None = None
    sure: bool = True


def begins_option(line: Line, *, slashes: bool = False) -> bool:
    """Say whether a line begins as an option is spelled."""
    body = _BULLET.sub("", line.body)
    if body.count(" | -") > 2:
        return False
    if body[:1] in "[({":
        body = body[1:].lstrip()
    if slashes and body[:1] == "/":
        return names_option(body, slashes=True)
    return body[:1] == "-" and names_option(body)


def split_option(line: Line, column: int | None = None, *, slashes: bool = False) -> Split | None:
    """Part an option line; column is where the words begin in the lines around it."""
    gap = _at_gap(line, column, slashes)
    if column is not None and (gap is None or gap.column is None or gap.column > column):
        gap = _at_column(line, column, slashes) or gap
    return gap or _at_mark(line, slashes) or _at_blank(line, slashes)


def _head(text: str, slashes: bool) -> OptionFact | None:
    return read_head(_BULLET.sub("", text), sure=False, slashes=slashes)


def _at_column(line: Line, column: int, slashes: bool) -> Split | None:
    text = line.text
    if (
        not (line.indent + 2 < column < len(text))
        or text[column - 1] != " "
        or text[column] in " <[{"
    ):
        return None
    if " " not in text[column:] and placeholder(text[column:]):
        return None
    fact = _head(text[:column], slashes)
    return Split(fact, _words(text[column:]), column) if fact else None


def _at_gap(line: Line, column: int | None, slashes: bool) -> Split | None:
    pieces = _undotted(line)
    head = pieces[0][1]
    fact = _head(head, slashes)
    if fact is None:
        return None
    for number, (place, piece) in enumerate(pieces[1:], 1):
        last = number == len(pieces) - 1
        wider = _wider(head, piece, last, place == column, slashes)
        if wider is None:
            return Split(fact, _words(line.text[place:]), place)
        head, fact = f"{head} {piece}", wider
    return Split(fact)


def _undotted(line: Line) -> list[tuple[int, str]]:
    """Return the pieces of a line without the dots that lead from one spelling to the next."""
    pieces = list(line.pieces)
    return [
        piece
        for number, piece in enumerate(pieces)
        if piece[1].strip(".") or not names_option(pieces[min(number + 1, len(pieces) - 1)][1])
    ]


def _wider(head: str, piece: str, last: bool, at_column: bool, slashes: bool) -> OptionFact | None:
    """Return the option of a head that goes on behind a gap: another spelling, or its value."""
    if names_option(piece):
        alias = _head(piece, slashes)
        return _head(f"{head}  {piece}", slashes) if alias and not (last and at_column) else None
    value = piece.partition(" ")[0]
    if last or at_column or not placeholder(value) or (" " in piece and piece[0] not in "<["):
        return None
    return _head(f"{head} {piece}", slashes)


def _at_mark(line: Line, slashes: bool) -> Split | None:
    """Part at a colon or a dash: `-x : words`, `--x: words`, `-x - words`."""
    for mark in _MARK.finditer(line.text, line.indent):
        fact = _head(line.text[line.indent : mark.start()], slashes)
        if fact:
            words = line.text[mark.end() :].strip()
            return Split(fact, words, mark.end() + 1 if words else None)
        if mark.start() - line.indent > 120:
            break
    return None


def _at_blank(line: Line, slashes: bool) -> Split | None:
    """Part where one blank only stands before the words."""
    body = _BULLET.sub("", line.body)
    end = certain_end(body, slashes=slashes)
    words = body[end:].strip()
    if end <= 0 or (words and body[end] not in " \t") or _CONTINUES.match(words):
        return None
    fact = _head(body[:end], slashes)
    return Split(fact, words, sure=False) if fact else None


def _words(text: str) -> str:
    return _LEADER.sub("", text.strip(), count=1)
