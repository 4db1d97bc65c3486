"""The viewer: pages through a text of any size, searches it, and goes to its errors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.errors import FileUnknown
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.text.index import LineIndex
from webify.text.needle import Faults, Needle
from webify.text.search import Found, search, search_back
from webify.text.source import open_text
from webify.web.files import made_file, plain_name
from webify.web.site import site
from webify.web.view import Subject, Viewing
from webify.web.words import size

pages = Blueprint("viewer", __name__)
GOING = 3.0  # seconds that the way to an error or a match may take
COUNTING = 0.5  # seconds of counting for one request
PARTS = {"lines": "viewer_lines.html", "found": "viewer_found.html"}
STREAMS = {"out": "Output", "err": "Errors"}


@pages.get("/runs/<run_id>/output")
def output(run_id: str) -> ResponseReturnValue:
    """Show standard output."""
    run, folder = found_run(run_id)
    return show(log_of(run, folder, "out", "viewer.output"))


@pages.get("/runs/<run_id>/errors")
def errors(run_id: str) -> ResponseReturnValue:
    """Show standard error."""
    run, folder = found_run(run_id)
    return show(log_of(run, folder, "err", "viewer.errors"))


@pages.get("/runs/<run_id>/view/<path:name>")
def file(run_id: str, name: str) -> ResponseReturnValue:
    """Show a file of the run's folder, if it is a text."""
    run, folder = found_run(run_id)
    path = made_file(folder, name)
    if path is None:
        raise FileUnknown(f"This run has no file “{name}”.")
    shown = plain_name(name)
    digest = hashlib.sha256(path.relative_to(folder.files.resolve()).as_posix().encode(
        errors="surrogateescape"
    )).hexdigest()  # fmt: skip
    text = open_text(path)
    index = LineIndex(text, folder.path / f"file-{digest[:16]}.lines")
    raw = url_for("files.file", run_id=run.id, name=shown)
    return show(Subject(run, "viewer.file", shown, text, index, raw, name=shown))


def found_run(run_id: str) -> tuple[Run, RunFolder]:
    """Return a run and its folder.

    Raises RunUnknown.
    """
    services = site()
    run = services.store.run(run_id)
    return run, services.engine.folder(run)


def log_of(run: Run, folder: RunFolder, stream: str, endpoint: str) -> Subject:
    """Return one of the two outputs of a run; raises FileUnknown where its folder has gone."""
    if run.state.ended and run.started and not folder.path.exists():
        raise FileUnknown("The files of this run are gone: its folder was deleted on the server.")
    path = folder.out_path if stream == "out" else folder.err_path
    text = open_text(path)
    index = LineIndex(text, folder.path / f"{stream}.lines", grows=True)
    raw = url_for(f"files.{stream}", run_id=run.id)
    goes_on = not run.state.ended
    return Subject(run, endpoint, STREAMS[stream], text, index, raw, "", goes_on, stream)


def show(subject: Subject) -> ResponseReturnValue:
    """Answer a request for a text: the page, one of its parts, or the way to a place in it."""
    viewing = Viewing(subject, request.args)
    part = request.args.get("part", "")
    try:
        if part == "count":
            return counted(viewing)
        if request.args.get("go", "") in WAYS:
            return go(viewing, request.args["go"])
        return render_template(PARTS.get(part, "viewer.html"), view=viewing, run=subject.run)
    finally:
        subject.index.save()


def counted(viewing: Viewing) -> ResponseReturnValue:
    """Count lines for a while; tell how far it came, and the number of the line at a byte."""
    index, text = viewing.subject.index, viewing.subject.text
    index.extend(text.size, COUNTING)
    byte = viewing.byte("from")
    return {
        "counted": text.size if index.whole else index.covered,
        "size": text.size,
        "total": index.total(),
        "first": None if byte is None else index.line_at(byte),
    }


def go(viewing: Viewing, way: str) -> ResponseReturnValue:
    """Lead to the next or the last place before this one; say so where there is none."""
    what, back = WAYS[way]
    needle = Faults() if what == "error" else viewing.words
    if needle is None:
        return redirect(viewing.href(), 303)
    came = looked(viewing, needle, back=back)
    if came.hits:
        return redirect(f"{viewing.href(at=came.hits[0].byte)}#here", 303)
    before = "before" if back else "after"
    if came.done:
        note, further = f"There is no {what} {before} this place.", ""
    else:
        done = abs(came.to - (viewing.byte("to" if back else "from") or 0))
        note = f"There is no {what} in the {size(done)} {before} this place."
        further = viewing.href(go=way, **{"to" if back else "from": came.to})
    told = replace(viewing, note=note, further=further)
    return render_template("viewer.html", view=told, run=viewing.subject.run)


def looked(viewing: Viewing, needle: Needle, *, back: bool) -> Found:
    """Return the nearest place, looking one way or the other."""
    subject = viewing.subject
    if not back:
        start = viewing.byte("from") or 0
        return search(subject.text, subject.index, needle, start, 1, GOING)
    to = viewing.byte("to")
    to = subject.text.size if to is None else to
    return search_back(subject.text, subject.index, needle, to, GOING)


WAYS = {
    "error": ("error", False),
    "earlier-error": ("error", True),
    "match": ("match", False),
    "earlier-match": ("match", True),
}
