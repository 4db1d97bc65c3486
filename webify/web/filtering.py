"""The filters of a table: what each column offers, what was typed, and what was wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from webify.rows.facets import LIST, RANGE, SEARCH, Facet, facet
from webify.rows.filters import Filter
from webify.web.card import Card
from webify.web.cells import Look

MOST_FIELDS = 40  # columns that are offered at once
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
HINTS = {
    "size": "Such as 10 MB.",
    "duration": "Such as 90 s or 1 h 30 min.",
    "date": "Such as 2026-11-22.",
    "time": "Such as 09:30.",
}


@dataclass(frozen=True)
class FilterField:
    """One column of the filters.

    faults  sentences, by "least" and "most"
    """

    look: Look
    facet: Facet
    given: Filter
    faults: Mapping[str, str]

    @property
    def listed(self) -> bool:
        """Say whether values are chosen from a list."""
        return self.facet.kind == LIST

    @property
    def ranged(self) -> bool:
        """Say whether the ends of a range are typed."""
        return self.facet.kind == RANGE

    @property
    def searched(self) -> bool:
        """Say whether words are typed that the cell has to hold."""
        return self.facet.kind == SEARCH

    @property
    def ends(self) -> list[tuple[str, str, str, str, str]]:
        """Return both ends: field of the address, label, what was typed, example and fault."""
        given, facet = self.given, self.facet
        words = ("From", "To") if self.look.column.type in ("date", "time") else ("Least", "Most")
        return [
            ("from", words[0], given.least, facet.least, self.faults.get("least", "")),
            ("to", words[1], given.most, facet.most, self.faults.get("most", "")),
        ]

    @property
    def kind(self) -> str:
        """Return the type of the boxes: days are chosen, all else is typed."""
        typed = [text for text in (self.given.least, self.given.most) if text]
        days = self.look.column.type == "date" and all(map(_DAY.fullmatch, typed))
        return "date" if days else "text"

    @property
    def hint(self) -> str:
        """Return how the ends of the range are typed."""
        return "" if self.kind == "date" else HINTS.get(self.look.column.type, "")

    @property
    def values(self) -> list[tuple[str, str, int, bool]]:
        """Return the choices: cell, its words, how often, and whether it is on."""
        known = list(self.facet.values) if self.listed else []
        if self.facet.empty:
            known.append(("", self.facet.empty))
        counts = dict(known)
        known += [(value, 0) for value in self.given.values if value not in counts]
        return [
            (value, value or "Empty", count, value in self.given.values) for value, count in known
        ]


def filter_fields(card: Card) -> list[FilterField]:
    """Return what the first columns shown can be filtered by."""
    given = {wanted.column: wanted for wanted in card.seen.filters}
    found = []
    for look in card.looks[:MOST_FIELDS]:
        of = facet(card.rows, card.table, card.seen.view, look.index)
        faults = {
            fault.field: fault.sentence for fault in card.page.faults if fault.column == look.index
        }
        field = FilterField(look, of, given.get(look.index, Filter(look.index)), faults)
        found.append(field)
    return found
