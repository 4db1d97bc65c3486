"""What an address says is seen of a table: words, order, page, filters, columns and chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webify.rows.filters import Filter
from webify.rows.view import SIZE, SIZES, View

LONGEST = 200  # letters of what is typed
MOST_VALUES = 100  # that one column is narrowed to
MOST_FILTERS = 50
_SORT = re.compile(r"-?[0-9]{1,4}")
_COLUMN = re.compile(r"[0-9]{1,4}")
_PAGE = re.compile(r"[1-9][0-9]{0,9}")
_CHART = re.compile(r"(line|across|columns|scatter)\.[0-9]{1,4}\.[0-9]{1,4}")
_SPAN = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Seen:
    """What is seen of a table.

    columns  the numbers of the columns shown, in spans such as "0-3,7"; "" is the usual ones
    chart    kind, value column and label column of the open chart: "across.7.2"
    panel    the filters are open
    """

    q: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZE
    filters: tuple[Filter, ...] = ()
    columns: str = ""
    chart: str = ""
    panel: bool = False

    @property
    def narrowed(self) -> bool:
        """Say whether rows may be left out."""
        return bool(self.q or self.filters)

    @property
    def view(self) -> View:
        """Return what the rows are asked for."""
        return View(self.q, self.sort, self.page, self.size, self.filters)


def seen_in(number: int, fields: Iterable[tuple[str, str]]) -> Seen:
    """Return what the fields of an address say of a table, "1.sort" or plain "sort".

    What makes no sense is ignored; what is typed into a filter is kept as it is, so that a fault
    in it can be told.
    """
    given: dict[str, list[str]] = {}
    for name, value in fields:
        if name.startswith(f"{number}."):
            given.setdefault(name.partition(".")[2], []).append(value)
        elif name in ("q", "sort", "page", "size"):
            given.setdefault(name, []).append(value)

    def said(name: str) -> str:
        return given.get(name, [""])[0]

    picked(given)
    page, size, sort, chart = said("page"), said("size"), said("sort"), said("chart")
    return Seen(
        q=said("q")[:LONGEST],
        sort=sort if _SORT.fullmatch(sort) else "",
        page=int(page) if _PAGE.fullmatch(page) else 1,
        size=int(size) if size in map(str, SIZES) else SIZE,
        filters=tuple(_filters(given)),
        columns=spans(numbers(",".join(given.get("cols", ())))),
        chart=chart if _CHART.fullmatch(chart) else "",
        panel="panel" in given,
    )


def picked(given: dict[str, list[str]]) -> None:
    """Take the choice beside the search, "2=Halden" or "2" for all, for a filter of its column."""
    for each in given.pop("pick", ())[:1]:
        column, chosen, value = each.partition("=")
        if _COLUMN.fullmatch(column):
            given[f"c{column}.is"] = [value] if chosen else []


def _filters(given: dict[str, list[str]]) -> Iterator[Filter]:
    """Yield what is asked of each column, in their order."""
    found = {name.partition(".")[0] for name in given if re.match(r"c[0-9]{1,4}\.", name)}
    for name in sorted(found, key=lambda each: int(each[1:]))[:MOST_FILTERS]:
        values = [each for each in given.get(f"{name}.is", ()) if len(each) <= LONGEST]
        wanted = Filter(
            int(name[1:]),
            given.get(f"{name}.from", [""])[0].strip()[:LONGEST],
            given.get(f"{name}.to", [""])[0].strip()[:LONGEST],
            tuple(dict.fromkeys(values))[:MOST_VALUES],
            given.get(f"{name}.has", [""])[0].strip()[:LONGEST],
        )
        if wanted.least or wanted.most or wanted.values or wanted.words:
            yield wanted


def fields_of(number: int, seen: Seen) -> Fields:
    """Return the fields of an address that shows this; what is usual is left out."""
    fields: Fields = []

    def say(name: str, value: str, usual: str = "") -> None:
        if value != usual:
            fields.append((f"{number}.{name}", value))

    say("q", seen.q)
    say("sort", seen.sort)
    say("page", str(seen.page), "1")
    say("size", str(seen.size), str(SIZE))
    for wanted in seen.filters:
        say(f"c{wanted.column}.from", wanted.least)
        say(f"c{wanted.column}.to", wanted.most)
        say(f"c{wanted.column}.has", wanted.words)
        fields += [(f"{number}.c{wanted.column}.is", value) for value in wanted.values]
    say("cols", seen.columns)
    say("chart", seen.chart)
    say("panel", "1" if seen.panel else "")
    return fields


def numbers(text: str) -> list[int]:
    """Return the numbers that spans name: "0-2,5" is 0, 1, 2 and 5; nonsense is left out."""
    found: set[int] = set()
    for part in text.split(","):
        span = _SPAN.fullmatch(part)
        if span:
            found |= set(range(int(span[1]), int(span[2] or span[1]) + 1))
    return sorted(found)


def spans(numbers: Iterable[int]) -> str:
    """Return numbers in spans, the shortest way to name them."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ",".join("-".join(map(str, run)) for run in runs)
