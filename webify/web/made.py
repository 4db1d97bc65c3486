"""What a tool made in its folder, as the page of its run shows it."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from webify.runs.folder import MADE_AT_MOST, MadeFile, RunFolder
from webify.web.files import ODD, PAGES, plain_file, plain_name
from webify.web.page_state import state_of
from webify.web.pictures import Picture, picture_of, too_much

PER_PAGE = 50  # files on one page
SHOWN = 12  # pictures among them that stand there at once
PREVIEW = 8  # lines of a text
PREVIEW_BYTES = 4096
LONGEST = 200  # letters of such a line
TABLES = (".csv", ".tsv")
SEPARATORS = (",", ";", "\t", "|")
COLUMNS = 12  # of a table that is looked at beforehand
NAMES = {  # what a file is called that no bytes tell apart
    ".csv": "CSV", ".tsv": "TSV", ".json": "JSON", ".jsonl": "JSON lines", ".txt": "Text",
    ".md": "Markdown", ".log": "Log", ".xml": "XML", ".yaml": "YAML", ".yml": "YAML",
    ".toml": "TOML", ".ini": "INI", ".sql": "SQL", ".xlsx": "Excel workbook",
    ".xls": "Excel workbook", ".docx": "Word document", ".pptx": "PowerPoint slides",
    ".ods": "OpenDocument table", ".odt": "OpenDocument text", ".parquet": "Parquet",
    ".db": "Database", ".sqlite": "Database", ".mp3": "Sound", ".wav": "Sound", ".ogg": "Sound",
    ".flac": "Sound", ".mp4": "Film", ".mkv": "Film", ".webm": "Film", ".mov": "Film",
    ".zip": "Archive", ".gz": "Archive", ".tar": "Archive", ".xz": "Archive", ".7z": "Archive",
}  # fmt: skip
BEGINNINGS = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "Archive"), (b"\x1f\x8b", "Archive"))


@dataclass(frozen=True)
class Item:
    """One file.

    picture   what its bytes say where it is one
    hindered  why a picture is not shown, "" where nothing hinders
    shown     the picture or the page stands on the run's page
    """

    name: str
    size: int
    head: bytes = b""
    picture: Picture | None = None
    hindered: str = ""
    shown: bool = False

    @property
    def id(self) -> str:
        """Return what names it inside the page; it stays while other files come."""
        return "file-" + hashlib.sha256(self.name.encode()).hexdigest()[:12]

    @property
    def ending(self) -> str:
        """Return the end of its name, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def text(self) -> bool:
        """Say whether its beginning is text."""
        return bool(self.head) and not self.begins and is_text(self.head)

    @property
    def begins(self) -> str:
        """Return what it is by its first bytes, "" where they do not tell."""
        return next((name for mark, name in BEGINNINGS if self.head.startswith(mark)), "")

    @property
    def page(self) -> bool:
        """Say whether it is a web page, which is shown in a frame that can do nothing."""
        return self.picture is None and self.ending in PAGES and self.text

    @property
    def kind(self) -> str:
        """Return in a word or two what it is."""
        if self.picture is not None:
            return self.picture.name
        if self.page:
            return "Web page"
        return NAMES.get(self.ending, "") or self.begins or ("Text" if self.text else "File")

    @cached_property
    def rows(self) -> list[list[str]]:
        """Return its names and first rows where it is a table of values, [] otherwise."""
        if self.ending not in TABLES or not self.lines:
            return []
        return rows_of(self.head, whole=self.size <= len(self.head))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return its first lines where it is text, cut to what fits."""
        if not self.text or self.picture is not None or self.page:
            return ()
        lines = self.head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        if self.size > len(self.head) and len(lines) > 1:
            del lines[-1]  # its end was not read
        return tuple(_cut(ODD.sub(" ", line)) for line in lines[:PREVIEW])


def rows_of(head: bytes, *, whole: bool) -> list[list[str]]:
    """Return the first rows of values that commas, semicolons or tabs part, [] for other text.

    whole   the head is all of the file; else its last line may be cut and is left out
    """
    lines = head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines(keepends=True)
    lines = lines if whole else lines[:-1]
    mark = max(SEPARATORS, key=lambda each: lines[0].count(each) if lines else 0)
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row][: PREVIEW + 1]
    except csv.Error:
        return []
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return []
    return [[_cut(ODD.sub(" ", cell)) for cell in row[:COLUMNS]] for row in rows]


@dataclass(frozen=True)
class Shelf:
    """The files of one run, a page of them at a time.

    count, size   of all of them
    """

    run_id: str
    items: Sequence[Item]
    count: int
    page: int
    given: MultiDict[str, str]
    size: int = 0

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def first(self) -> int:
        """Return the number of the first file of the page."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def cut(self) -> bool:
        """Say whether there may be more files than are listed."""
        return self.count >= MADE_AT_MOST

    @property
    def pictures(self) -> list[Item]:
        """Return the pictures that are shown."""
        return [item for item in self.items if item.picture is not None and item.shown]

    @property
    def others(self) -> list[Item]:
        """Return what is listed."""
        return [item for item in self.items if item.picture is None or not item.shown]

    def show(self, name: str, anchor: str) -> str:
        """Return the address of the run's page with one file opened, or none."""
        return self._here(anchor, open=name)

    def turn(self, page: int) -> str:
        """Return the address of another page of files."""
        return self._here("files", files=str(page) if page > 1 else "", open="")

    def _here(self, anchor: str, **changes: str) -> str:
        values: dict[str, Any] = state_of(self.given, **changes)
        return url_for("runs.show", run_id=self.run_id, _anchor=anchor, **values)


def shelf_of(
    run_id: str, folder: RunFolder, files: Sequence[MadeFile], given: MultiDict[str, str]
) -> Shelf:
    """Return the page of files that an address asks for; only their beginnings are read."""
    asked = given.get("files", "")
    page = int(asked) if asked.isdecimal() and len(asked) < len(str(MADE_AT_MOST)) else 1
    page = min(max(1, page), max(1, -(-len(files) // PER_PAGE)))
    items: list[Item] = []
    shown = 0
    for file in files[(page - 1) * PER_PAGE : page * PER_PAGE]:
        item = item_of(folder.files, file)
        fits = item.picture is not None and not item.hindered
        opened = given.get("open") == item.name and (fits or item.page)
        at_once = fits and shown < SHOWN
        shown += at_once
        items.append(_shown(item) if opened or at_once else item)
    size = sum(file.size for file in files)
    return Shelf(run_id, items, len(files), page, given, size)


def item_of(folder: Path, file: MadeFile) -> Item:
    """Return what the beginning of a file says of it."""
    name = plain_name(file.name)
    path = plain_file(folder, file.name)
    if path is None:
        return Item(name, file.size)
    picture = picture_of(path)
    if picture is not None:
        return Item(name, file.size, b"", picture, too_much(picture, file.size))
    return Item(name, file.size, head_of(path))


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file, none where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(PREVIEW_BYTES)
    except OSError:
        return b""


def is_text(head: bytes) -> bool:
    """Say whether a file that begins so can be shown as lines of text."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)  # its end may be cut in two
    except UnicodeDecodeError:
        return False
    return not any(letter < " " and letter not in "\t\r\n\f\x1b" for letter in text)


def _shown(item: Item) -> Item:
    return Item(item.name, item.size, item.head, item.picture, item.hindered, shown=True)


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else line[:LONGEST] + " …"
