"""Read the tables of values that stand behind the options: `MODE is one of:`, `WHEN can be ...`."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.manuals.facts import NO, OptionFact
from webify.manuals.lines import Line
from webify.manuals.splitting import begins_option
from webify.manuals.wording import told_choices
from webify.model.command import Choice

_MOST = 60
_DEEPEST = 8
_LONGEST = 40_000
_ROW = re.compile(r"[\"'`]?[a-z][\w+.-]{0,30}[\"'`]?(?:, [\"'`]?[a-z][\w+.-]{0,30}[\"'`]?){0,6}$")
_FLAT = re.compile(r"[a-z][\w+.-]{0,30}(?:, [a-z][\w+.-]{0,30}){1,60}$")
_NAMED = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]{0,60}")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z][A-Z_-]{1,30}(?![\w-])")


def with_footnotes(facts: list[OptionFact], lines: list[Line]) -> list[OptionFact]:
    """Return the options with the values that tables and sentences behind them list."""
    if not any(_lacks(fact) for fact in facts):
        return facts
    by_name, by_metavar = _tables(lines)
    text = " ".join(line.body for line in lines if not line.blank and line.indent <= _DEEPEST)
    found: list[OptionFact] = []
    for fact in facts:
        choices = _of(fact, by_name, by_metavar, text[:_LONGEST]) if _lacks(fact) else ()
        found.append(replace(fact, choices=choices) if choices else fact)
    return found


def _lacks(fact: OptionFact) -> bool:
    return not fact.choices and fact.value not in (NO, "") and bool(fact.metavar)


def _of(
    fact: OptionFact,
    by_name: dict[str, tuple[Choice, ...]],
    by_metavar: dict[str, tuple[Choice, ...]],
    text: str,
) -> tuple[Choice, ...]:
    for word in fact.spellings:
        if word in by_name:
            return by_name[word]
    if not _CAPITALS.fullmatch(fact.metavar) or len(fact.metavar) < 3:
        return ()
    return by_metavar.get(fact.metavar) or told_choices(text, fact.metavar)


def _tables(
    lines: list[Line],
) -> tuple[dict[str, tuple[Choice, ...]], dict[str, tuple[Choice, ...]]]:
    """Return the tables of values, by the option or the placeholder that their heading names."""
    by_name: dict[str, tuple[Choice, ...]] = {}
    by_metavar: dict[str, tuple[Choice, ...]] = {}
    for number, line in enumerate(lines):
        if not line.body.endswith(":") or line.indent > _DEEPEST or begins_option(line):
            continue
        rows = _rows(lines, number + 1)
        if len(rows) < 2:
            continue
        heading = " ".join(above.body for above in _above(lines, number))
        names = _NAMED.findall(heading)
        words = _CAPITALS.findall(line.body)
        if names:
            by_name.setdefault(names[-1], rows)
        elif words:
            by_metavar.setdefault(words[0], rows)
    return by_name, by_metavar


def _above(lines: list[Line], number: int) -> list[Line]:
    """Return a heading with the lines of its paragraph above it, three at most."""
    first = number
    while first > 0 and number - first < 3 and not lines[first - 1].blank:
        first -= 1
        if begins_option(lines[first]):
            return [lines[number]]
    return lines[first : number + 1]


def _rows(lines: list[Line], number: int) -> tuple[Choice, ...]:
    """Return the values of a table: one or more names in a row, and what they mean."""
    found: dict[str, Choice] = {}
    for line in lines[number : number + _MOST]:
        if line.blank:
            if found:
                break
            continue
        pieces = line.pieces
        if len(pieces) == 1 and not found and _FLAT.fullmatch(line.body):
            return tuple(Choice(word) for word in line.body.split(", "))
        if len(pieces) == 2 and line.indent and _ROW.fullmatch(pieces[0][1]):
            for word in pieces[0][1].split(", "):
                found.setdefault(word.strip("\"'`"), Choice(word.strip("\"'`"), pieces[1][1]))
        elif not found or line.indent <= _DEEPEST:
            return ()
    return tuple(found.values())
