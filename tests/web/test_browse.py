"""Folders of the server are looked through below the roots of the site, and nowhere else."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.conftest import Visitor
from webify.model.command import Root
from webify.services import open_services
from webify.settings import load_settings
from webify.web.app import create_app
from webify.web.folders import PER_PAGE, listing

INTAKE = '''
"""Take in a delivery."""
import argparse, pathlib

parser = argparse.ArgumentParser(description="Take in a delivery.")
parser.add_argument("source", type=pathlib.Path)
parser.add_argument("--list", type=argparse.FileType("rb"))
parser.add_argument("--more", type=pathlib.Path, nargs="*", default=[])
parser.add_argument("--report", default="", help="A folder.")
parser.add_argument("--limit", type=int, default=20)
parser.add_argument("--password")
parser.add_argument("--out", type=argparse.FileType("w"))
group = parser.add_mutually_exclusive_group()
group.add_argument("--fast", action="store_true")
group.add_argument("--slow", action="store_true")
given = parser.parse_args()
for path in (given.source, *given.more):
    print("path", path, path.is_file())
if given.list:
    print("list", given.list.read().decode())
'''
SETTINGS = """
[roots]
"In & out" = "../deliveries"
Reports = "{folder}/../reports"

[tools.closed]
roots = []

[tools.narrow]
roots = ["Reports"]
parameters.report.root = "In & out"
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    base = tmp_path_factory.mktemp("site")
    for name in ("tools", "deliveries/2026/november", "deliveries/archive", "reports", "secret"):
        (base / name).mkdir(parents=True)
    for name in ("deliveries/list-2.csv", "deliveries/list-10.csv", "deliveries/.hidden",
                 "deliveries/2026/november/größe <b>.csv", "secret/key"):  # fmt: skip
        (base / name).write_text(name, encoding="utf-8")
    if os.name != "nt":
        (base / "deliveries/way-out").symlink_to(base / "secret")
        (base / "deliveries/latest").symlink_to("2026")
        os.mkfifo(base / "deliveries/pipe")
        (base / "deliveries/back\nslash").write_text("", encoding="utf-8")
    for name in ("intake", "closed", "narrow", "echo"):
        (base / "tools" / f"{name}.py").write_text(INTAKE, encoding="utf-8")
    (base / "tools/webify.toml").write_text(SETTINGS, encoding="utf-8")
    return base


@pytest.fixture(scope="module")
def visitor(base):
    services = open_services(load_settings(base / "tools", {"data": base / "data"}))
    assert services.catalog.settled(60.0)
    yield Visitor(create_app(services).test_client(), services)
    services.close()


def links(page, mark):
    found = re.findall(rf'href="([^"]+)"[^>]*{mark}', page.text)
    return [html.unescape(each) for each in found]


def look(visitor, **fields):
    query = {":for": "source", ":root": "In & out"}
    query |= {f":{name}": text for name, text in fields.items()}
    return visitor.get("/browse/intake", query_string=query)


def names(page):
    found = re.findall(r'class="t">(?:<span[^>]*>[^<]*</span>)?([^<]*)<', page.text)
    return [html.unescape(each) for each in found]


def test_folders_come_first_and_files_by_their_number(visitor):
    linked = ["latest"] if os.name != "nt" else []
    listed = names(look(visitor))
    assert listed == ["2026", "archive", *linked, "list-2.csv", "list-10.csv"]


def test_what_leads_elsewhere_is_not_listed_and_counted(visitor):
    hidden = "4 more are" if os.name != "nt" else "1 more is"
    text = look(visitor).text
    assert f"{hidden} not listed" in text
    assert "way-out" not in text
    assert "secret" not in text


def test_name_is_no_markup(visitor):
    text = look(visitor, **{"in": "2026/november"}).text
    assert "größe &lt;b&gt;.csv" in text
    assert "<b>.csv" not in text


@pytest.mark.parametrize(
    "below",
    ["..", "../secret", "2026/../..", "way-out", "/etc", "//etc", "2026//november", "./2026",
     "..\\secret", "C:\\", "\\\\host\\share", "2026/\0", "list-2.csv", "no-such-folder", "\n"],
)  # fmt: skip
def test_folder_outside_is_not_found_and_nothing_of_it_is_told(visitor, below):
    answer = look(visitor, **{"in": below})
    assert answer.status_code == 404
    assert "key" not in names(answer)


@pytest.mark.parametrize(
    "fields", [{"for": "limit"}, {"for": "password"}, {"for": "out"}, {"for": ""}, {"root": "C"}]
)
def test_only_paths_of_this_form_and_their_roots_are_browsed(visitor, fields):
    assert look(visitor, **fields).status_code == 404


def test_tool_has_the_roots_that_are_set_for_it(visitor):
    assert "data-browse" in visitor.get("/tools/intake").text
    assert "data-browse" not in visitor.get("/tools/closed").text
    assert visitor.get("/browse/closed?:for=source").status_code == 404
    assert names(visitor.get("/browse/narrow?:for=source")) == []
    assert visitor.get("/browse/narrow?:for=source&:root=In+%26+out").status_code == 404
    assert "list-2.csv" in names(visitor.get("/browse/narrow?:for=report"))


def test_several_roots_are_offered_first(visitor):
    page = visitor.get("/browse/intake?:for=source")
    assert names(page) == ["In & out", "Reports"]
    assert names(visitor.get(links(page, "data-go")[0]))[0] == "2026"


def test_search_narrows_what_is_listed(visitor):
    assert names(look(visitor, q="LIST 10")) == ["list-10.csv"]
    assert "Nothing here matches." in look(visitor, q="zzz").text


def test_without_scripts_a_path_comes_back_and_the_other_answers_stay(visitor, base):
    answers = {"source": "", "limit": "7", "more": ["x.csv", ""], "password": "pa55word",
               ":choose.0": "slow", ":browse": "source"}  # fmt: skip
    leads = visitor.post("/tools/intake", answers)
    assert leads.status_code == 303
    assert "pa55word" not in leads.headers["Location"]
    page = visitor.get(leads.headers["Location"])
    page = visitor.get(links(page, "data-go")[0])
    assert "Passwords and files to send have to be given again" in page.text
    form = visitor.get(links(page, "data-choose")[-1])
    path = str(base / "deliveries/list-10.csv")
    assert f'value="{path}"' in form.text
    assert 'value="7"' in form.text
    assert 'value="x.csv"' in form.text
    assert re.search(r'value="slow" checked', form.text)
    assert "pa55word" not in form.text


def test_choice_for_a_list_is_added_to_it(visitor):
    page = visitor.get("/browse/intake?:for=more&:root=In+%26+out&more=a.csv&more=")
    query = parse_qs(urlsplit(links(page, "data-choose")[-1]).query)
    assert [Path(each).name for each in query["more"]] == ["a.csv", "list-10.csv"]


def test_it_opens_where_the_field_points_to(visitor, base):
    path = base / "deliveries/2026/november/größe <b>.csv"
    page = visitor.get("/browse/intake", query_string={":for": "source", "source": str(path)})
    assert names(page) == [path.name]
    outside = {":for": "source", "source": str(base / "secret/key")}
    assert names(visitor.get("/browse/intake", query_string=outside)) == ["In & out", "Reports"]


def test_script_gets_the_folder_alone(visitor):
    part = visitor.get("/browse/intake?:for=source", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert 'id="browse-h"' in part.text


def test_file_of_the_server_reaches_the_tool(visitor, base):
    path = base / "deliveries/list-2.csv"
    run = visitor.run("/tools/intake", {"source": str(path), "list": str(path)})
    said = visitor.get(f"{run}/out").text
    assert f"path {path.resolve()} True" in said
    assert "list deliveries/list-2.csv" in said
    again = visitor.get(f"/tools/intake?from={run.rpartition('/')[2]}").text
    assert again.count(f'value="{path}"') == 2


def test_path_outside_is_refused_at_its_field(visitor):
    answer = visitor.post("/tools/intake", {"source": "/etc/passwd"})
    assert answer.status_code == 422
    assert "/etc/passwd is not in a folder this tool may read: In &amp; out (" in answer.text


def test_path_through_a_link_is_given_to_the_tool_without_it(visitor, base):
    if os.name != "nt":
        through = base / "deliveries/latest/november/größe <b>.csv"
        run = visitor.run("/tools/intake", {"source": str(through)})
        assert f"path {through.resolve()} True" in visitor.get(f"{run}/out").text
        assert f'value="{html.escape(str(through))}"' in (
            visitor.get(f"/tools/intake?from={run.rpartition('/')[2]}").text
        )
        out = visitor.post("/tools/intake", {"source": str(base / "deliveries/way-out/key")})
        assert out.status_code == 422


def test_answers_that_no_address_holds_are_not_lost(visitor):
    answers = {"source": "", "more": ["x" * 9000, "y" * 9000], ":browse": "source"}
    answer = visitor.post("/tools/intake", answers)
    assert answer.status_code == 422
    assert "Type the path." in answer.text
    assert "y" * 9000 in answer.text


def test_folder_of_10_000_entries_is_paged(tmp_path):
    for number in range(10_000):
        (tmp_path / f"f{number}.csv").touch()
    root = Root("Large", str(tmp_path))
    page = listing(root, (), files=True, page=100)
    assert [each.name for each in page.entries][:2] == ["f9900.csv", "f9901.csv"]
    assert (page.count, page.pages, len(page.entries)) == (10_000, 100, PER_PAGE)
    found = listing(root, (), files=True, q="f42 CSV", page=2)
    assert (found.count, found.first, len(found.entries)) == (111, 101, 11)


def test_folder_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "a").mkdir()
    gone = Root("Gone", str(tmp_path / "a"))
    (tmp_path / "a").rmdir()
    with pytest.raises(Exception, match="There is no folder"):
        listing(gone, (), files=True)
