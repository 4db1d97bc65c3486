"""A chart of a table, as a page draws it: what can be chosen, the points, and all in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request

from webify.errors import TableUnknown
from webify.model.block import Table
from webify.rows.chart import (
    BARS,
    LEAST,
    LINE,
    MOST,
    SCATTER,
    Choice,
    Series,
    choices,
    guess,
    series,
)
from webify.web.card import Card
from webify.web.cells import Look, name_of

KINDS: Mapping[str, str] = {  # as an address says it: as a person reads it
    "across": "Bars across",
    "columns": "Columns",
    "line": "Line",
    "scatter": "Points",
}
DRAWN = {"across": BARS, "columns": BARS, "line": LINE, "scatter": SCATTER}
USUAL = {BARS: "across", LINE: "line", SCATTER: "scatter"}


@dataclass(frozen=True)
class Chart:
    """A chart, or the reason why there is none.

    kind            one of KINDS
    label, value    numbers of its columns
    labels, values  the columns that may be chosen
    """

    kind: str = ""
    label: int = 0
    value: int = 0
    labels: tuple[Look, ...] = ()
    values: tuple[Look, ...] = ()
    points: Series | None = None
    refused: str = ""

    @property
    def kinds(self) -> Mapping[str, str]:
        """Return the kinds that may be chosen, with their words."""
        return KINDS

    @property
    def state(self) -> str:
        """Return what an address says of it."""
        return f"{self.kind}.{self.value}.{self.label}" if self.points else ""

    @property
    def data(self) -> dict[str, object]:
        """Return what the script draws."""
        found = self.points or Series(Choice(LINE, 0, 0))
        return {
            "kind": self.kind,
            "labels": found.labels,
            "points": found.points,
            "xs": found.xs,
            "name": self.name_of(self.values, self.value),
            "across": self.name_of(self.labels, self.label),
        }

    @property
    def words(self) -> str:
        """Return the chart for who does not see it."""
        found = self.points
        if found is None:
            return ""
        value = self.name_of(self.values, self.value)
        label = self.name_of(self.labels, self.label)
        words = f"{KINDS[self.kind]}: {value} by {label}, {len(found.points):,} points."
        if found.largest is not None:
            largest = found.points[found.largest]
            at = found.labels[found.largest] if found.labels else f"{found.xs[found.largest]:,}"
            words += f" Largest: {at or 'empty'}, {largest:,.10g}."
        return f"{words} The table holds the same figures."

    @property
    def notes(self) -> list[str]:
        """Return what has to be known to read it."""
        found = self.points
        if found is None:
            return []
        notes = ["Rows with the same label are added up."] if found.aggregated else []
        if found.left_out:
            notes.append(
                f"The {len(found.points):,} largest of {len(found.points) + found.left_out:,}."
            )
        return notes

    @staticmethod
    def name_of(looks: tuple[Look, ...], index: int) -> str:
        """Return the name of a column with its unit."""
        return next((look.label for look in looks if look.index == index), "")


def chart_of(card: Card) -> Chart:
    """Return the chart that the request asks for, or the first guess."""
    table = card.table
    across, up = choices(table)
    asked = asked_choice(card)
    if asked is None or asked[1].value not in up or asked[1].label not in across:
        return Chart(refused=refusal(card, asked))
    if not LEAST <= card.page.matched <= MOST:
        return Chart(refused=refusal(card, None))
    kind, choice = asked
    labels, values = looks_of(table, across), looks_of(table, up)
    view = replace(card.seen.view, page=1)
    try:
        found = series(card.rows, table, view, choice)
    except TableUnknown as error:
        return Chart(refused=str(error))
    return Chart(kind, choice.label, choice.value, labels, values, found)


def looks_of(table: Table, columns: tuple[int, ...]) -> tuple[Look, ...]:
    """Return columns as a page names them."""
    return tuple(Look(at, table.columns[at]) for at in columns)


def asked_choice(card: Card) -> tuple[str, Choice] | None:
    """Return the chart that is asked for: by the form, by the address, or by the first guess."""
    first = guess(card.table, card.page.matched)
    said = card.seen.chart.split(".") if card.seen.chart else []
    if not said and first is not None:
        said = [USUAL[first.kind], str(first.value), str(first.label)]
    kind, value, label = said or ["across", "", ""]
    kind = request.args.get("kind", kind)
    value, label = request.args.get("value", value), request.args.get("label", label)
    if kind not in KINDS or not (value.isdecimal() and label.isdecimal()):
        return None
    if not all(int(each[:5]) < len(card.table.columns) for each in (value, label)):
        return None
    return kind, Choice(DRAWN[kind], int(label), int(value))


def refusal(card: Card, asked: tuple[str, Choice] | None) -> str:
    """Return why there is no chart, in a sentence."""
    if not LEAST <= card.page.matched <= MOST:
        return (
            f"A chart is drawn of {LEAST} to {MOST:,} rows. "
            f"There are {card.page.matched:,}: search or filter to have fewer."
            if card.page.matched > MOST
            else f"A chart is drawn of {LEAST} rows or more. There are {card.page.matched:,}."
        )
    _, up = choices(card.table)
    if asked is not None and up:
        index = asked[1].value
        name = name_of(card.table.columns[index], index)
        return f"“{name}” holds words: a chart needs a column of figures."
    return "This table has no column of figures, so there is nothing to draw."
