"""All files of a run in one ZIP archive, which is made while it is sent: no file, little memory.

zipfile of the standard library writes to what cannot be sought in: sizes and sums follow each
file, and Zip64 is used where a size asks for it.  So no library is needed for it.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from webify.errors import FileUnknown
from webify.web.files import plain_file, plain_name
from webify.web.site import site
from webify.web.uploads import DEVICES, unlike

pages = Blueprint("archive", __name__)
PIECE = 1024 * 1024  # bytes that are read at once
BATCH = 64 * 1024  # bytes that are sent at once, at least, where files are small
LEVEL = 1  # of zlib: half the size at three times the speed of its own choice
NOTE = "Not in this archive.txt"
PACKED = re.compile(  # what is small already
    r"(?i)[.](7z|avi|br|bz2|docx|gif|gz|jar|jpe?g|mkv|mov|mp[34]|od[st]|ogg|parquet|png|pptx|rar|"
    r"web[mp]|whl|xlsx|xz|zip|zst)$"
)
ELSEWHERE = re.compile(r'[<>:"|?*\\]')  # what a word of a path cannot hold on Windows
OLDEST, NEWEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


@pages.get("/runs/<run_id>/files.zip")
def every(run_id: str) -> ResponseReturnValue:
    """Return all files that the tool has finished as one archive."""
    services = site()
    run = services.store.run(run_id)
    folder = services.engine.folder(run)
    names = [made.name for made in folder.finished_files()]
    if not names:
        raise FileUnknown("This run has made no files.")
    answer = Response(archive(folder.files, names), content_type="application/zip")
    name = f"{run.tool}-run-{run.number}-files.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@dataclass
class Sink:
    """Where the archive is written: what is not yet sent."""

    pieces: list[bytes] = field(default_factory=list)
    size: int = 0

    def write(self, data: bytes) -> int:
        """Keep a piece."""
        self.pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: it is emptied from outside."""

    close = flush

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        data = b"".join(self.pieces)
        self.pieces.clear()
        self.size = 0
        return data


def archive(folder: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Yield an archive of these files below a folder, each up to the size it had when opened.

    What has gone, or cannot be read to its end, is named in a file of the archive.
    """
    sink = Sink()
    taken: set[str] = {NOTE.casefold()}
    faults: list[str] = []
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=LEVEL) as packed:
        for name in names:
            entry = unlike(inner_name(name), taken)
            yield from pack(packed, sink, folder, name, entry, faults)
        if faults:
            packed.writestr(NOTE, "\r\n".join(faults) + "\r\n")
    yield sink.taken()


def pack(
    packed: ZipFile, sink: Sink, folder: Path, name: str, entry: str, faults: list[str]
) -> Iterator[bytes]:
    """Yield what one file adds to the archive."""
    try:
        file, info = opened(folder, name, entry)
    except OSError:
        faults.append(f"{entry}: it has gone, or cannot be read.")
        return
    with file, packed.open(info, "w") as inner:
        left = info.file_size
        while left > 0 and (piece := read(file, min(PIECE, left))):
            inner.write(piece)
            left -= len(piece)
            if sink.size >= BATCH or len(piece) == PIECE:
                yield sink.taken()  # of zeros nothing comes for long: then it is seen who left
    if left:
        faults.append(f"{entry}: its end is missing, {left:,} bytes could not be read.")


def read(file: IO[bytes], size: int) -> bytes:
    """Return the next bytes, none where they cannot be read."""
    with suppress(OSError):
        return file.read(size)
    return b""


def opened(folder: Path, name: str, entry: str) -> tuple[IO[bytes], ZipInfo]:
    """Return a file of the folder, open, and what the archive says of it.

    Raises OSError for what is no file of the folder, a link that came meanwhile too.
    """
    path = plain_file(folder, name)
    if path is None:
        raise FileNotFoundError(name)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    told = os.fstat(file.fileno())
    if not stat.S_ISREG(told.st_mode):
        file.close()
        raise FileNotFoundError(name)
    info = ZipInfo(entry, moment(told.st_mtime))
    info.file_size = told.st_size  # Zip64 is chosen by it
    info.compress_type = ZIP_STORED if PACKED.search(name) else ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return file, info


def moment(seconds: float) -> tuple[int, int, int, int, int, int]:
    """Return a time as archives hold it: local, and of their years."""
    try:
        told = time.localtime(seconds)
    except (OverflowError, ValueError, OSError):
        return OLDEST
    return min(max(told[:6], OLDEST), NEWEST)


def inner_name(name: str) -> str:
    """Return a file's name as any system can unpack it: no folder above, no drive, no device."""
    words = [inner_word(word) for word in name.split("/") if word not in ("", ".", "..")]
    return "/".join(words) or "file"


def inner_word(word: str) -> str:
    """Return one word of a name."""
    plain = ELSEWHERE.sub("_", plain_name(word)).rstrip(". ") or "_"
    return f"_{plain}" if DEVICES.match(plain) else plain
