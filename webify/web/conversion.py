"""The conversion report: how well each command-line tool became a web page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.faces.labels import listed
from webify.model.report import Note, Result, ToolReport
from webify.rows.export import BYTE_ORDER_MARK, guarded
from webify.web.site import site
from webify.web.words import capitalized

pages = Blueprint("conversion", __name__)
TONES = {Result.READY: "ok", Result.LOOK: "warn", Result.NOT: "bad", Result.READING: ""}
OUTPUTS = {
    "table": "tables",
    "pairs": "lists of values",
    "log": "logs",
    "text": "text",
    "image": "pictures",
    "file": "files",
}
HEAD = ("tool", "parser", "described from", "result", "settings", "understood", "as text", "lost")
ORDER = {Result.READY: 0, Result.LOOK: 1, Result.NOT: 2, Result.READING: 3}


def _share(each: ToolReport) -> float:
    return (
        each.understood / each.settings if each.settings else float(each.result is not Result.NOT)
    )


@pages.get("/conversion")
def show() -> ResponseReturnValue:
    """Show the report, as far as ?q= and ?result= let it through, in the order of ?sort=.

    A page that looks again says how many tools were being read before (?reading=).
    """
    services = site()
    if request.args.get("reading") == str(services.catalog.reading):
        return "", 204
    reports = services.conversion.reports()
    wanted = {name: request.args.get(name, "").strip() for name in ("q", "result", "sort")}
    found = [each for each in reports if matches(each, wanted["q"], wanted["result"])]
    by = sorts().get(wanted["sort"].lstrip("-"))
    if by is not None:
        found.sort(key=by, reverse=wanted["sort"].startswith("-"))
    return render_template(
        "conversion.html",
        reports=found,
        counts={result: sum(each.result is result for each in reports) for result in Result},
        total=len(reports),
        as_text=sum(each.as_text for each in reports),
        reading=services.catalog.reading,
        folder=services.settings.folder,
        given={name: value for name, value in wanted.items() if value},
        known=(Result.READY, Result.LOOK),
        results=list(Result),
        tones=TONES,
    )


@pages.post("/conversion")
def scan() -> ResponseReturnValue:
    """Ask every tool anew what it accepts, and go back to the report."""
    site().catalog.ask_again()
    return redirect(url_for("conversion.show"), 303)


@pages.get("/conversion.csv")
def download() -> ResponseReturnValue:
    """Send the report as a file for a spreadsheet, a line for each tool."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*HEAD, "output", "not understood, and what to do"])
    for each in site().conversion.reports():
        writer.writerow([guarded(cell) for cell in cells(each)])
    name = f"conversion-{datetime.now(UTC).astimezone():%Y-%m-%d}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue(), headers=head, content_type="text/csv; charset=utf-8")


def sorts() -> dict[str, Callable[[ToolReport], Any]]:
    """Return what each column is sorted by."""
    return {
        "tool": lambda each: each.title.lower(),
        "parser": lambda each: parser(each).lower(),
        "result": lambda each: ORDER[each.result],
        "settings": _share,
        "output": printed,
    }


def cells(each: ToolReport) -> Sequence[str]:
    """Return one line of the file."""
    numbers = (each.settings, each.understood, each.as_text, each.lost)
    notes = (f"{note.sentence} {note.remedy}".strip() for note in each.notes)
    return (
        each.title,
        each.framework,
        ", ".join(each.sources),
        each.result.value,
        *map(str, numbers),
        printed(each),
        " ".join(notes),
    )


def matches(each: ToolReport, words: str, result: str) -> bool:
    """Say whether a line holds every word, and has the result that is asked for."""
    said = " ".join(
        (each.title, each.slug, each.framework, *(note.sentence for note in each.notes))
    )
    fits = not result or each.result.value == result
    return fits and all(word in said.lower() for word in words.lower().split())


def parser(each: ToolReport) -> str:
    """Return what the tool's arguments are read by, as a column says it."""
    if each.result is Result.READING:
        return ""
    return each.framework or "none found"


def origin(each: ToolReport) -> str:
    """Return from what a tool is described that has no parser to ask, "" otherwise."""
    told = [source for source in each.sources if source not in ("parser", each.framework)]
    return f"from its {listed(told)}" if told and "parser" not in each.sources else ""


def printed(each: ToolReport) -> str:
    """Return what the last runs printed, in words: "Tables and text"."""
    found = [OUTPUTS.get(kind, kind) for kind in each.outputs]
    if not found:
        return ""
    head = f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else found[0]
    return capitalized(head)


def rest(note: Note) -> str:
    """Return the sentence of a note without the subject that it begins with."""
    begins = bool(note.subject) and note.sentence.startswith(note.subject)
    return note.sentence[len(note.subject) :] if begins else note.sentence


FILTERS = {
    "origin": origin,
    "moment": datetime.fromisoformat,
    "parser": parser,
    "printed": printed,
    "rest": rest,
}
