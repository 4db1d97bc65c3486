"""Error pages: what happened, whether anything changed, what to do next."""

from __future__ import annotations

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from webify.errors import CommandUnknown, NotComparable, RunUnknown, ToolUnknown, WebifyError
from webify.keeping.retention import age_kept
from webify.runs.verdict import no_room
from webify.web.safety import WrongHost
from webify.web.site import site
from webify.web.words import size

HEADINGS = {
    400: "The request could not be read",
    403: "This was not accepted",
    404: "There is no such page",
    405: "This address does not take that",
    409: "This tool cannot be run",
    413: "The upload is too large",
    421: "Wrong address",
    422: "Some answers need another look",
    500: "Something went wrong in webify",
    503: "The history cannot be used just now",
    507: "The disk is full",
}


def show_errors(app: Flask) -> None:
    """Answer every error of this application with a page."""
    app.register_error_handler(WebifyError, known)
    app.register_error_handler(WrongHost, misdirected)
    app.register_error_handler(CSRFError, stale)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(HTTPException, general)
    app.register_error_handler(OSError, from_system)
    app.register_error_handler(Exception, unforeseen)


def known(error: WebifyError) -> ResponseReturnValue:
    """Show an error that webify raised on purpose, with its own sentence."""
    heading = HEADINGS.get(error.status, HEADINGS[500])
    if isinstance(error, RunUnknown):
        heading = "There is no such run"
    elif isinstance(error, ToolUnknown):
        heading = "There is no such tool"
    elif isinstance(error, CommandUnknown):
        heading = "There is no such command"
    elif isinstance(error, NotComparable):
        heading = "These cannot be compared"
    sentence = str(error)
    if isinstance(error, RunUnknown):
        sentence = f"{sentence} {age_kept(site().settings)}".strip()
    return page(error.status, heading, sentence)


def misdirected(error: WrongHost) -> ResponseReturnValue:
    """Say it in plain text: style sheets and pictures would be refused to that host too."""
    return f"{HEADINGS[421]}\n{error}\n", 421, {"Content-Type": "text/plain; charset=utf-8"}


def stale(_error: CSRFError) -> ResponseReturnValue:
    """Say that the form was opened too long ago, or elsewhere."""
    return page(
        403,
        "This form is out of date",
        "Nothing was run. Your browser has a newer visit to this site, or keeps no cookies. "
        "Go back, load the form again, and send it once more.",
    )


def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how large an upload was, and how large it may be."""
    limits = site().settings.limits
    sent = f"{size(request.content_length)} were sent. " if request.content_length else ""
    return page(
        413,
        HEADINGS[413],
        f"Nothing was run. {sent}A form takes {limits.upload_files} files of "
        f"{size(limits.upload_bytes)} each at most.",
    )


def general(error: HTTPException) -> ResponseReturnValue:
    """Show an error of the protocol."""
    if error.response is not None or error.code is None:
        return error
    sentence = (
        "The link may be old, or a letter is missing. Tools and runs are found from these pages."
        if error.code == 404
        else error.description or ""
    )
    return page(error.code, HEADINGS.get(error.code, error.name), sentence)


def from_system(error: OSError) -> ResponseReturnValue:
    """Say that the disk is full, where that was the matter."""
    if not no_room(error):
        return unforeseen(error)
    current_app.logger.error("%s %r: the disk is full", request.method, request.path)
    return page(
        507,
        HEADINGS[507],
        "Nothing was run: there was no room for what you sent. "
        "Tell whoever looks after this site, and try again when there is.",
    )


def unforeseen(error: Exception) -> ResponseReturnValue:
    """Log what nobody foresaw, and say so without its details."""
    current_app.logger.error("%s %r", request.method, request.path, exc_info=error)
    return page(
        500,
        HEADINGS[500],
        "It is written in the server's log, with the time. Runs that were started go on.",
    )


def page(status: int, heading: str, sentence: str) -> ResponseReturnValue:
    """Return an error page; plain text where even that cannot be made."""
    try:
        text = render_template("error.html", status=status, heading=heading, sentence=sentence)
    except Exception:  # the last stop of a request: whatever it was, there is an answer
        current_app.logger.exception("The error page itself failed")
        return f"{heading}\n{sentence}\n", status, {"Content-Type": "text/plain; charset=utf-8"}
    return text, status
