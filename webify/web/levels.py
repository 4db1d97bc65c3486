"""The levels of a log: links that show the entries of each, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webify.errors import TableUnknown
from webify.rows.choices import LOOKED_AT, choices
from webify.rows.facets import facet
from webify.rows.filters import Filter
from webify.web.card import Card

NAMES = frozenset(("level", "lvl", "severity"))
COUNTED = 200_000  # entries of a log whose levels are counted on each visit
ORDER = ("bad", "warn", "run", "ok", "")
TONES = {
    "bad": ("error", "err", "critical", "crit", "fatal", "severe", "alert", "emerg", "panic", "e"),
    "warn": ("warn", "warning", "wrn", "w"),
    "ok": ("success",),
    "run": ("info", "information", "inf", "notice", "log", "i"),
}


@dataclass(frozen=True)
class Level:
    """One level: its word, how it looks, and the addresses that show its entries.

    count  how many entries the rest of the view finds, None where they are too many to count
    on     its entries are shown; the addresses then leave them out
    """

    word: str
    tone: str
    count: int | None
    href: str
    fetch: str
    on: bool


def levels_of(card: Card) -> tuple[Level, ...]:
    """Return the levels of a log, the worst first; () where it has no column for them."""
    names = [column.name.lower() for column in card.table.columns] if card.log else []
    at = next((at for at, name in enumerate(names) if name in NAMES), None)
    if at is None:
        return ()
    try:
        words = choices(card.rows, card.table, [at]).get(at, ())
        counts = _counts(card, at) if len(words) > 1 else {}
    except TableUnknown:
        return ()
    if counts:
        words = (*words, *(word for word in counts if word not in words))
    if len(words) < 2:
        return ()
    ranked = sorted(words, key=lambda word: ORDER.index(tone_of(word)))
    return tuple(_level(card, at, word, counts.get(word, 0) if counts else None) for word in ranked)


def _counts(card: Card, column: int) -> dict[str, int]:
    if card.page.total > max(COUNTED, LOOKED_AT):
        return {}
    return dict(facet(card.rows, card.table, card.seen.view, column).values)


def _level(card: Card, column: int, word: str, count: int | None) -> Level:
    now = next((each for each in card.seen.filters if each.column == column), Filter(column))
    on = word in now.values
    values = tuple(each for each in now.values if each != word) if on else (*now.values, word)
    others = tuple(each for each in card.seen.filters if each.column != column)
    changed = replace(now, values=values)
    kept = changed != Filter(column)
    filters = (*others, changed) if kept else others
    href, fetch = card.href(filters=filters, page=1), card.fetch(filters=filters, page=1)
    return Level(word, tone_of(word), count, href, fetch, on)


def tone_of(word: str) -> str:
    """Return how a level looks, "" for those of no weight."""
    return next((tone for tone, known in TONES.items() if word.lower() in known), "")
