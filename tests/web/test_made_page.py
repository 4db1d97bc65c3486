"""What a tool made stands on its run's page, and nothing of it can do anything there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.conftest import folder_of
from webify.runs.folder import MADE_AT_MOST, MadeFile, RunFolder
from webify.web.made import COLUMNS, PER_PAGE, PREVIEW, SHOWN, item_of, rows_of, shelf_of

PICTURES = Path(__file__).parent / "pictures"
PNG = (PICTURES / "plain-31x17.png").read_bytes()
GIF = (PICTURES / "plain-31x17.gif").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def put(visitor, services):
    """Return how a test puts a file into the folder of a run; it gets the file's address."""
    run = visitor.run("/tools/folders")
    files = folder_of(services, run) / "files"

    def place(name: str, data: bytes) -> str:
        (files / name).write_bytes(data)
        return f"{run}/files/{name}"

    return place


def shelf(tmp_path: Path, names: list[str], **given: str):
    folder = RunFolder(tmp_path)
    folder.make()
    for name in names:
        (folder.files / name).write_bytes(PNG)
    return shelf_of("r", folder, [MadeFile(name, len(PNG)) for name in names], MultiDict(given))


@pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_picture_is_served_as_what_its_bytes_say(put, visitor, path):
    address = put("named.html", path.read_bytes())
    with visitor.get(f"{address}?view") as answer:
        kind = path.suffix[1:].replace("jpg", "jpeg")
        assert answer.content_type == f"image/{kind}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.data == path.read_bytes()


def test_picture_that_is_a_script_too_is_served_as_a_picture(put, visitor):
    data = b"GIF89a/*" + GIF[8:] + b"*/=1;alert(1)"
    with visitor.get(f"{put('both.js', data)}?view") as answer:
        assert answer.content_type == "image/gif"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_svg_is_saved_when_it_is_opened_by_itself(put, visitor):
    with visitor.get(f"{put('drawn.svg', SVG)}?view") as answer:
        assert answer.content_type == "image/svg+xml"
        assert answer.headers["Content-Disposition"] == "attachment; filename=drawn.svg"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'")


def test_web_page_may_be_framed_by_us_and_do_nothing(put, visitor):
    with visitor.get(f"{put('report.html', b'<h1>hello</h1>')}?view") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'; img-src data:; style-src")
        assert "frame-ancestors 'self'" in policy
        assert "allow-" not in policy
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.content_type == "text/html"


@pytest.mark.parametrize("name", ["fake.png", "code.js", "plain.txt", "x.pdf"])
def test_nothing_else_can_be_viewed_and_all_can_be_saved(put, visitor, name):
    address = put(name, b"<script>alert(1)</script>")
    for way in (address, f"{address}?view"):
        with visitor.get(way) as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
            assert answer.headers["X-Frame-Options"] == "DENY"


def test_name_cannot_leave_its_place_in_the_page(tmp_path):
    name = '"><script>alert(1)<\\script>.png' if sys.platform != "win32" else "';alert(1).png"
    assert [item.name for item in shelf(tmp_path, [name]).pictures] == [name]


def test_link_out_of_the_folder_is_not_looked_into(tmp_path):
    folder = RunFolder(tmp_path / "run")
    folder.make()
    (tmp_path / "secret.txt").write_text("hush", encoding="utf-8")
    for name in ("../../secret.txt", ".."):
        item = item_of(folder.files, MadeFile(name, 4))
        assert (item.head, item.picture, item.lines) == (b"", None, ())


def test_only_the_first_lines_of_a_text_are_read(tmp_path):
    with (tmp_path / "huge.csv").open("wb") as file:
        file.write(b"".join(b"%d,%s\n" % (n, b"x" * 300) for n in range(40)))
        file.truncate(5_000_000_000)  # nothing is written for the rest
    item = item_of(tmp_path, MadeFile("huge.csv", 5_000_000_000))
    assert len(item.lines) == PREVIEW
    assert all(len(line) < 210 for line in item.lines)
    assert item.kind == "CSV"


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe\x80", b"\x1b\x01\x02", b"%PDF-1.4\n"])
def test_bytes_that_are_no_text_have_no_lines(tmp_path, data):
    (tmp_path / "x.txt").write_bytes(data)
    assert item_of(tmp_path, MadeFile("x.txt", len(data))).lines == ()


def test_letter_that_is_cut_in_two_does_not_hide_a_text(tmp_path):
    data = ("a" + "ü" * 5000).encode()
    (tmp_path / "x.txt").write_bytes(data)
    assert item_of(tmp_path, MadeFile("x.txt", len(data))).lines[0].startswith("aüü")


def test_many_pictures_are_listed_and_a_few_are_shown(tmp_path):
    names = [f"{number:03}.png" for number in range(PER_PAGE + 5)]
    first = shelf(tmp_path, names)
    assert [item.name for item in first.pictures] == names[:SHOWN]
    assert len(first.others) == PER_PAGE - SHOWN
    assert (first.pages, first.count, first.cut) == (2, PER_PAGE + 5, False)
    opened = shelf(tmp_path, names, open=names[40])
    assert [item.name for item in opened.pictures] == [*names[:SHOWN], names[40]]
    last = shelf(tmp_path, names, files="2")
    assert [item.name for item in last.items] == names[PER_PAGE:]


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x", "²"])
def test_nonsense_page_of_files_is_the_nearest(tmp_path, page):
    assert shelf(tmp_path, ["a.png"], files=page).page == 1


def test_ten_thousand_files_are_told_to_be_the_first(tmp_path):
    files = [MadeFile(f"{number}", 1) for number in range(MADE_AT_MOST)]
    found = shelf_of("r", RunFolder(tmp_path), files, MultiDict({"files": "200"}))
    assert found.cut
    assert found.first == MADE_AT_MOST - PER_PAGE + 1


def test_links_keep_what_is_seen_and_take_no_orders(app, tmp_path):
    given = {"_scheme": "javascript", "_external": "1", "_anchor": "y", "run_id": "z"}
    found = shelf(tmp_path, ["a.png"], **given, **{"1.q": "x", "part": "page", "tab": "raw"})
    with app.test_request_context():
        assert found.show("b & c", "file-1") == "/runs/r?1.q=x&open=b+%26+c#file-1"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_values_that_are_parted_are_seen_as_rows(mark):
    text = f'name{mark}size\n"a{mark}b"{mark}1\nc{mark}2\n'
    quoted = f"a{mark}b".replace("\t", " ")
    assert rows_of(text.encode(), whole=True) == [["name", "size"], [quoted, "1"], ["c", "2"]]


@pytest.mark.parametrize("text", ["", "one\ntwo\n", "a,b\n", "a,b\nc\n", "a,b\nc,d,e\n"])
def test_text_that_is_no_table_is_seen_as_lines(text):
    assert rows_of(text.encode(), whole=True) == []


def test_row_that_was_not_read_to_its_end_is_left_out():
    assert rows_of(b"a,b\n1,2\n3,4", whole=False) == [["a", "b"], ["1", "2"]]


def test_long_rows_are_cut_to_what_fits():
    text = "\n".join(",".join(map(str, range(50))) for _ in range(40)) + "\n"
    rows = rows_of(text.encode(), whole=True)
    assert (len(rows), len(rows[0])) == (PREVIEW + 1, COLUMNS)
