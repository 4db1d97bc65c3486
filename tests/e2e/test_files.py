"""Large files go in and out of a real server, and it stays small."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Site

MEGABYTE = 1_000_000
UPLOAD = 60 * MEGABYTE
COUNT = """
    import argparse
    parser = argparse.ArgumentParser(description="Counts bytes.")
    parser.add_argument("file", type=argparse.FileType("rb"))
    print("bytes:", sum(len(piece) for piece in parser.parse_args().file))
"""
MAKE = """
    import argparse, pathlib
    argparse.ArgumentParser(description="Makes large files.").parse_args()
    for number in range(3):
        with open(f"{number}.bin", "wb") as file:
            file.truncate(100_000_000)
"""


class Zeros(io.RawIOBase):
    """A file of zeros that is nowhere."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        size = min(self.left, MEGABYTE if size < 0 else size)
        self.left -= size
        return bytes(size)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tools")
    for name, text in {"count": COUNT, "make": MAKE}.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    environ = {"WEBIFY_UPLOAD_BYTES": str(UPLOAD)}
    data = tmp_path_factory.mktemp("data")
    (data / "uploads" / "left").mkdir(parents=True)
    (data / "uploads" / "left" / "0").write_bytes(b"of a server that was killed")
    with Site(folder, data, **environ) as site:
        yield site


def test_large_upload_leaves_the_server_small_and_no_rest(site: Site) -> None:
    site.page("/tools/count")
    before = site.memory
    run = site.run("/tools/count", files={"file": ("large.bin", Zeros(UPLOAD))})
    site.ended(run)
    assert f"bytes: {UPLOAD}" in site.page(f"{run}/out")
    assert site.memory - before < 25 * MEGABYTE
    assert list((site.data / "uploads").iterdir()) == []


def test_file_past_the_limit_is_a_fault_of_its_field(site: Site) -> None:
    answer = site.post("/tools/count", files={"file": ("large.bin", Zeros(UPLOAD + MEGABYTE))})
    assert answer.status_code == 422
    assert "large.bin is 61 MB. The limit is 60 MB." in answer.text
    assert list((site.data / "uploads").iterdir()) == []


def test_archive_of_large_files_leaves_the_server_small(site: Site, tmp_path: Path) -> None:
    run = site.run("/tools/make")
    site.ended(run)
    before = site.memory
    with site.browser.stream("GET", f"{run}/files.zip") as answer:
        (tmp_path / "all.zip").write_bytes(b"".join(answer.iter_raw()))
        assert "Content-Length" not in answer.headers
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert [entry.file_size for entry in packed.infolist()] == [100_000_000] * 3
        assert packed.testzip() is None
    assert site.memory - before < 25 * MEGABYTE


def test_part_of_a_large_file_can_be_asked_for(site: Site) -> None:
    run = site.run("/tools/make")
    site.ended(run)
    part = {"Range": "bytes=99999990-"}
    answer = site.browser.get(f"{run}/files/0.bin", headers=part)
    assert (answer.status_code, answer.content) == (206, bytes(10))
    assert answer.headers["Content-Range"] == "bytes 99999990-99999999/100000000"
