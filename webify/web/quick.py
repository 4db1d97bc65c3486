"""The one filter that stands beside the search: a choice among the few values of a column."""

from __future__ import annotations

from dataclasses import dataclass

from webify.errors import TableUnknown
from webify.rows.choices import choices
from webify.web.card import Card
from webify.web.levels import levels_of

TYPES = ("status", "text")
MOST_COLUMNS = 12  # that are looked at


@dataclass(frozen=True)
class Quick:
    """A choice among the values of a column.

    every    what stands there while all rows are shown: "Any supplier"
    name     of the column
    values   as shown; `value` of the address, words, and whether it is chosen
    several  how many are chosen in the filters, where that is more than one
    """

    column: int
    every: str
    name: str
    values: tuple[tuple[str, str, bool], ...]
    several: int = 0


def quick_of(card: Card) -> Quick | None:
    """Return the choice that suits a table best, None where no column does or levels stand there.

    Words that say how it went come first, then the first column from the left.
    """
    if levels_of(card):
        return None
    looks = [look for look in card.looks if look.column.type in TYPES][:MOST_COLUMNS]
    try:
        found = choices(card.rows, card.table, [look.index for look in looks])
    except TableUnknown:
        return None
    fitting = [look for look in looks if look.index in found]
    if not fitting:
        return None
    look = min(fitting, key=lambda each: TYPES.index(each.column.type))
    on = next((each.values for each in card.seen.filters if each.column == look.index), ())
    values = tuple((f"{look.index}={v}", v, on == (v,)) for v in found[look.index])
    several = 0 if any(chosen for _, _, chosen in values) else len(on)
    return Quick(look.index, f"Any {lowered(look.name)}", look.name, values, several)


def lowered(name: str) -> str:
    """Return a name inside a sentence: "Supplier" loses its capital, "SKU" keeps its."""
    return name[:1].lower() + name[1:] if name[1:] == name[1:].lower() else name
