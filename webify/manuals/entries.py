"""Gather the entries of a section: an option, a command or a positional, with all that is said of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from webify.manuals.facts import OptionFact
from webify.manuals.lines import Line
from webify.manuals.splitting import Split, begins_option, split_option

_LONGEST_TEXT = 8_000
_ITEM = re.compile(
    r"(?:[-*•·] |\d{1,2}[.)] )|[\w.+-]{1,40}(?:,\s\w{1,30})?\s{0,4}(?::\s|\s{2,}|\s[-–—=]\s)|\[\w[\w ]{0,40}:"
)


@dataclass
class Entry:
    """One entry while it is gathered; column is where the words about it begin."""

    indent: int
    fact: OptionFact | None = None
    head: str = ""
    words: list[Line] = field(default_factory=list)
    column: int | None = None

    @property
    def help(self) -> str:
        """Return what is said, its lines joined; paragraphs and lists keep their lines."""
        made: list[str] = []
        size, gap = 0, False
        for line in self.words:
            if line.blank:
                gap = bool(made)
                continue
            size += len(line.text)
            if size > _LONGEST_TEXT:
                break
            if made and not gap and not _ITEM.match(line.body):
                made[-1] += " " + line.body
            else:
                made.append(line.body)
            gap = False
        return "\n".join(made).strip()


def option_entries(lines: list[Line], *, slashes: bool = False) -> tuple[list[Entry], list[Line]]:
    """Return the option entries of a section, and the lines that belong to none."""
    lines = _one_column(lines)
    column = text_column(lines, slashes=slashes)
    found: list[Entry] = []
    others: list[Line] = []
    entry: Entry | None = None
    gap = True
    before: Line | None = None
    for number, line in enumerate(lines):
        if line.blank:
            gap = True
            if entry:
                entry.words.append(line)
            continue
        begun = _begin(lines, number, entry, column, slashes=slashes, gap=gap, before=before)
        if begun:
            entry = begun[-1]
            found.extend(begun)
        elif entry and _belongs(line, entry, gap):
            if entry.column is None:
                entry.column = line.indent
            entry.words.append(line)
        else:
            entry = None
            others.append(line)
        before, gap = line, False
    return found, others


def text_column(lines: list[Line], *, slashes: bool = False) -> int | None:
    """Return the column at which the words begin behind most options."""
    votes: Counter[int] = Counter()
    for line in lines:
        if line.blank or not begins_option(line, slashes=slashes):
            continue
        split = split_option(line, slashes=slashes)
        if split and split.sure and split.column is not None:
            votes[split.column] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


def _begin(
    lines: list[Line],
    number: int,
    entry: Entry | None,
    column: int | None,
    *,
    slashes: bool,
    gap: bool,
    before: Line | None,
) -> list[Entry]:
    """Return the entries that begin at a line: none, one, or those of a row of options."""
    line = lines[number]
    if not begins_option(line, slashes=slashes):
        return []
    if (
        entry
        and entry.column is not None
        and line.indent >= entry.column
        and line.indent > entry.indent
    ):
        return []
    if (
        before
        and not gap
        and entry is None
        and before.indent == line.indent
        and not before.body.endswith(":")
    ):
        if len(line.pieces) < 2:
            return []
    row = row_of_options(line)
    if row:
        return [Entry(line.indent, fact, line.body, column=10_000) for fact in row]
    split = split_option(line, column, slashes=slashes)
    if split is None or (not split.sure and _prose_around(lines, number, entry)):
        return []
    words = [Line(split.text)] if split.text else []
    return [Entry(line.indent, split.fact, line.body, words, split.column if split.text else None)]


def _prose_around(lines: list[Line], number: int, entry: Entry | None) -> bool:
    """Say whether a line with one blank before its words stands in a text and not in a list."""
    line = lines[number]
    if entry and entry.indent == line.indent:
        return False
    before = lines[number - 1] if number else Line("")
    after = lines[number + 1] if number + 1 < len(lines) else Line("")
    if line.indent == 0 and not begins_option(after):
        return True
    return not before.blank and before.indent == line.indent


def _belongs(line: Line, entry: Entry, gap: bool) -> bool:
    """Say whether a line goes on with what is said of an entry."""
    if entry.column is None:
        return line.indent > entry.indent or (not line.indent and not entry.indent and not gap)
    if entry.column == 0:
        return not gap
    if gap:
        return line.indent >= min(entry.column, entry.indent + 4) and line.indent > entry.indent
    return line.indent > entry.indent


def row_of_options(line: Line) -> list[OptionFact]:
    """Read a line that holds nothing but options: `-empty -false -fstype TYPE -gid N`."""
    body = line.body
    if len(body) > 400 or "," in body or len(line.pieces) > 1:
        return []
    words = re.split(r"\s(?=--?[A-Za-z])", body)
    if len(words) < 3 and not (
        len(words) == 2 and all(re.fullmatch(r"-[a-z]\S{2,30}( \S{1,20})?", word) for word in words)
    ):
        return []
    if sum(len(word.split()) > 3 for word in words):
        return []
    found = [split_option(Line(word)) for word in words]
    if any(split is None or split.text for split in found):
        return []
    return [split.fact for split in found if split]


def _one_column(lines: list[Line]) -> list[Line]:
    """Put options that stand in two columns below each other."""
    places: Counter[int] = Counter()
    for line in lines:
        if begins_option(line):
            place = _second(line)
            if place:
                places[place] += 1
    best = places.most_common(1)
    if not best or best[0][1] < 2:
        return lines
    return _below(lines, best[0][0])


def _second(line: Line) -> int:
    """Return where a second option with its words begins in a line, or 0."""
    pieces = line.pieces
    for number in range(2, len(pieces)):
        place, piece = pieces[number]
        if begins_option(Line(piece)) and not begins_option(Line(pieces[number - 1][1])):
            last = number == len(pieces) - 1
            split = split_option(Line(line.text[place:]))
            if split and (split.text or last):
                return place
    return 0


def _below(lines: list[Line], place: int) -> list[Line]:
    """Part each run of lines at a column, the right part below the left one."""
    made: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.text[place - 2 : place] != "  " and len(line.text) > place:
            made.extend([*right, line])
            right = []
        elif line.blank:
            made.extend([*right, line])
            right = []
        else:
            made.append(Line(line.text[:place].rstrip()))
            rest = line.text[place:]
            if rest.strip():
                right.append(Line(" " * 2 + rest))
    return [*made, *right]


def split_of(line: Line) -> Split | None:
    """Part one option line by itself."""
    return split_option(line)
