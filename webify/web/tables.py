"""Tables of a run: searched, sorted and paged by the server, whose address says what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.errors import TableUnknown
from webify.model.block import FIGURES, Block, Table
from webify.model.run import Run
from webify.rows.export import csv_lines
from webify.rows.page import SIZE, SIZES, Page, View, read_page, walk
from webify.runs.folder import RunFolder
from webify.web.page_state import NAME as KEPT
from webify.web.site import site

pages = Blueprint("tables", __name__)
PAGE_OF_A_TABLE = "tables.table"
PAGE_OF_A_RUN = "runs.show"
PRINTED = 5_000  # rows of a table that are put on paper at once


@dataclass(frozen=True)
class Card:
    """One table of a page, and the addresses that change what is seen of it.

    others    what the page's address says about other tables
    endpoint  the page that holds it: the run's, or the table's own
    """

    run: Run
    table: Table
    title: str
    page: Page
    view: View
    others: Mapping[str, str]
    endpoint: str = PAGE_OF_A_RUN

    @property
    def number(self) -> int:
        """Return the number of the table in its run."""
        return self.table.number

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return how many rows a page may have."""
        return SIZES

    def state(self, **changes: object) -> dict[str, Any]:
        """Return the fields of an address that shows this view with changes, defaults left out."""
        now = {"q": self.view.q, "sort": self.view.sort, "page": self.view.page}
        now |= {"size": self.view.size, **changes}
        usual = {"q": "", "sort": "", "page": 1, "size": SIZE}
        return {
            f"{self.number}.{name}": str(value)
            for name, value in now.items()
            if value != usual[name]
        }

    def href(self, **changes: object) -> str:
        """Return the address of the whole page with this table changed."""
        values: dict[str, Any] = {"run_id": self.run.id, **self.others, **self.state(**changes)}
        if self.endpoint == PAGE_OF_A_TABLE:
            values["number"] = str(self.number)
        return f"{url_for(self.endpoint, **values)}#table-{self.number}"

    def fetch(self, **changes: object) -> str:
        """Return the address of this table alone, changed."""
        return url_for(PAGE_OF_A_TABLE, **self.own(), **self.state(**changes))

    def csv(self, *, everything: bool = False) -> str:
        """Return the address of the CSV file: what is found, or all rows."""
        state = {} if everything else self.state(page=1, size=SIZE)
        return url_for("tables.csv", **self.own(), **state)

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

    @property
    def announcement(self) -> str:
        """Return what a screen reader says after a change."""
        by = self.page.sorted_by
        if by is None:
            return self.page.words
        name = self.table.columns[by].name or f"column {by + 1}"
        return f"{self.page.words}, sorted by {name}, {self.sorted_by(by)}"


@pages.get("/runs/<run_id>/tables/<int:number>")
def table(run_id: str, number: int) -> ResponseReturnValue:
    """Show one table: the part of a page that changes, or a page of its own."""
    run, folder, block = find(run_id, number)
    if request.headers.get("HX-Request") == "true":
        page = page_address(request.headers.get("HX-Current-URL", ""))
        own_page = page.path == url_for(PAGE_OF_A_TABLE, run_id=run_id, number=number)
        endpoint = PAGE_OF_A_TABLE if own_page else PAGE_OF_A_RUN
        card = card_of(run, folder.rows_path, block, dict(parse_qsl(page.query)), endpoint)
        if "all" in request.args:
            return render_template("table_rows.html", card=whole(card, folder.rows_path))
        answer = Response(render_template("table_rows.html", card=card, swapped=True))
        answer.headers["HX-Replace-Url"] = card.href().partition("#")[0]
        return answer
    card = card_of(run, folder.rows_path, block, {}, PAGE_OF_A_TABLE)
    return render_template("table_page.html", card=card, run=run)


@pages.get("/runs/<run_id>/tables/<int:number>.csv")
def csv(run_id: str, number: int) -> ResponseReturnValue:
    """Return all rows that match, in the order seen, as a file for a spreadsheet."""
    run, folder, block = find(run_id, number)
    name = file_name(run, number, len(tables_of(folder.blocks())))
    lines = encoded(csv_lines(folder.rows_path, table_of(block), view_of(number, request.args)))
    answer = Response(lines, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def page_address(text: str) -> SplitResult:
    """Return the address of the page that asks, split; nonsense is the empty address."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def whole(card: Card, rows: Path) -> Card:
    """Return the card with every row that matches on one page, to be printed."""
    found = tuple(islice(walk(rows, card.table, card.view), PRINTED))
    page = replace(card.page, rows=found, first=min(1, len(found)), last=len(found), page=1)
    return replace(card, page=page)


def find(run_id: str, number: int) -> tuple[Run, RunFolder, Block]:
    """Return a run, its folder and the block of a table.

    Raises RunUnknown, TableUnknown.
    """
    services = site()
    run = services.store.run(run_id)
    folder = services.engine.folder(run).of_table(number)
    for block in tables_of(folder.blocks()):
        if block.table and block.table.number == number:
            return run, folder, block
    raise TableUnknown(f"Run {run.number} has no table {number}.")


def tables_of(blocks: tuple[Block, ...]) -> list[Block]:
    """Return the blocks that are tables."""
    return [block for block in blocks if block.table is not None]


def table_of(block: Block) -> Table:
    """Return the table of a block that has one."""
    if block.table is None:
        raise TableUnknown("This block is not a table.")
    return block.table


def card_of(
    run: Run,
    rows: Path,
    block: Block,
    page_state: Mapping[str, str],
    endpoint: str = PAGE_OF_A_RUN,
) -> Card:
    """Return the card of a table, seen as the request says."""
    of = table_of(block)
    view = view_of(of.number, request.args)
    others = {
        name: value
        for name, value in page_state.items()
        if KEPT.fullmatch(name) and not name.startswith(f"{of.number}.")
    }
    page = read_page(rows, of, view)
    view = View(page.q, page.sort, page.page, page.size)
    return Card(run, of, block.title, page, view, others, endpoint)


def view_of(number: int, given: Mapping[str, str]) -> View:
    """Return the view that an address asks for, "1.sort" or plain "sort"; nonsense is ignored."""

    def said(name: str) -> str:
        return given.get(f"{number}.{name}", given.get(name, ""))

    page, size, sort = said("page"), said("size"), said("sort")
    return View(
        q=said("q")[:200],
        sort=sort if re.fullmatch(r"-?[0-9]{1,4}", sort) else "",
        page=int(page) if re.fullmatch(r"[1-9][0-9]{0,9}", page) else 1,
        size=int(size) if size in map(str, SIZES) else SIZE,
    )


def file_name(run: Run, number: int, count: int) -> str:
    """Return "stock-report-reorder-2026-11-22-0942.csv"."""
    moment = run.created.astimezone() if run.created else None
    words = [run.title, *run.path, *([f"table {number}"] if count > 1 else [])]
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-") or "table"
    return f"{slug}-{moment:%Y-%m-%d-%H%M}.csv" if moment else f"{slug}.csv"


def encoded(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield the text in pieces of some size, as UTF-8."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length > 32_000:
            yield "".join(waiting).encode(errors="replace")
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode(errors="replace")
