"""The raw bytes of a run: what the tool printed, and the files in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from webify.errors import FileUnknown
from webify.web.site import site

pages = Blueprint("files", __name__)
PIECE = 64 * 1024  # bytes


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
    """Return one file of the run's folder, always as a download."""
    services = site()
    folder = services.engine.folder(services.store.run(run_id)).files
    path = plain_file(folder, name)
    if path is None:
        raise FileUnknown(f"This run has no file “{name}”.")
    return send_file(
        path, mimetype="application/octet-stream", as_attachment=True, download_name=path.name
    )


def plain_file(folder: Path, name: str) -> Path | None:
    """Return the file of this name below the folder, or None for anything else.

    Nothing outside is reached: neither by "..", nor by a link, nor by a drive's letter.
    """
    words = name.split("/")
    if any(word in ("", ".", "..") or set(word) & set("\\\0:") for word in words):
        return None
    try:
        path = folder.joinpath(*words).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except OSError:
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
