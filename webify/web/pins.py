"""Pins: the marks that people put on runs to find them again and to compare with them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webify.web.site import site

pages = Blueprint("pins", __name__)
LONGEST = 2_000  # letters of the history's filters that a person is led back to


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


def back(run_id: str) -> ResponseReturnValue:
    """Lead to the run, or to the history with the filters that the form brought along."""
    if "history" not in request.form:
        return redirect(url_for("runs.show", run_id=run_id), 303)
    filters = urlencode(parse_qsl(request.form["history"][:LONGEST]))
    return redirect(f"{url_for('runs.history')}{'?' if filters else ''}{filters}#runs", 303)
