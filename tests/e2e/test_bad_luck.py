"""Names, files and folders as they should not be, on a real site."""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path

import pytest

from tests.serving import Site

if sys.platform == "linux":
    import resource

HELLO = """
    import argparse
    parser = argparse.ArgumentParser(description="Greets the \\udce9 of us.")
    parser.add_argument("--name", default="\\udce9", help="Who \\ud800 is greeted.")
    parser.parse_args()
    print("hello")
    print('[{"a \\\\ud800": "\\\\udfff", "b": 1}, {"a \\\\ud800": "x", "b": 2}]')
"""


def write(folder: Path, name: bytes | str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / os.fsdecode(name)).write_text(textwrap.dedent(HELLO), encoding="utf-8")


@pytest.mark.parametrize("name", ["is it%20here", "a#b & 'c'", "häuser 日本", "[x];y"])
def test_data_lies_where_it_should_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, "hello.py")
    data = tmp_path / f"{name}{'?' if os.name == 'posix' else ''}data"
    with Site(tmp_path / name, data) as site:
        site.ended(site.run("/tools/hello"))
    assert (data / "webify.db").is_file()


def test_word_that_is_no_text_costs_no_page_and_no_table(tmp_path: Path) -> None:
    write(tmp_path / "tools", b"caf\xe9.py" if sys.platform == "linux" else "caf.py")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        assert "/tools/caf" in site.page("/")
        run = site.run("/tools/caf")
        site.ended(run)
        assert "hello" in site.page(run)
        assert "2 rows" in site.page(run)
        for path in ("/runs", "/go?q=caf", f"/tools/caf?from={run[6:]}", f"{run}/tables/1.csv"):
            assert site.page(path)


@pytest.mark.parametrize("left", [b"", b"short"])
def test_key_that_was_cut_off_is_made_anew(tmp_path: Path, left: bytes) -> None:
    write(tmp_path / "tools", "hello.py")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret-key").write_bytes(left)
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        site.ended(site.run("/tools/hello"))
    assert len((tmp_path / "data" / "secret-key").read_bytes()) == 32


@pytest.mark.parametrize("size", [500_000, 3_000_000])
def test_upload_that_finds_no_room_starts_nothing_and_says_so(tmp_path: Path, size: int) -> None:
    write(tmp_path / "tools", "hello.py")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        site.page("/tools/hello")
        if sys.platform == "linux":
            endless = resource.RLIM_INFINITY
            resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (200_000, endless))
            answer = site.post("/tools/hello", {}, {"name": ("large", b"x" * size)})
            assert answer.status_code == 507
            assert "Nothing was run: there was no room" in answer.text
            assert list((tmp_path / "data" / "uploads").glob("*")) == []
            resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (endless, endless))
        assert site.ended(site.run("/tools/hello"))
