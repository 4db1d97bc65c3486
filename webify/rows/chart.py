"""A chart of two columns of a view."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from webify.model.block import FIGURES, Column, Table
from webify.rows.batches import batches
from webify.rows.export import iso
from webify.rows.keys import Key
from webify.rows.kinds import is_empty, reader_of, values
from webify.rows.totals import summed
from webify.rows.view import View

LINE, BARS, SCATTER = "line", "bars", "scatter"
LEAST, MOST = 2, 5_000  # rows of which a chart is offered
BARS_SHOWN = 20
_LONGEST = 80  # characters of a label


@dataclass(frozen=True)
class Choice:
    """What is drawn: the column across, and the column of the values."""

    kind: str
    label: int
    value: int


@dataclass(frozen=True)
class Series:
    """The points of a chart, in the order in which they are drawn.

    labels       what stands at each point: a date as ISO text in a line, a label, or a number
    points       the values; xs are the places across in a scatter, () otherwise
    aggregated   several rows were added up into one point
    left_out     labels that are not drawn, as only the largest are, or points past the most
    largest      the index of the largest point, to be named for who does not see it
    """

    choice: Choice
    labels: tuple[str, ...] = ()
    points: tuple[float, ...] = ()
    xs: tuple[float, ...] = ()
    aggregated: bool = False
    left_out: int = 0
    largest: int | None = None


def guess(table: Table, rows: int) -> Choice | None:
    """Return the chart to begin with for so many rows, or None where none is offered."""
    across, figures = choices(table)
    if not LEAST <= rows <= MOST:
        return None
    figures = tuple(sorted(figures, key=lambda at: not summed(table.columns[at])))
    types = [column.type for column in table.columns]
    for value in figures:
        dates = [at for at in across if types[at] == "date"]
        labels = [at for at in across if types[at] not in FIGURES and types[at] != "time"]
        if dates:
            return Choice(LINE, dates[0], value)
        if labels:
            return Choice(BARS, labels[0], value)
    return None


def choices(table: Table) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns that can stand across, and those that can be values."""
    figures = tuple(at for at, column in enumerate(table.columns) if column.type in FIGURES)
    across = tuple(at for at, column in enumerate(table.columns) if column.type != "url")
    return across, figures


def kind_of(table: Table, label: int) -> str:
    """Return the kind of chart that fits a column across."""
    type_ = table.columns[label].type
    return LINE if type_ == "date" else SCATTER if type_ in FIGURES else BARS


def series(path: Path, table: Table, view: View, choice: Choice) -> Series:
    """Return the points of a chart over the rows that the view finds; of text there are none.

    Raises TableUnknown.
    """
    width = len(table.columns)
    if not (0 <= choice.label < width and 0 <= choice.value < width):
        return Series(choice)
    if table.columns[choice.value].type not in FIGURES:
        return Series(choice)
    if choice.kind == SCATTER:
        return _scatter(path, table, view, choice)
    return _summed(path, table, view, choice)


def _summed(path: Path, table: Table, view: View, choice: Choice) -> Series:
    """Add up the values of each label."""
    dated = choice.kind == LINE and table.columns[choice.label].type == "date"
    sums: dict[str, float] = {}
    rows = 0
    for cells, keys in _columns(path, table, view, choice):
        labels = _labels(cells, table.columns[choice.label], dated=dated)
        for label, key in zip(labels, keys, strict=True):
            if label and key is not None:
                sums[label] = sums.get(label, 0.0) + key
                rows += 1
    drawn = list(sums.items())
    if choice.kind == LINE:
        drawn = sorted(drawn) if dated else drawn
        drawn = drawn[-MOST:]
    else:
        drawn = sorted(drawn, key=lambda each: -each[1])[:BARS_SHOWN]
    labels = [label for label, _ in drawn]
    points = [point for _, point in drawn]
    return _series(choice, labels, points, aggregated=rows > len(sums), all_=len(sums))


def _scatter(path: Path, table: Table, view: View, choice: Choice) -> Series:
    """Take pairs of numbers, as many as can be drawn."""
    column = table.columns[choice.label]
    if column.type not in FIGURES:
        return Series(choice)
    pairs: list[tuple[float, float]] = []
    count = 0
    for cells, keys in _columns(path, table, view, choice):
        for x, y in zip(values(cells, column), keys, strict=True):
            if (across := _finite(x)) is not None and y is not None:
                count += 1
                if len(pairs) < MOST:
                    pairs.append((across, y))
    labels = [f"{x:g}" for x, _ in pairs]
    found = _series(choice, labels, [y for _, y in pairs], aggregated=False, all_=count)
    return replace(found, xs=tuple(x for x, _ in pairs))


def _series(
    choice: Choice, labels: list[str], points: list[float], *, aggregated: bool, all_: int
) -> Series:
    largest = max(range(len(points)), key=points.__getitem__) if points else None
    left_out = all_ - len(points)
    return Series(choice, tuple(labels), tuple(points), (), aggregated, left_out, largest)


def _columns(
    path: Path, table: Table, view: View, choice: Choice
) -> Iterator[tuple[list[str], list[float | None]]]:
    """Yield the cells across and the values, some rows at a time."""
    value = table.columns[choice.value]
    for columns in batches(path, table, view):
        figures = [_finite(key) for key in values(columns[choice.value], value)]
        yield list(columns[choice.label]), figures


def _labels(cells: list[str], column: Column, *, dated: bool) -> list[str]:
    if not dated:
        return ["" if is_empty(cell, column) else cell.strip()[:_LONGEST] for cell in cells]
    read = reader_of(column)
    return [iso(str(read(cell.strip()) or "")) for cell in cells]


def _finite(key: Key | None) -> float | None:
    if isinstance(key, str) or key is None:
        return None
    try:
        number = float(key)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
