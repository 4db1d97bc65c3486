"""A picture is known by its bytes, and its size by its header, whatever follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webify.web.pictures import MOST_BYTES, MOST_SVG_BYTES, Picture, picture_of, too_much

PICTURES = sorted((Path(__file__).parent / "pictures").iterdir())
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def written(folder: Path, data: bytes, name: str = "picture.bin") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def seen(folder: Path, data: bytes) -> tuple[str, int, int] | None:
    found = picture_of(written(folder, data))
    return (found.name, found.width, found.height) if found else None


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_type_and_size_are_read_from_the_bytes_alone(path, tmp_path):
    size = re.search(r"(\d+)x(\d+)\.(\w+)$", path.name)
    names = {"jpg": "JPEG", "webp": "WebP"}
    wanted = (names.get(size[3], size[3].upper()), int(size[1]), int(size[2]))
    assert seen(tmp_path, path.read_bytes()) == wanted


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_cut_picture_has_its_size_or_none(path, tmp_path):
    data = path.read_bytes()
    whole = seen(tmp_path, data)
    for length in range(12, min(len(data), 400)):
        found = picture_of(written(tmp_path, data[:length]))
        assert found is not None
        assert (found.name, found.width, found.height) in (whole, (whole[0], 0, 0))


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PN", b"<script>alert(1)</script>", b"%PDF-1.4", b"GIF88a" + bytes(20),
     b"<html><svg/></html>", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG, b"x" + SVG],
)  # fmt: skip
def test_what_does_not_begin_as_a_picture_is_none(data, tmp_path):
    assert picture_of(written(tmp_path, data, "picture.png")) is None


@pytest.mark.parametrize(
    "before",
    [b"", b"\xef\xbb\xbf", b"\n <?xml version='1.0'?>\n<!-- drawn -->\n<!-- twice -->",
     b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'],
)  # fmt: skip
def test_svg_is_known_behind_what_may_stand_before_it(before, tmp_path):
    assert seen(tmp_path, before + SVG) == ("SVG", 0, 0)


def test_gif_whose_first_image_is_larger_than_its_screen_has_that_size(tmp_path):
    image = b"," + bytes(4) + b"\xff\xff\xff\xff" + b"\0"
    assert seen(tmp_path, b"GIF89a\1\0\1\0\0\0\0" + image) == ("GIF", 65535, 65535)


def test_parts_without_end_are_not_followed(tmp_path):
    assert seen(tmp_path, b"\xff\xd8" + b"\xff\xe0\0\2" * 5000) == ("JPEG", 0, 0)
    assert seen(tmp_path, b"\xff\xd8" + b"\xff" * 5000) == ("JPEG", 0, 0)
    assert seen(tmp_path, b"GIF89a\1\0\1\0\0\0\0" + b"!\xf9\1x\0" * 5000) == ("GIF", 0, 0)
    ftyp = b"\0\0\0\x10ftypavif\0\0\0\0"
    assert seen(tmp_path, ftyp + b"\0\0\0\0meta" * 5000) == ("AVIF", 0, 0)


@pytest.mark.parametrize(
    ("picture", "size", "told"),
    [
        (Picture("PNG", "image/png", 8000, 6000), 1000, ""),
        (Picture("PNG", "image/png", 50_000, 50_000), 1000, "too many pixels"),
        (Picture("PNG", "image/png", 0, 9), 1000, "damaged"),
        (Picture("JPEG", "image/jpeg", 9, 9), MOST_BYTES + 1, "too large"),
        (Picture("SVG", "image/svg+xml"), 1000, ""),
        (Picture("SVG", "image/svg+xml"), MOST_SVG_BYTES + 1, "too large"),
    ],
)
def test_page_says_why_it_does_not_show_a_picture(picture, size, told):
    why = too_much(picture, size)
    assert told in why
    assert bool(why) is bool(told)
