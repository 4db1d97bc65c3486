"""Pictures: their type by their first bytes, and their size by their header alone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_PIXELS = 50_000_000  # a browser needs four bytes for each to show it
MOST_BYTES = 50_000_000
MOST_SVG_BYTES = 2_000_000  # drawn by the browser, whatever it takes
HEAD = 4096  # bytes that tell the type
STEPS = 1_000  # parts of a file that are gone over in search of its size
META = 1 << 16  # bytes of an AVIF file in which its size must stand

PROLOG = re.compile(
    r"(?:\s+|<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->|<!DOCTYPE svg[^\[>]{0,300}>)", re.DOTALL
)


@dataclass(frozen=True)
class Picture:
    """What the first bytes of a picture say; a size of 0 is not known."""

    name: str
    mime: str
    width: int = 0
    height: int = 0

    @property
    def drawn(self) -> bool:
        """Say whether it is an SVG: a document that has no size of its own in pixels."""
        return self.name == "SVG"


def picture_of(path: Path) -> Picture | None:
    """Return what a picture is; None for anything else, whatever it is called."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            for name, mime, is_one, size_of in FORMATS:
                if is_one(head):
                    return Picture(name, mime, *_size(size_of, file))
    except OSError:
        return None
    return Picture("SVG", "image/svg+xml") if is_svg(head) else None


def too_much(picture: Picture, size: int) -> str:
    """Return why a page does not show a picture of so many bytes, "" where it does."""
    if size > (MOST_SVG_BYTES if picture.drawn else MOST_BYTES):
        return "It is too large to be shown here."
    if picture.drawn:
        return ""
    if not picture.width or not picture.height:
        return "It cannot be shown: it is damaged or not complete."
    if picture.width * picture.height > MOST_PIXELS:
        return "It has too many pixels to be shown here."
    return ""


def is_svg(head: bytes) -> bool:
    """Say whether a document begins as an SVG does; one that declares entities is none."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    at = 0
    while found := PROLOG.match(text, at):
        at = found.end()
    return re.match(r"<svg[\s>]", text[at:]) is not None


def _size(size_of: Callable[[BinaryIO], tuple[int, int]], file: BinaryIO) -> tuple[int, int]:
    try:
        file.seek(0)
        width, height = size_of(file)
    except (EOFError, ValueError):
        return 0, 0
    return width, height


def _take(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _png(file: BinaryIO) -> tuple[int, int]:
    head = _take(file, 24)
    if head[12:16] != b"IHDR":
        raise ValueError
    return _big(head[16:20]), _big(head[20:24])


def _gif(file: BinaryIO) -> tuple[int, int]:
    """Return the size of the screen, or that of the first image where it is larger."""
    head = _take(file, 13)
    file.seek(3 << (head[10] & 7) + 1 if head[10] & 0x80 else 0, io.SEEK_CUR)
    for _ in range(STEPS):
        mark = _take(file, 1)
        if mark == b",":
            image = _take(file, 8)
            sizes = (head[6:8], image[4:6]), (head[8:10], image[6:8])
            return max(map(_little, sizes[0])), max(map(_little, sizes[1]))
        if mark != b"!":
            break
        file.seek(1, io.SEEK_CUR)
        for _ in range(STEPS):
            length = _take(file, 1)[0]
            if not length:
                break
            file.seek(length, io.SEEK_CUR)
    raise ValueError


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    """Go from segment to segment to the one that begins the frame."""
    file.seek(2)
    for _ in range(STEPS):
        mark, kind = _take(file, 2)
        if mark != 0xFF:
            raise ValueError
        if kind == 0xFF:  # bytes that only fill
            file.seek(-1, io.SEEK_CUR)
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            head = _take(file, 7)
            return _big(head[5:7]), _big(head[3:5])
        else:
            file.seek(max(0, _big(_take(file, 2)) - 2), io.SEEK_CUR)
    raise ValueError


def _webp(file: BinaryIO) -> tuple[int, int]:
    head = _take(file, 30)
    kind = head[12:16]
    if kind == b"VP8X":
        return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    if kind == b"VP8L":
        bits = _little(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    raise ValueError


def _avif(file: BinaryIO) -> tuple[int, int]:
    """Return the largest size that any of its images has."""
    data = file.read(META)
    found = (0, 0)
    for meta in _boxes(data, b"meta"):
        for properties in _boxes(meta[4:], b"iprp"):
            for container in _boxes(properties, b"ipco"):
                for size in _boxes(container, b"ispe"):
                    found = max(found, (_big(size[4:8]), _big(size[8:12])), key=_pixels)
    return found


def _pixels(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def _boxes(data: bytes, name: bytes) -> Iterator[bytes]:
    """Yield what the boxes of this name hold, in a row of boxes."""
    at = 0
    for _ in range(STEPS):
        if at + 8 > len(data):
            return
        length = _big(data[at : at + 4])
        if data[at + 4 : at + 8] == name:
            yield data[at + 8 : at + length if length else len(data)]
        if length < 8:
            return
        at += length


# Name, type for browsers, by which bytes it is known, and where its size stands.
FORMATS: tuple[
    tuple[str, str, Callable[[bytes], bool], Callable[[BinaryIO], tuple[int, int]]], ...
] = (
    ("PNG", "image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    ("JPEG", "image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff"), _jpeg),
    ("GIF", "image/gif", lambda head: head[:6] in (b"GIF87a", b"GIF89a"), _gif),
    (
        "WebP",
        "image/webp",
        lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
        _webp,
    ),
    (
        "AVIF",
        "image/avif",
        lambda head: head[4:8] == b"ftyp" and b"avi" in (head[8:11], head[16:19], head[20:23]),
        _avif,
    ),
)
