"""Tables as files: CSV, XLSX and JSON of all rows or of those that are found, sent in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from webify.model.run import Run
from webify.rows.export import csv_lines, json_lines
from webify.rows.workbook import xlsx_pieces
from webify.web.card import table_of
from webify.web.table_state import seen_in
from webify.web.tables import find, tables_of

pages = Blueprint("downloads", __name__)
PIECE = 32_000  # letters that are sent at once, about


@pages.get("/runs/<run_id>/tables/<int:number>.csv")
def csv(run_id: str, number: int) -> ResponseReturnValue:
    """Return all rows that match, in the order seen, as a file for a spreadsheet."""
    run, folder, block = find(run_id, number)
    view = seen_in(number, request.args.items(multi=True)).view
    lines = encoded(begun(csv_lines(folder.rows_path, table_of(block), view)))
    return named(Response(lines, content_type="text/csv; charset=utf-8"), run, number, "csv")


@pages.get("/runs/<run_id>/tables/<int:number>.json")
def json(run_id: str, number: int) -> ResponseReturnValue:
    """Return all rows that match, in the order seen, as JSON for programs."""
    run, folder, block = find(run_id, number)
    view = seen_in(number, request.args.items(multi=True)).view
    lines = encoded(begun(json_lines(folder.rows_path, table_of(block), view)))
    return named(Response(lines, content_type="application/json"), run, number, "json")


@pages.get("/runs/<run_id>/tables/<int:number>.xlsx")
def xlsx(run_id: str, number: int) -> ResponseReturnValue:
    """Return all rows that match, in the order seen, as a workbook."""
    run, folder, block = find(run_id, number)
    view = seen_in(number, request.args.items(multi=True)).view
    pieces = xlsx_pieces(folder.rows_path, table_of(block), view)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return named(Response(pieces, content_type=kind), run, number, "xlsx")


def named(answer: Response, run: Run, number: int, ending: str) -> Response:
    """Return an answer that a browser keeps as a file with the name of its run."""
    _, folder, _ = find(run.id, number)
    name = file_name(run, number, len(tables_of(folder.blocks())), ending)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def file_name(run: Run, number: int, count: int, ending: str) -> str:
    """Return "stock-report-reorder-2026-11-22-0942.csv"."""
    moment = run.created.astimezone() if run.created else None
    words = [run.title, *run.path, *([f"table {number}"] if count > 1 else [])]
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-") or "table"
    return f"{slug}-{moment:%Y-%m-%d-%H%M}.{ending}" if moment else f"{slug}.{ending}"


def begun(lines: Iterator[str]) -> Iterator[str]:
    """Return the same lines, begun: that rows are not there is known before anything is sent."""
    first = list(islice(lines, 2))  # the head, and the first of the rows
    return chain(first, lines)


def encoded(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield the text in pieces of some size, as UTF-8."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length > PIECE:
            yield "".join(waiting).encode(errors="replace")
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode(errors="replace")
