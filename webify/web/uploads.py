"""Files that a form sends: straight to a staging folder, under names that are safe everywhere."""

from __future__ import annotations

import io
import re
import secrets
import shutil
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from flask import Flask, Request, current_app, g
from werkzeug.formparser import FormDataParser

from webify.errors import RequestRefused, UploadRefused
from webify.faces.values import Upload
from webify.settings import Settings
from webify.web.words import size
from webify.web.wsgi import BODY_FAULT

NAME_BYTES = 120
STAGING = "uploads"  # of the data folder: on one disk with the runs, so that files are moved
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
EMPTY_BOXES = 100  # file boxes of a form that may be sent without a file
DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)")
_NEVER = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_SETTINGS = "webify-settings"


class Staged(io.FileIO):
    """A file on its way in: counts every byte, keeps those up to the limit."""

    def __init__(self, path: Path, most: int) -> None:
        """Open the file for writing and reading."""
        super().__init__(path, "xb+")
        self.path = path
        self.most = most
        self.received = 0

    def write(self, data: object, /) -> int:
        """Keep what fits; say that all of it was taken."""
        piece = memoryview(cast(bytes, data))
        room = max(0, self.most - self.received)
        self.received += len(piece)
        kept = piece[:room]
        while kept:
            kept = kept[super().write(kept) :]
        return len(piece)


class FormBroken(RequestRefused):
    """What was sent is not the whole of a form, so nobody knows what was meant."""

    status = 400

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Nothing was run. The form did not arrive as a whole. Go back and send it once more."
        )


class UploadRequest(Request):
    """A request whose files are written to disk while they arrive."""

    def make_form_data_parser(self) -> FormDataParser:
        """Return a parser that does not take a broken form for an empty one."""
        parser = super().make_form_data_parser()
        parser.silent = False
        return parser

    def _load_form_data(self) -> None:
        if fault := self.environ.get(BODY_FAULT):
            raise fault
        try:
            super()._load_form_data()
        except ValueError as error:
            raise FormBroken from error

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 # Werkzeug's
        content_type: str | None,  # noqa: ARG002 # Werkzeug's
        filename: str | None = None,  # noqa: ARG002 # Werkzeug's
        content_length: int | None = None,  # noqa: ARG002 # Werkzeug's
    ) -> IO[bytes]:
        limits = cast(Settings, current_app.extensions[_SETTINGS]).limits
        staging = staging_folder()
        if len(g.staged) >= limits.upload_files + EMPTY_BOXES:
            raise UploadRefused(f"A form takes {limits.upload_files} files at most.")
        staged = Staged(staging / str(len(g.staged)), limits.upload_bytes)
        g.staged.append(staged)
        return cast(IO[bytes], staged)


def accept_uploads(app: Flask, settings: Settings) -> None:
    """Let requests of this application stage their files, and clear up after each."""
    limits = settings.limits
    app.request_class = UploadRequest
    app.extensions[_SETTINGS] = settings
    app.config.update(
        MAX_CONTENT_LENGTH=limits.upload_bytes * limits.upload_files,
        MAX_FORM_MEMORY_SIZE=4_000_000,
        MAX_FORM_PARTS=20_000,
    )
    app.teardown_request(clear_up)


def emptied(data: Path) -> Path:
    """Return the folder where uploads arrive, without what a server that was killed left there."""
    folder = data / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # a full disk: pages are served, uploads fail
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def staging_folder() -> Path:
    """Return the folder of this request, made on the first call."""
    if "staging" not in g:
        settings = cast(Settings, current_app.extensions[_SETTINGS])
        g.staging = settings.data / STAGING / secrets.token_hex(8)
        g.staging.mkdir(parents=True)
        g.staged = []
    return cast(Path, g.staging)


def clear_up(_error: BaseException | None = None) -> None:
    """Remove what a request staged and nobody moved."""
    staging = g.pop("staging", None)
    if staging is not None:
        for staged in g.pop("staged", ()):
            staged.close()
        shutil.rmtree(staging, ignore_errors=True)


def received(request: Request) -> tuple[dict[str, list[Upload]], dict[str, str]]:
    """Return the files by field, and a sentence for each field whose file is too large.

    Raises FormBroken, UploadRefused.
    """
    if request.content_length and request.mimetype not in FORMS:
        raise FormBroken
    uploads: dict[str, list[Upload]] = {}
    faults: dict[str, str] = {}
    taken: set[str] = set()
    storages = [(name, one) for name, many in request.files.lists() for one in many]
    most = cast(Settings, current_app.extensions[_SETTINGS]).limits.upload_files
    if sum(bool(storage.filename) for _, storage in storages) > most:
        raise UploadRefused(f"A form takes {most} files at most.")
    for field, storage in storages:
        staged = cast(Staged, storage.stream)
        staged.close()
        if not storage.filename:
            continue
        if staged.received > staged.most:
            shown = f"{size(staged.received)}. The limit is {size(staged.most)}."
            faults[field] = f"{safe_name(storage.filename)} is {shown}"
            continue
        name = unlike(safe_name(storage.filename), taken)
        uploads.setdefault(field, []).append(Upload(name, staged.received, staged.path))
    return uploads, faults


def safe_name(name: str) -> str:
    """Return a file name that is one plain word of a path on every system.

    Folders go, as do characters and device names that some system gives a meaning; a name that
    would be hidden, or read as an option, begins with "_".
    """
    word = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    word = _NEVER.sub("_", word.encode("utf-8", "replace").decode("utf-8")).strip().rstrip(". ")
    if not word:
        return "file"
    if DEVICES.match(word) or word[0] in ".-~@":
        word = f"_{word}"
    return shortened(word)


def shortened(word: str) -> str:
    """Return a name of at most NAME_BYTES bytes, with its suffix kept."""
    if len(word.encode()) <= NAME_BYTES:
        return word
    stem, dot, suffix = word.rpartition(".")
    tail = f"{dot}{suffix}" if stem and len(suffix.encode()) <= 16 else ""
    room = NAME_BYTES - len(tail.encode())
    head = word[: len(word) - len(tail)] if tail else word
    return head.encode()[:room].decode(errors="ignore").rstrip(". ") + tail


def unlike(name: str, taken: set[str]) -> str:
    """Return the name, or one with a number where another file has it; case does not tell apart."""
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    unique, number = name, 2
    while unique.casefold() in taken:
        unique, number = f"{stem} ({number}){dot}{suffix}", number + 1
    taken.add(unique.casefold())
    return unique
