"""Find the rows of a table that hold some words and fit some filters."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from webify.rows.filters import Filter, tests
from webify.rows.packing import BETWEEN, plain
from webify.rows.source import Part, Source, cells_of

MOST_WORDS = 10
_RARE = 16  # hits in one part that are looked up one by one
_NARROW = 3  # columns that are looked through one by one


def words_of(q: str) -> tuple[str, ...]:
    """Return the words that are searched for."""
    return tuple(dict.fromkeys(word.casefold() for word in q.split()[:MOST_WORDS]))


def matches(
    source: Source, q: str, filters: Sequence[Filter], upto: int | None = None
) -> array[int]:
    """Return the rows in which each word is in some cell and that fit all filters."""
    words, asked = words_of(q), tests(filters, source.table.columns)
    every = range(source.width)
    wanted = [*every] if words else sorted({column for column, _ in asked})
    end = source.total if upto is None else min(upto, source.total)
    found = array("I")
    for part in source.parts(wanted, end):
        rows: Iterable[int] = range(min(part.count, end - part.first))
        if words:
            held = _holding(words, part)
            rows = [row for row in held if row < end - part.first]
        for column, test in asked:
            if not rows:
                break
            kept = test(cells_of(part.texts[wanted.index(column)], part.count))
            rows = [row for row in rows if kept[row]]
        found.extend([part.first + row for row in rows])
    return found


def _holding(words: Sequence[str], part: Part) -> Iterable[int]:
    """Return the rows of a part in which each word is in some cell."""
    if not all(map(plain, part.texts)):
        return _line_by_line(words, part, [cells_of(text, part.count) for text in part.texts])
    texts = [text.casefold() for text in part.texts]
    held = [[text for text in texts if word in text] for word in words]
    if not all(held):
        return ()
    rows: set[int] | None = None
    for word, some in zip(words, held, strict=True):
        if sum(text.count(word) for text in some) <= _RARE:
            found = _places(word, some)
        elif len(some) <= _NARROW:
            found = {
                row
                for text in some
                for row, cell in enumerate(cells_of(text, part.count))
                if word in cell
            }
        else:
            cells = [cells_of(text, part.count) for text in some]
            found = set(_line_by_line([word], part, cells))
        rows = found if rows is None else rows & found
    return sorted(rows or ())


def _places(word: str, texts: Sequence[str]) -> set[int]:
    """Return the rows that a rare word is in."""
    found = set()
    for text in texts:
        at = text.find(word)
        while at >= 0:
            found.add(text.count(BETWEEN, 0, at))
            at = text.find(word, at + 1)
    return found


def _line_by_line(words: Sequence[str], part: Part, cells: Sequence[Sequence[str]]) -> list[int]:
    lines = [BETWEEN.join(row).casefold() for row in zip(*cells, strict=True)]
    rows = list(range(part.count))
    for word in words:
        rows = [row for row in rows if word in lines[row]]
    return rows
