"""One table of a page, what is seen of it, and the addresses that change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from webify.errors import TableUnknown
from webify.model.block import FIGURES, LOG, Block, Table
from webify.model.run import Run
from webify.rows.chart import guess
from webify.rows.filters import Filter
from webify.rows.page import SIZE, SIZES, Page, read_page, walk
from webify.web.cells import MOST, Look, name_of
from webify.web.page_state import NAME as KEPT
from webify.web.table_state import Fields, Seen, fields_of, numbers, seen_in, spans

PAGE_OF_A_TABLE = "tables.table"
PAGE_OF_A_RUN = "runs.show"
PRINTED = 5_000  # rows of a table that are put on paper at once
MOST_COLUMNS = 200  # that are shown until a person asks for others
ON_PHONE, FROM = 8, 10  # a phone shows eight columns of a table that has more than ten
LAST = 9_999_999_999  # a page past the end is the last one
LARGE = 20_000  # rows from which sorting may take a moment
UNSEEN: Mapping[str, Any] = {  # what a file does not depend on
    "page": 1,
    "size": SIZE,
    "columns": "",
    "chart": "",
    "panel": False,
}
FORMS: Mapping[str, Mapping[str, Any]] = {  # what each form of a card asks for anew
    "find": {"q": "", "page": 1},
    "filter": {"filters": (), "page": 1, "panel": False},
    "pick": {"page": 1},
    "columns": {"columns": ""},
    "size": {"size": SIZE, "page": 1},
    "order": {"sort": "", "page": 1},
}


@dataclass(frozen=True)
class Chip:
    """A filter that is on: its words, and the addresses without it."""

    words: str
    href: str
    fetch: str


@dataclass(frozen=True)
class Card:
    """One table of a page.

    rows      the file that its rows are in
    others    what the page's address says about other tables
    endpoint  the page that holds it: the run's, or the table's own
    log       its rows are the entries of a log
    """

    run: Run
    table: Table
    title: str
    page: Page
    seen: Seen
    rows: Path
    others: tuple[tuple[str, str], ...] = ()
    endpoint: str = PAGE_OF_A_RUN
    log: bool = False

    @property
    def number(self) -> int:
        """Return the number of the table in its run."""
        return self.table.number

    @property
    def id(self) -> str:
        """Return what the ids of its elements begin with."""
        return f"table-{self.number}"

    @property
    def name(self) -> str:
        """Return what tells it from every other table of its run, in the names of its parts."""
        return f"{self.title}, table {self.number}" if self.title else f"table {self.number}"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return how many rows a page may have."""
        return SIZES

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """Return the columns that are shown."""
        count = len(self.table.columns)
        wanted = [at for at in numbers(self.seen.columns) if at < count]
        shown = wanted or usual(self.table)
        many = not wanted and len(shown) > FROM
        return tuple(
            Look(at, self.table.columns[at], many and place >= ON_PHONE, self._widest(at))
            for place, at in enumerate(shown)
        )

    def _widest(self, index: int) -> int:
        """Return the letters of the longest cell; one of several lines counts as long."""
        cells = (row[index] for row in self.page.rows)
        return max((MOST if "\n" in cell else len(cell) for cell in cells), default=0)

    @property
    def menu(self) -> list[tuple[int, str, bool, bool]]:
        """Return the first columns of all: number, name, whether it is on, and on phones too."""
        shown = {look.index: look.past for look in self.looks}
        columns = enumerate(self.table.columns[:MOST_COLUMNS])
        return [
            (at, name_of(column, at), at in shown, shown.get(at, False)) for at, column in columns
        ]

    @property
    def every_column(self) -> str:
        """Return what an address says to show all columns of the menu."""
        return spans(range(min(MOST_COLUMNS, len(self.table.columns))))

    @property
    def memory(self) -> str:
        """Return the name under which a browser keeps the choice of columns."""
        return ":".join(("webify-columns", self.run.tool, *self.run.path, self.title))

    @property
    def panel(self) -> bool:
        """Say whether the filters are open; they are where a fault stands in them."""
        return self.seen.panel or bool(self.page.faults)

    @property
    def totals(self) -> bool:
        """Say whether anything stands in the foot of the columns shown."""
        return any(self.page.totals[look.index] for look in self.looks if self.page.totals)

    @property
    def away(self) -> int:
        """Return how many columns are not shown."""
        return len(self.table.columns) - len(self.looks)

    @property
    def chartable(self) -> bool:
        """Say whether a chart of the rows can be drawn."""
        return guess(self.table, self.page.matched) is not None

    @property
    def large(self) -> bool:
        """Say whether sorting may take a moment."""
        return self.page.total >= LARGE

    def state(self, **changes: Any) -> dict[str, Any]:
        """Return the fields of an address that shows this with changes, what is usual left out."""
        fields: dict[str, Any] = {}
        for name, value in fields_of(self.number, replace(self.seen, **changes)):
            fields.setdefault(name, []).append(value)
        return fields

    def kept(self, form: str) -> Fields:
        """Return the fields that a form sends along, so that it changes one thing only."""
        changed = replace(self.seen, **FORMS[form])
        return [*self.others, *fields_of(self.number, changed)]

    @property
    def here(self) -> str:
        """Return the address of the page without any state."""
        own = self.own() if self.endpoint == PAGE_OF_A_TABLE else {"run_id": self.run.id}
        return url_for(self.endpoint, **own)

    def href(self, **changes: Any) -> str:
        """Return the address of the whole page with this table changed."""
        values: dict[str, Any] = {"run_id": self.run.id}
        for name, value in self.others:
            values.setdefault(name, []).append(value)
        if self.endpoint == PAGE_OF_A_TABLE:
            values["number"] = str(self.number)
        return f"{url_for(self.endpoint, **values, **self.state(**changes))}#{self.id}"

    def fetch(self, part: str = "", **changes: Any) -> str:
        """Return the address of this table alone, or of a part of it, changed."""
        named: dict[str, Any] = {"part": part} if part else {}
        return url_for(PAGE_OF_A_TABLE, **self.own(), **named, **self.state(**changes))

    @property
    def bare(self) -> str:
        """Return the address of this table alone without any state, for forms."""
        return url_for(PAGE_OF_A_TABLE, **self.own())

    def file(self, kind: str, *, everything: bool = False) -> str:
        """Return the address of a file: of what is found, or of all rows."""
        usual: dict[str, Any] = {
            "page": 1,
            "size": SIZE,
            "columns": "",
            "chart": "",
            "panel": False,
        }
        state = {} if everything else self.state(**usual)
        return url_for(f"downloads.{kind}", **self.own(), **state)

    def own(self) -> dict[str, Any]:
        """Return what names this table in an address."""
        return {"run_id": self.run.id, "number": self.number}

    def sorted_by(self, index: int) -> str:
        """Return "ascending", "descending" or "" for a column."""
        if self.page.sorted_by != index:
            return ""
        return "descending" if self.page.falling else "ascending"

    def next_sort(self, index: int) -> str:
        """Return the sort of the next press: figures large to small first, text A to Z."""
        now = self.sorted_by(index)
        falls_first = self.table.columns[index].type in FIGURES
        falls = now == "ascending" if now else falls_first
        return f"-{index}" if falls else str(index)

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the filters that are on, each with the address that leaves it out."""
        found = []
        for wanted in self.seen.filters:
            if wanted.column < len(self.table.columns):
                rest = tuple(each for each in self.seen.filters if each is not wanted)
                name = name_of(self.table.columns[wanted.column], wanted.column)
                words = f"{name}: {filter_words(wanted)}"
                found.append(
                    Chip(words, self.href(filters=rest, page=1), self.fetch(filters=rest, page=1))
                )
        return found

    @property
    def newest(self) -> tuple[str, str]:
        """Return the addresses of the last rows as printed, of the page and of the table alone."""
        return self.href(sort="", page=LAST), self.fetch(sort="", page=LAST)

    @property
    def announcement(self) -> str:
        """Return what a screen reader says after a change."""
        if self.page.sorting:
            return self.page.sorting.words
        by = self.page.sorted_by
        if by is None:
            return self.page.words
        name = name_of(self.table.columns[by], by)
        return f"{self.page.words}, sorted by {name}, {self.sorted_by(by)}"

    @property
    def left_off(self) -> str:
        """Return what the print leaves out, "" for nothing."""
        more = self.page.matched - self.page.last
        return f"{more:,} more rows are not printed." if "all" in request.args and more > 0 else ""

    def whole(self) -> Card:
        """Return the card with every row that matches on one page, to be printed."""
        found = tuple(islice(walk(self.rows, self.table, self.seen.view), PRINTED))
        page = replace(self.page, rows=found, first=min(1, len(found)), last=len(found), page=1)
        return replace(self, page=page)


def usual(table: Table) -> list[int]:
    """Return the columns that are shown until a person asks for others; one at least."""
    seen = [at for at, column in enumerate(table.columns) if not column.hidden]
    return seen[:MOST_COLUMNS] or [0]


def filter_words(wanted: Filter) -> str:
    """Return what a filter says: "10 to 20", "from 10", "Halden or Merrow", "empty"."""
    parts = []
    if wanted.least and wanted.most:
        parts.append(f"{wanted.least} to {wanted.most}")
    elif wanted.least or wanted.most:
        parts.append(f"from {wanted.least}" if wanted.least else f"up to {wanted.most}")
    if wanted.words:
        parts.append(f"with “{wanted.words}”")
    if wanted.values:
        parts.append(" or ".join(value or "empty" for value in wanted.values))
    return ", ".join(parts)


def card_of(
    run: Run,
    rows: Path,
    block: Block,
    page_state: MultiDict[str, str],
    endpoint: str = PAGE_OF_A_RUN,
) -> Card:
    """Return the card of a table, seen as the request says.

    page_state  the fields of the address of the page that holds it
    Raises TableUnknown.
    """
    of = table_of(block)
    asked = seen_in(of.number, request.args.items(multi=True))
    page = read_page(rows, of, asked.view)
    shown = replace(asked, sort=page.sort, page=page.page, size=page.size)
    if page.sorting:  # the order is asked for still, and the rows are not yet in it
        shown = replace(shown, sort=asked.sort)
    log = block.kind == LOG
    title = block.title or ("Log" if log else "")
    others = tuple(_others(of, page_state))
    return Card(run, of, title, page, shown, rows, others, endpoint, log)


def _others(table: Table, page_state: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what the address of a page says about other tables."""
    for name, value in page_state.items(multi=True):
        if KEPT.fullmatch(name) and not name.startswith(f"{table.number}."):
            yield name, value


def table_of(block: Block) -> Table:
    """Return the table of a block that has one."""
    if block.table is None:
        raise TableUnknown("This block is not a table.")
    return block.table
