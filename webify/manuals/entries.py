"""Gather the entries of a section: each option with all that is said of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from webify.manuals.facts import OptionFact
from webify.manuals.lines import Line
from webify.manuals.splitting import begins_option, split_option

_LONGEST_TEXT = 8_000
_MOST_TRIES = 8_000  # lines that begin as an option does; a page of more is no page
_SAMPLE = 500
_NAMED = re.compile(r"\w{1,20}(?:,? \S{1,30}){0,2}")
_GAPS = re.compile(r" {2,}")
_WIDE = re.compile(r" {2,}(?=[\[(])")
_ABRIDGED = re.compile(r"-(?P<letter>[A-Za-z])\w(?:/(?P=letter)\w){1,12}(?![\w/])")
_ITEM = re.compile(
    r"(?:[-*•·] |\d{1,2}[.)] )|[\w.+-]{1,40}(?:,\s\w{1,30})?\s{0,4}(?::\s|\s{2,}|\s[-–—=]\s)"
    r"|\[\w[\w ]{0,40}:"
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
            item = _ITEM.match(line.body)
            body = line.body if item else _GAPS.sub(" ", line.body)
            if made and not gap and not item:
                made[-1] += " " + body
            else:
                made.append(body)
            gap = False
        return _WIDE.sub(" ", "\n".join(made)).strip()


def option_entries(lines: list[Line], *, slashes: bool = False) -> tuple[list[Entry], list[Line]]:
    """Return the option entries of a section, and the lines that belong to none."""
    lines = _one_column(lines)
    gatherer = _Gatherer(lines, text_column(lines, slashes=slashes), slashes)
    for number, line in enumerate(lines):
        gatherer.take(number, line)
    return gatherer.found, gatherer.others


def text_column(lines: list[Line], *, slashes: bool = False) -> int | None:
    """Return the column at which the words begin behind most options."""
    votes: Counter[int] = Counter()
    seen = 0
    for line in lines:
        if line.blank or not begins_option(line, slashes=slashes):
            continue
        split = split_option(line, slashes=slashes)
        if split and split.sure and split.column is not None:
            votes[split.column] += 1
        seen += 1
        if seen >= _SAMPLE:
            break
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


@dataclass
class _Gatherer:
    """Goes through the lines of a section and gathers its entries."""

    lines: list[Line]
    column: int | None
    slashes: bool
    found: list[Entry] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    entry: Entry | None = None
    before: Line | None = None
    tries: int = _MOST_TRIES

    def take(self, number: int, line: Line) -> None:
        """Take the next line: it begins entries, goes on with one, or belongs to none."""
        if line.blank:
            self.before = None
            if self.entry:
                self.entry.words.append(line)
            return
        begun = self._begin(number, line)
        if begun:
            self.entry = begun[-1]
            self.found.extend(begun)
        elif self.entry and _belongs(line, self.entry, gap=self.before is None):
            if self.entry.column is None:
                self.entry.column = line.indent
            self.entry.words.append(line)
        else:
            self.entry = None
            self.others.append(line)
        self.before = line

    def _begin(self, number: int, line: Line) -> list[Entry]:
        """Return the entries that begin at a line: none, one, or those of a row of options."""
        if not begins_option(line, slashes=self.slashes) or self._inside(line):
            return []
        self.tries -= 1
        if self.tries < 0:
            return []
        row = row_of_options(line)
        if row and not self._in_prose(line):
            return [Entry(line.indent, fact, line.body, column=10_000) for fact in row]
        split = split_option(line, self.column, slashes=self.slashes)
        if split is None or (not (split.sure and split.text) and self._in_prose(line)):
            return []
        if not split.sure and self._among_prose(number, line):
            return []
        words = [Line(split.text)] if split.text else []
        column = split.column if split.text else None
        several = _several(line.body, split.fact)
        return [Entry(line.indent, fact, line.body, words, column) for fact in several]

    def _inside(self, line: Line) -> bool:
        """Say whether a line stands as deep as the words about the entry above it."""
        entry = self.entry
        if entry is None or entry.column is None:
            return False
        return line.indent >= entry.column and line.indent > entry.indent

    def _in_prose(self, line: Line) -> bool:
        """Say whether the line above is a sentence that goes on in this one."""
        before = self.before
        if before is None or self.entry is not None or before.indent != line.indent:
            return False
        return not before.body.endswith(":")

    def _among_prose(self, number: int, line: Line) -> bool:
        """Say whether a line with one blank before its words stands in a text and not in a list."""
        if self.entry and self.entry.indent == line.indent:
            return False
        after = self.lines[number + 1] if number + 1 < len(self.lines) else Line("")
        if line.indent == 0 and not begins_option(after):
            return True
        return self.before is not None and self.before.indent == line.indent


def _several(body: str, fact: OptionFact) -> list[OptionFact]:
    """Return an option for each of `-sS/sT/sA`, which leaves out the dash of all but the first."""
    match = _ABRIDGED.match(body)
    if match is None:
        return [fact]
    words = match.group().split("/")
    return [replace(fact, spellings=(word if word[0] == "-" else f"-{word}",)) for word in words]


def _belongs(line: Line, entry: Entry, *, gap: bool) -> bool:
    """Say whether a line goes on with what is said of an entry."""
    if entry.column is None:
        return line.indent > entry.indent or (not line.indent and not entry.indent and not gap)
    if entry.column == 0:
        return not gap
    if line.indent < entry.column - 2 and len(line.pieces) > 1:
        name, words = line.pieces[0], line.pieces[1]
        if words[0] == entry.column and _NAMED.fullmatch(name[1]):
            return False  # a row of its own, with a name that is no option
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
    seen = 0
    for line in lines:
        if begins_option(line):
            place = _second(line)
            seen += 1
            if place:
                places[place] += 1
            if seen >= _SAMPLE:
                break
    best = places.most_common(1)
    if not best or best[0][1] < 2:
        return lines
    return _below(lines, best[0][0])


def _second(line: Line) -> int:
    """Return where a second option with its words begins in a line, or 0."""
    pieces = line.pieces
    for number in range(2, len(pieces)):
        place, piece = pieces[number]
        before = pieces[number - 1][1]
        if not before.strip("."):
            continue  # dots that lead from one spelling to the next
        if begins_option(Line(piece)) and not begins_option(Line(before)):
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
        left, rest = line.text[:place], line.text[place:]
        parted = left.endswith("  ") or (left.endswith(" ") and begins_option(Line(rest)))
        if line.blank or (rest and not parted):
            made.extend([*right, line])
            right = []
        else:
            made.append(Line(left.rstrip()))
            if rest.strip():
                right.append(Line(" " * 2 + rest))
    return [*made, *right]
