"""Pins: the marks that people put on runs to find them again and to compare with them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webify.model.command import Tool
from webify.model.run import Run
from webify.services import Services
from webify.store.store import RunFilter
from webify.web.answers import answers
from webify.web.site import site

pages = Blueprint("pins", __name__)
OFFERED = 12  # runs of each kind that a run can be compared with
LONGEST = 2_000  # letters of the history's filters that a person is led back to
Offers = list[tuple[str, list[tuple[Run, str]]]]


@pages.post("/runs/<run_id>/pin")
def pin(run_id: str) -> ResponseReturnValue:
    """Pin a run and go back to where the button was."""
    site().store.pin(run_id)
    return back(run_id)


@pages.post("/runs/<run_id>/unpin")
def unpin(run_id: str) -> ResponseReturnValue:
    """Take the pin away and go back to where the button was."""
    site().store.unpin(run_id)
    return back(run_id)


def offered(services: Services, run: Run, tool: Tool | None) -> Offers:
    """Return the runs that a run can be compared with, pinned ones first, each with its answers."""
    last = services.store.runs(RunFilter(tool=run.tool, path=run.path), limit=OFFERED + 1)
    last = [other for other in last if other.id != run.id][:OFFERED]
    pinned = services.store.runs(RunFilter(tool=run.tool, pinned=True), limit=OFFERED)
    pinned = [other for other in pinned if other.id != run.id]
    groups = [("Pinned runs", pinned), ("Last runs", [each for each in last if each not in pinned])]
    return [
        (name, [(other, answers(other, tool)) for other in runs]) for name, runs in groups if runs
    ]


def back(run_id: str) -> ResponseReturnValue:
    """Lead to the run, or to the history with the filters that the form brought along."""
    if "history" not in request.form:
        return redirect(url_for("runs.show", run_id=run_id), 303)
    filters = urlencode(parse_qsl(request.form["history"][:LONGEST]))
    return redirect(f"{url_for('runs.history')}{'?' if filters else ''}{filters}#runs", 303)
