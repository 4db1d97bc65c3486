"""What a page of the viewer shows of a long text, and the addresses that lead on from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup

from webify.model.run import Run
from webify.text.index import LineIndex
from webify.text.needle import LONGEST, Words
from webify.text.search import Found, Hit, search
from webify.text.source import Text
from webify.text.window import SHOWN, Piece, Window, window_around, window_from, window_to
from webify.web.ansi import line_html, marked, tone

NUMBER = re.compile(r"[0-9]{1,18}")
RANGE = re.compile(r"([1-9][0-9]{0,14})(?:-([1-9][0-9]{0,14}))?")
CONTEXT = 5  # lines before the one that an address names
COUNTING = 0.1  # seconds that a page waits for the number of its first line
REACHING = 2.0  # seconds that it waits for a line that is asked for by its number
SEARCHING = 0.3  # seconds of a search before the page is shown; it goes on from there
LISTED = 250  # lines that were found, on one page
WIDE = 100_000  # lines, from which on their numbers need more room
MOST = 1_000  # lines that were found before a page stops counting


class Line(NamedTuple):
    """One line of the page.

    tone   "e" for an error, "y" for a warning
    here   it is the one, or one of those, that the address names
    """

    number: int | None
    html: Markup
    piece: Piece
    tone: str
    here: bool


class Match(NamedTuple):
    """One line that was found."""

    hit: Hit
    html: Markup


@dataclass(frozen=True)
class Subject:
    """The text that is looked at.

    title    what it is called
    raw      the address of its bytes
    goes_on  lines may still be added
    stream   its name among the events of the run, "" where it has none
    """

    run: Run
    endpoint: str
    title: str
    text: Text
    index: LineIndex
    raw: str
    name: str = ""
    goes_on: bool = False
    stream: str = ""


@dataclass(frozen=True)
class Viewing:
    """One page over a text, as its address asks for it."""

    subject: Subject
    given: Mapping[str, str]
    note: str = ""
    further: str = ""

    @cached_property
    def words(self) -> Words | None:
        """Return what is looked for."""
        q = "".join(letter for letter in self.given.get("q", "") if letter.isprintable())
        return Words(q[:LONGEST], match_case="case" in self.given) if q.strip() else None

    @property
    def wrap(self) -> bool:
        """Say whether long lines are wrapped."""
        return self.given.get("wrap") != "no"

    @cached_property
    def asked(self) -> tuple[int, int] | None:
        """Return the first and last line that the address names."""
        found = RANGE.fullmatch(self.given.get("line", "").replace(",", "").strip())
        if found is None:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        return min(first, last), max(first, last)

    @property
    def at(self) -> int | None:
        """Return the byte whose line is marked."""
        return self.byte("at")

    def byte(self, name: str) -> int | None:
        """Return a place that the address names, inside the text."""
        said = self.given.get(name, "")
        return min(int(said), self.subject.text.size) if NUMBER.fullmatch(said) else None

    @cached_property
    def window(self) -> Window:
        """Return the lines of the page."""
        text = self.subject.text
        start, to = self.byte("from"), self.byte("to")
        if self.asked is not None:
            return self._lines_from(self.asked[0])
        if self.at is not None:
            return window_around(text, self.at, CONTEXT)
        if to:
            return window_to(text, to)
        if start is not None and start < text.size:
            return window_from(text, start)
        if start or "end" in self.given or self.subject.goes_on:
            return window_to(text, text.size)
        return window_from(text, 0)

    @cached_property
    def missed(self) -> str:
        """Return a sentence where the line that was asked for is not shown."""
        if self.asked is None or self._reached(self.asked[0]) is not None:
            return ""
        total = self.subject.index.total()
        if total is None:
            return "So many lines are not counted yet. Load the page again in a moment."
        return f"There is no line {self.asked[0]:,}: the last one is {total:,}."

    @cached_property
    def first(self) -> int | None:
        """Return the number of the first line."""
        start = self.window.pieces[0].line.start if self.window.pieces else self.window.start
        self.subject.index.extend(start, COUNTING)
        return self.subject.index.line_at(start)

    @cached_property
    def total(self) -> int | None:
        """Return how many lines there are, as far as that is known."""
        return self.subject.index.total()

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines, ready to be shown."""
        return [self._line(number, piece) for number, piece in enumerate(self.window.pieces)]

    @cached_property
    def marked(self) -> Piece | None:
        """Return the line that the address names by a byte."""
        at = self.at
        if at is None:
            return None
        pieces = self.window.pieces
        return next((each for each in pieces if each.line.start <= at < each.line.end), None)

    @cached_property
    def found(self) -> Found:
        """Return the lines that were found, from the place on that the address names."""
        if self.words is None:
            return Found((), 0, done=True)
        subject, since = self.subject, self.byte("since") or 0
        return search(subject.text, subject.index, self.words, since, LISTED, SEARCHING)

    @cached_property
    def count(self) -> int:
        """Return how many lines were found so far, on the pages before too."""
        return min(MOST, (self.byte("had") or 0) + len(self.found.hits))

    @cached_property
    def matches(self) -> list[Match]:
        """Return the lines that were found, ready to be shown."""
        return [Match(hit, self._marked(hit.words)) for hit in self.found.hits]

    @property
    def follows(self) -> bool:
        """Say whether the page stays at the end while lines are added."""
        named = any(name in self.given for name in ("line", "at", "from", "to"))
        return self.subject.goes_on and not named

    @property
    def wide(self) -> bool:
        """Say whether line numbers have many figures."""
        return max(self.total or 0, (self.first or 0) + len(self.window.pieces)) >= WIDE

    @property
    def later(self) -> bool:
        """Say whether there is more after this page."""
        return self.window.end < self.subject.text.size

    @property
    def earlier(self) -> bool:
        """Say whether there is more before this page."""
        return self.window.start > 0

    def href(self, **place: object) -> str:
        """Return the address of another place in the same text, with the same search."""
        kept = {name: self.given[name] for name in ("q", "case", "wrap") if name in self.given}
        values: dict[str, Any] = {"run_id": self.subject.run.id, **kept, **place}
        if self.subject.name:
            values["name"] = self.subject.name
        return url_for(
            self.subject.endpoint,
            **{name: value for name, value in values.items() if value is not None},
        )

    @property
    def after(self) -> int:
        """Return from where the next one is looked for."""
        return self.marked.line.end if self.marked else self.window.start

    @property
    def before(self) -> int:
        """Return up to where the one before is looked for."""
        return self.marked.line.start if self.marked else self.window.start

    def inside(self, piece: Piece) -> int:
        """Return the byte at which the part of a very long line begins that is not shown."""
        return piece.line.start + piece.before + SHOWN

    def _lines_from(self, line: int) -> Window:
        start = self._reached(max(1, line - CONTEXT))
        text = self.subject.text
        return window_to(text, text.size) if start is None else window_from(text, start)

    def _reached(self, line: int) -> int | None:
        """Return where a line begins, counting as far as there is time."""
        index = self.subject.index
        start = index.start_of(line)
        if start is None and not index.whole:
            index.extend(self.subject.text.size, REACHING)
            start = index.start_of(line)
        return None if start == self.subject.text.size and line > 1 else start

    def _line(self, place: int, piece: Piece) -> Line:
        number = None if self.first is None else self.first + place
        here = piece is self.marked
        if self.asked is not None and number is not None:
            here = self.asked[0] <= number <= self.asked[1]
        marks = self.words.marks(piece.line.text) if self.words else ()
        html = line_html(piece.line, marks)
        return Line(number, html, piece, tone(html), here)

    def _marked(self, words: str) -> Markup:
        places = self.words.marks(words) if self.words else ()
        return marked(words, 0, len(words), places)
