"""Tables of a run: searched, filtered, sorted and paged by the server, one address for each."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import SplitResult, parse_qsl, urlsplit

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webify.errors import TableUnknown
from webify.model.block import Block
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.web.card import PAGE_OF_A_RUN, PAGE_OF_A_TABLE, Card, card_of
from webify.web.charts import chart_of
from webify.web.filtering import filter_fields
from webify.web.site import site

pages = Blueprint("tables", __name__)
HTMX = "HX-Request"


@pages.get("/runs/<run_id>/tables/<int:number>")
def table(run_id: str, number: int) -> ResponseReturnValue:
    """Show one table: the part of a page that changes, or a page of its own."""
    run, folder, block = find(run_id, number)
    if request.headers.get(HTMX) != "true":
        card = card_of(run, folder.rows_path, block, MultiDict(), PAGE_OF_A_TABLE)
        return render_template("table_page.html", card=card, run=run)
    page = page_address(request.headers.get("HX-Current-URL", ""))
    own_page = page.path == url_for(PAGE_OF_A_TABLE, run_id=run_id, number=number)
    endpoint = PAGE_OF_A_TABLE if own_page else PAGE_OF_A_RUN
    card = card_of(run, folder.rows_path, block, MultiDict(parse_qsl(page.query)), endpoint)
    card = replace(card, seen=replace(card.seen, panel=False))  # it is open or not without us
    return part_of(card, run)


def part_of(card: Card, run: Run) -> ResponseReturnValue:
    """Return the part of a card that a page asks for."""
    part = request.args.get("part", "")
    if part == "filters":
        return render_template("table_filters.html", card=card, fields=filter_fields(card))
    if part == "chart":
        chart = chart_of(card)
        answer = Response(render_template("table_chart.html", card=card, chart=chart))
        address = card.href(chart=chart.state)
    elif "all" in request.args:
        return render_template("table_rows.html", card=card.whole(), run=run)
    else:
        answer = Response(render_template("table_rows.html", card=card, swapped=True, run=run))
        address = card.href(chart="")
    answer.headers["HX-Replace-Url"] = address.partition("#")[0]
    return answer


def page_address(text: str) -> SplitResult:
    """Return the address of the page that asks, split; nonsense is the empty address."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


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
