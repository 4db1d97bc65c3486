"""All files of a run come as one archive that every system can unpack, whatever befalls them."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from webify.runs.folder import MadeFile, write_json
from webify.web.archive import NOTE, archive, inner_name


def unpacked(pieces):
    """Return the names and contents of an archive that is whole."""
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "b.txt", "c.png"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    return tmp_path


def test_archive_holds_each_file_under_its_name(folder):
    (folder / "by site").mkdir()
    (folder / "by site/größe 日本.csv").write_text("a,b\n", encoding="utf-8")
    found = unpacked(archive(folder, ["a.txt", "c.png", "by site/größe 日本.csv"]))
    assert found == {
        "a.txt": b"a.txt" * 1000,
        "c.png": b"c.png" * 1000,
        "by site/größe 日本.csv": b"a,b\n",
    }


def test_what_is_packed_already_is_stored(folder):
    data = b"".join(archive(folder, ["a.txt", "c.png"]))
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert [entry.compress_size == entry.file_size for entry in entries] == [False, True]


def test_file_that_has_gone_is_named_and_the_others_are_whole(folder):
    found = unpacked(archive(folder, ["a.txt", "gone.txt", "b.txt"]))
    assert found["b.txt"] == b"b.txt" * 1000
    assert found[NOTE] == b"gone.txt: it has gone, or cannot be read.\r\n"


def test_file_that_is_deleted_while_others_are_sent_is_named(folder):
    (folder / "big.txt").write_bytes(os.urandom(3_000_000))
    pieces = archive(folder, ["big.txt", "a.txt", "b.txt"])
    first = next(pieces)
    (folder / "a.txt").unlink()
    found = unpacked([first, *pieces])
    assert sorted(found) == [NOTE, "b.txt", "big.txt"]


def test_file_that_grows_is_sent_up_to_the_size_it_had(folder):
    size = 3_000_000
    (folder / "big.bin").write_bytes(os.urandom(size))
    pieces = archive(folder, ["big.bin"])
    first = next(pieces)
    with (folder / "big.bin").open("ab") as file:
        file.write(b"more" * 1000)
    assert len(unpacked([first, *pieces])["big.bin"]) == size


def test_file_that_is_cut_meanwhile_says_what_is_missing(folder):
    (folder / "big.bin").write_bytes(os.urandom(3_000_000))
    pieces = archive(folder, ["big.bin", "a.txt"])
    first = next(pieces)
    os.truncate(folder / "big.bin", 0)
    found = unpacked([first, *pieces])
    assert "big.bin: its end is missing" in found[NOTE].decode()
    assert found["a.txt"] == b"a.txt" * 1000


def test_reader_that_leaves_early_leaves_no_open_file(folder):
    pieces = archive(folder, ["a.txt", "b.txt"])
    next(pieces)
    pieces.close()  # an open file would be a warning, and a warning is an error
    (folder / "a.txt").unlink()


def test_what_is_no_file_of_the_folder_is_not_followed(folder):
    if os.name != "nt":  # links need rights there
        (folder / "way-out").symlink_to("/etc/passwd")
        os.mkfifo(folder / "pipe")
    found = unpacked(archive(folder, ["way-out", "pipe", "../a.txt", "/etc/passwd"]))
    assert list(found) == [NOTE]


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("a/b.txt", "a/b.txt"),
        ("..\\..\\evil.exe", ".._.._evil.exe"),
        ("C:\\evil.exe", "C__evil.exe"),
        ("../up", "up"),
        ("/etc/passwd", "etc/passwd"),
        ("con.txt", "_con.txt"),
        ("dir. /x", "dir/x"),
        ("12:30.csv", "12_30.csv"),
        ("gnp.\u202excod.exe", "gnp.\ufffdxcod.exe"),
        ("...", "_"),
    ],
)
def test_name_can_be_unpacked_everywhere_and_leads_nowhere(name, inner):
    assert inner_name(name) == inner


@given(some.text(some.characters(), max_size=60))
def test_no_name_is_absolute_or_leads_up(name):
    words = inner_name(name).split("/")
    assert all(word and word not in (".", "..") and "\\" not in word for word in words)
    assert ":" not in inner_name(name)


def test_names_that_differ_by_case_alone_are_told_apart(tmp_path):
    names = ["Read.txt", "read.txt", NOTE] if os.name != "nt" else ["Read.txt"]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = unpacked(archive(tmp_path, names))
    assert len(found) == len(names)
    assert sorted(map(bytes.decode, found.values())) == sorted(names)


def test_archive_of_a_run_is_saved_under_its_name(visitor, services):
    address = visitor.run("/tools/folders")
    with visitor.get(f"{address}/files.zip") as answer:
        number = services.store.run(address.rpartition("/")[2]).number
        named = f"attachment; filename=folders-run-{number}-files.zip"
        assert answer.headers["Content-Disposition"] == named
        assert unpacked([answer.data]) == {"by site/leeds.csv": b"a,b\n"}


def test_run_without_files_has_no_archive(visitor):
    answer = visitor.get(f"{visitor.run('/tools/copier', {':sure': '1'})}/files.zip")
    assert answer.status_code == 404
    assert "This run has made no files." in answer.text


def test_archive_of_a_run_that_goes_on_holds_finished_files_only(visitor, services):
    address = visitor.run("/tools/folders")
    folder = services.engine.folder(services.store.run(address.rpartition("/")[2]))
    (folder.files / "half.csv").write_text("not whole", encoding="utf-8")
    folder.end_path.rename(folder.path / "later.json")
    write_json(folder.made_path, [MadeFile("by site/leeds.csv", 4)])
    assert list(unpacked([visitor.get(f"{address}/files.zip").data])) == ["by site/leeds.csv"]


def test_page_offers_no_archive_of_one_file(visitor):
    assert "files.zip" not in visitor.get(visitor.run("/tools/folders")).text


def test_part_of_a_file_can_be_asked_for(visitor):
    address = f"{visitor.run('/tools/folders')}/files/by%20site/leeds.csv"
    with visitor.get(address, headers={"Range": "bytes=1-2"}) as answer:
        assert (answer.status_code, answer.data) == (206, b",b")
        assert answer.headers["Content-Range"] == "bytes 1-2/4"
        assert answer.headers["Content-Disposition"].startswith("attachment")
