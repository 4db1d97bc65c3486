"""The levels of a log: links to the entries of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from webify.rows.filters import Filter
from webify.rows.page import read_page
from webify.rows.view import View
from webify.web.card import Card

NAMES = frozenset(("level", "lvl", "severity"))
LOOKED_AT = 500  # entries from the beginning
MOST = 8
TONES = {
    "bad": ("error", "err", "critical", "crit", "fatal", "severe", "alert", "emerg", "panic", "e"),
    "warn": ("warn", "warning", "wrn", "w"),
    "ok": ("success",),
    "run": ("info", "information", "inf", "notice", "log", "i"),
}


@dataclass(frozen=True)
class Level:
    """One level: its word, how it looks, and the address that shows its entries alone.

    on   it is shown now; the address then shows all again
    """

    word: str
    tone: str
    href: str
    on: bool


def levels_of(card: Card, rows: Path) -> tuple[Level, ...]:
    """Return the levels among the first entries, () where the log has no column for them."""
    names = [column.name.lower() for column in card.table.columns]
    at = next((at for at, name in enumerate(names) if name in NAMES), None)
    if at is None:
        return ()
    page = read_page(rows, card.table, View(size=LOOKED_AT))
    words = list(dict.fromkeys(row[at] for row in page.rows if row[at]))
    return tuple(_level(card, at, word) for word in words[:MOST]) if len(words) > 1 else ()


def _level(card: Card, column: int, word: str) -> Level:
    alone = Filter(column, values=(word,))
    on = alone in card.seen.filters
    others = tuple(each for each in card.seen.filters if each.column != column)
    tone = next((tone for tone, known in TONES.items() if word.lower() in known), "")
    href = card.href(filters=others if on else (*others, alone), page=1)
    return Level(word, tone, href, on)
