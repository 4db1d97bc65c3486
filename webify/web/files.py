"""The raw bytes of a run: what the tool printed, and the files in its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from webify.errors import FileUnknown
from webify.runs.folder import RunFolder
from webify.web.pictures import picture_of
from webify.web.site import site

pages = Blueprint("files", __name__)
PIECE = 64 * 1024  # bytes

PATHS = "/\\:\0" if os.name == "nt" else "/\0"  # what no word of a path holds
ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
INSTEAD = "\ufffd"
PAGES = frozenset((".html", ".htm", ".xhtml"))
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PAGE_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@pages.get("/runs/<run_id>/out")
def out(run_id: str) -> ResponseReturnValue:
    """Return standard output, byte for byte."""
    services = site()
    run = services.store.run(run_id)
    return log(services.engine.folder(run).out_path, f"run-{run.number}-output.txt")


@pages.get("/runs/<run_id>/err")
def err(run_id: str) -> ResponseReturnValue:
    """Return standard error, byte for byte."""
    services = site()
    run = services.store.run(run_id)
    return log(services.engine.folder(run).err_path, f"run-{run.number}-errors.txt")


@pages.get("/runs/<run_id>/files/<path:name>")
def file(run_id: str, name: str) -> ResponseReturnValue:
    """Return one file of the run's folder, as a download.

    With "view" a picture comes as one, and a web page that can do nothing but be looked at.
    """
    services = site()
    path = made_file(services.engine.folder(services.store.run(run_id)), name)
    if path is None:
        raise FileUnknown(f"This run has no file “{name}”.")
    if "view" in request.args and (seen := viewed(path)):
        return seen
    return send_file(
        path,
        mimetype="application/octet-stream",
        as_attachment=True,
        etag=False,  # it would be made of the name, which need not be text
        download_name=plain_name(path.name).replace(INSTEAD, "_"),
    )


def viewed(path: Path) -> Response | None:
    """Return a picture or a web page to be looked at, None where it is neither.

    Their policy lets nothing run, load or be sent, in a frame and when opened by itself; an SVG
    is saved then.
    """
    picture = picture_of(path)
    if picture is None and path.suffix.lower() not in PAGES:
        return None
    mime = picture.mime if picture else "text/html"
    answer = send_file(path, mimetype=mime, etag=False)
    answer.content_type = mime  # a page says itself how it is encoded
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY if picture else PAGE_POLICY
    if picture is None:
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    elif picture.drawn:
        name = plain_name(path.name).replace(INSTEAD, "_")
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def plain_name(name: str) -> str:
    """Return a file's name as pages and addresses hold it.

    Controls, marks that turn the direction of text, and bytes that are no text are replaced.
    """
    return ODD.sub(INSTEAD, name)


def made_file(folder: RunFolder, name: str) -> Path | None:
    """Return the file of a run that has this name, or has it on pages; None where none has."""
    path = plain_file(folder.files, name)
    if path is None and INSTEAD in name:
        for made in folder.made_files():
            if plain_name(made.name) == name:
                return plain_file(folder.files, made.name)
    return path


def plain_file(folder: Path, name: str) -> Path | None:
    """Return the file of this name below the folder, or None for anything else.

    Nothing outside is reached: neither by "..", nor by a link, nor by a drive's letter.
    """
    words = name.split("/")
    if any(word in ("", ".", "..") or set(word) & set(PATHS) for word in words):
        return None
    try:
        path = folder.joinpath(*words).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None


def log(path: Path, name: str) -> Response:
    """Return a log file as text, piece by piece, up to its present end."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    response = Response(pieces(path, size), content_type="text/plain; charset=utf-8")
    response.content_length = size
    if "download" in request.args:
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def pieces(path: Path, size: int) -> Iterator[bytes]:
    """Yield the first `size` bytes of a file that may still grow."""
    if size == 0:
        return
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(PIECE, size))):
            size -= len(piece)
            yield piece


FILTERS = {"plain_name": plain_name}
