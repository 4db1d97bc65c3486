"""Bad output through a real run: what a person sees of it, and what is in the files."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from tests.serving import Site

SAY = """
    import argparse, pathlib, sys
    parser = argparse.ArgumentParser(description="Prints a file byte for byte.")
    parser.add_argument("name")
    given = parser.parse_args()
    sys.stdout.buffer.write(pathlib.Path(given.name).read_bytes())
"""
RECORDS = [{"id": at, "name": f"part {at}"} for at in range(100)]
LETTERS = "name,amount\nMüller,1\nSmíth,2\n中文,3\n"
SCRIPT = "<script>alert(1)</script>"


class Asked:
    """A site whose one tool prints what a test gives it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder

    def run(self, data: bytes) -> str:
        """Print these bytes; return the path of the run."""
        file = self.folder / "printed"
        file.write_bytes(data)
        run = self.site.run("/tools/say", {"name": str(file)})
        assert "succeeded" in self.site.ended(run, 60)
        return run

    def kinds(self, run: str) -> list[str]:
        """Return the kinds of the blocks of a run."""
        (file,) = self.site.data.glob(f"runs/*/*/*/{run.rpartition('/')[2]}/blocks.json")
        return [block["kind"] for block in json.loads(file.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("tools")
    (folder / "say.py").write_text(textwrap.dedent(SAY), encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield Asked(site, tmp_path_factory.mktemp("given"))


def words(page: str) -> str:
    """Return the words of a page's main part, parted by single blanks."""
    main = page.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def text_of_sheet(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if "xml" in name)


CASES = {
    "half a JSON document": (
        json.dumps({"items": RECORDS}, indent=1).encode()[:-60],
        ["table", "text"],
        "98 rows",
    ),
    "half a JSON document on one line": (
        json.dumps(RECORDS).encode()[:-60],
        ["table"],
        "98 rows",
    ),
    "depth of 10,000": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, ["text"], '{"a":'),
    "a million keys": (
        b"{" + b",".join(b'"k%d":1' % at for at in range(1_000_000)) + b"}",
        ["text"],
        '{"k0":1,"k1":1',
    ),
    "figures that are none": (
        b'[{"n": NaN, "m": 1}, {"n": -Infinity, "m": 2}]\n',
        ["table"],
        "NaN",
    ),
    "keys that come twice": (b'[{"a": 1, "a": 22}, {"a": 3, "a": 44}]\n', ["table"], "22"),
    "other count of columns in the middle": (
        ("a,b,c\n" + "x,1,y\n" * 20 + "x,1,y,z\n" * 20).encode(),
        ["table", "table"],
        "20 rows, 4 columns",
    ),
    "a cell of 50 MB": (
        b'{"a": 1, "b": "' + b"x" * 50_000_000 + b'"}\n' + b'{"a": 2, "b": "y"}\n' * 3,
        ["text", "table"],
        "3 rows, 2 columns",
    ),
    "bytes that are no UTF-8": (b"name,amount\n\xe9t\xe9,1\nok,2\nx\x80y,3\n", ["table"], "�t�"),
    "UTF-16, little end first": (b"\xff\xfe" + LETTERS.encode("utf-16-le"), ["table"], "中文"),
    "UTF-16, big end first": (b"\xfe\xff" + LETTERS.encode("utf-16-be"), ["table"], "中文"),
    "a chart of text": (
        b"Jan | ########## 10\nFeb | ############## 14\nMar | ###### 6\nApr | ######### 9\n",
        ["text"],
        "Feb | ############## 14",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_output_is_shown_as_far_as_it_goes(asked: Asked, name: str) -> None:
    data, kinds, seen = CASES[name]
    run = asked.run(data)
    page = asked.site.page(run)
    assert asked.kinds(run) == kinds
    assert seen in words(page)
    assert "not complete" not in words(page)
    assert len(page) < 2_000_000
    assert asked.site.browser.get(f"{run}/out").content == data
    assert len(asked.site.page(f"{run}/output")) < 500_000
    assert asked.site.memory < 130_000_000
    if "table" in kinds:
        for ending in ("csv", "xlsx", "json"):
            assert asked.site.browser.get(f"{run}/tables/1.{ending}").status_code == 200


@pytest.mark.parametrize("where", ["#p-raw", "?as.1=text", "/output"])
def test_utf_16_is_letters_wherever_it_is_text(asked: Asked, where: str) -> None:
    lines = "A letter of Müller.\nAnd one of 中文, which is longer.\n" * 4_000
    run = asked.run(b"\xff\xfe" + lines.encode("utf-16-le"))
    page = words(asked.site.page(run + where.partition("#")[0]))
    assert "And one of 中文, which is longer. A letter of Müller." in page
    assert "�" not in page


def test_events_tell_utf_16_as_letters(asked: Asked) -> None:
    run = asked.run(b"\xff\xfe" + "A letter of Müller and 中文.\n".encode("utf-16-le") * 3)
    told = asked.site.browser.get(f"{run}/events").text
    assert "M\\u00fcller and \\u4e2d\\u6587" in told
    assert "\\ufffd" not in told


FORMULAS = "name,amount,note\n=cmd(),1,@SUM(A1)\n+1+cmd|' /C calc'!A0,2,-2+3\nplain,3,\"\t=1\"\n"


def test_no_cell_of_a_download_is_a_formula(asked: Asked) -> None:
    run = asked.run(FORMULAS.encode())
    lines = asked.site.browser.get(f"{run}/tables/1.csv").text.splitlines()
    assert lines[1] == "'=cmd(),1,'@SUM(A1)"
    assert all(line[0] not in "=+-@\t" for line in lines)
    book = text_of_sheet(asked.site.browser.get(f"{run}/tables/1.xlsx").content)
    assert "=cmd()" in book
    assert "<f>" not in book


MARKUP = {
    "a heading": f"| {SCRIPT} | n |\n|---|---|\n| <b>x</b> | 1 |\n| <img src=x onerror=y> | 2 |\n",
    "a key": json.dumps([{SCRIPT: "<b>x</b>", '"><img src=x': 1}] * 3),
    "a title": f"{SCRIPT}\n\nname,amount\na,1\nb,2\nc,3\n",
    "a name of a pair": f"first: {SCRIPT}\nsecond <b>x</b>: 2\nthird: <img src=x>\n",
    "a log": "".join(f"2026-11-22 09:00:0{at} ERROR {SCRIPT} <b>x</b>\n" for at in range(5)),
    "a progress": f"\r10% {SCRIPT}\r50% {SCRIPT} <b>x\n",
}


@pytest.mark.parametrize("name", MARKUP)
def test_markup_in_output_is_words_everywhere(asked: Asked, name: str) -> None:
    run = asked.run(MARKUP[name].encode())
    places = ["", "?tab=raw", "?as.1=text", "/output", "/output?q=script", "/tables/1", "/events"]
    places += ["?1.panel=1", "?1.chart=across.1.0", "/tables/1?part=filters", "/tables/1?cols=0"]
    for place in places:
        answer = asked.site.browser.get(run + place)
        assert answer.status_code in (200, 404), place
        for markup in ("<script>alert", "<b>x", "<img src=x"):
            assert markup not in answer.text.replace("\\u003c", "<").replace("&lt;", ""), place


@pytest.mark.parametrize(
    "title", ['Parts of "York"; x=y', "Parts\\r\\nX-Own: yes", "Teile für 中文"]
)
def test_no_title_of_a_table_gets_into_a_header(asked: Asked, title: str) -> None:
    run = asked.run(f"# {title}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\ntext\n".encode())
    answer = asked.site.browser.get(f"{run}/tables/1.csv")
    name = answer.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=say-[\d-]+\.csv", name)
    assert "X-Own" not in answer.headers


def in_earlier_layout(rows: Path) -> None:
    """Write what an earlier version kept: words and keys of each row in two tables."""
    rows.unlink()
    with closing(sqlite3.connect(rows)) as database, database:
        database.execute("CREATE TABLE t1 (c0 TEXT, c1 TEXT)")
        database.execute("CREATE TABLE k1 (k0, k1)")
        database.execute("INSERT INTO t1 VALUES ('Müller', '1')")
        database.execute("CREATE TABLE whole (x)")
    file = rows.with_name("blocks.json")
    said = file.read_text(encoding="utf-8").replace('"integer"', '"number"')
    file.write_text(said, encoding="utf-8")


LOST: dict[str, Callable[[Path], object]] = {
    "no database": lambda rows: rows.write_bytes(b"no database at all" * 400),
    "gone": Path.unlink,
    "cut": lambda rows: rows.write_bytes(rows.read_bytes()[:5_000]),
    "in an earlier layout": in_earlier_layout,
}


@pytest.mark.parametrize("how", LOST)
def test_rows_that_cannot_be_read_any_more_leave_the_text_and_a_sentence(
    asked: Asked, how: str
) -> None:
    run, whole = asked.run(LETTERS.encode()), asked.run(LETTERS.encode())
    (rows,) = asked.site.data.glob(f"runs/*/*/*/{run.rpartition('/')[2]}/rows.db")
    LOST[how](rows)
    page = words(asked.site.page(f"{run}?1.sort=1&1.q=a"))
    assert "The rows of this table cannot be read any more. Its text is shown." in page
    assert "Müller,1" in page
    for ending in ("", ".csv", ".xlsx", ".json"):
        assert asked.site.browser.get(f"{run}/tables/1{ending}").status_code == 404
    both = {name: each.rpartition("/")[2] for name, each in (("a", run), ("b", whole))}
    assert asked.site.browser.get("/compare", params=both).status_code == 200
