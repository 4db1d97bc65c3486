"""The conversion report as a page and as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from webify.services import Services, open_services
from webify.settings import load_settings
from webify.web.app import create_app

READY = """
import argparse
parser = argparse.ArgumentParser(description="Stock by site.")
parser.add_argument("--limit", type=int, default=20)
parser.parse_args()
print("site,count\\nYork,12\\nLeeds,13\\nHull,4")
"""
LOOKED = """
import argparse
def pair(text):
    return text.split("=")
parser = argparse.ArgumentParser(description="Rename files.")
parser.add_argument("--map", metavar="<b>A=B</b>", type=pair, default="/home/joe/x")
parser.add_argument("--password")
parser.parse_args()
input()
"""
BROKEN = "import argparse, no_such_thing\nargparse.ArgumentParser().parse_args()\n"


@pytest.fixture
def services(tmp_path) -> Iterator[Services]:
    folder = tmp_path / "tools"
    folder.mkdir()
    for name, text in (("stock", READY), ("renamer", LOOKED), ("broken", BROKEN)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    made = open_services(load_settings(folder, {"data": tmp_path / "data"}, {}))
    assert made.catalog.settled(60)
    yield made
    made.close()


@pytest.fixture
def page(services) -> FlaskClient:
    return create_app(services).test_client()


def row(html: str, title: str) -> str:
    return next(each for each in html.split("<tr>") if f">{title}</a>" in each)


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)', html)


def test_each_tool_has_its_line_with_result_and_what_to_do(page):
    html = page.get("/conversion").get_data(as_text=True)
    assert "Ready" in row(html, "Stock")
    assert "1 of 1" in row(html, "Stock")
    assert "Nothing to do" in row(html, "Stock")
    assert "other users of the server" in row(html, "Renamer")
    assert "Not converted" in row(html, "Broken")
    assert "needs the module no_such_thing" in row(html, "Broken")


def test_words_of_a_tool_are_text_on_the_page(page):
    html = page.get("/conversion").get_data(as_text=True)
    assert "&lt;b&gt;A=B&lt;/b&gt;" in html
    assert "<b>A=B</b>" not in html


def test_filters_and_order_are_the_servers(page):
    def found(query):
        return names(page.get(f"/conversion?{query}").get_data(as_text=True))

    assert found("q=password") == ["Renamer"]
    assert found("result=not+converted") == ["Broken"]
    assert found("sort=-tool") == ["Stock", "Renamer", "Broken"]
    assert found("sort=result")[0] == "Stock"
    assert found("q=nothing+like+it") == []
    assert len(found("sort=nonsense&result=")) == 3


def test_file_holds_a_line_for_each_tool_and_no_formula(page):
    answer = page.get("/conversion.csv")
    lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [each[0] for each in lines[1:]] == ["Broken", "Renamer", "Stock"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for each in lines for cell in each)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_outputs_of_past_runs_are_told(page, services):
    token = re.search(r'name=":csrf" value="([^"]+)"', page.get("/tools/stock").text)[1]
    made = page.post("/tools/stock", data={":csrf": token}).headers["Location"].split("/")[-1]
    assert services.engine.wait(made, 30).state.ended
    assert "Tables" in row(page.get("/conversion").get_data(as_text=True), "Stock")


def test_scanning_again_reads_every_tool_anew(page, services):
    before = services.catalog.tool("stock")
    html = page.get("/conversion").text
    token = re.search(r'name=":csrf" value="([^"]+)"', html)[1]
    answer = page.post("/conversion", data={":csrf": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/conversion")
    assert services.catalog.reading
    assert services.catalog.settled(60)
    again = services.catalog.tool("stock")
    assert again == before
    assert again is not before


def test_scanning_needs_one_of_our_own_pages(page):
    assert page.post("/conversion").status_code == 403


def test_what_changed_in_a_form_is_told_though_nobody_had_looked(page, services):
    tool = services.settings.folder / "stock.py"
    tool.write_text(READY.replace("default=20", "default=500"), encoding="utf-8")
    assert services.catalog.tool("stock").command.parameters[1].default.value == "500"
    assert "default 500 instead of 20" in row(page.get("/conversion").text, "Stock")


def test_page_that_looks_again_is_sent_the_report_only_where_a_tool_was_read_meanwhile(page):
    assert page.get("/conversion?reading=0").status_code == 204
    answer = page.get("/conversion?reading=3")
    assert (answer.status_code, names(answer.text)) == (200, ["Broken", "Renamer", "Stock"])
    assert "hx-trigger" not in answer.text


def test_report_of_a_tool_is_made_once_for_each_version_of_it(services):
    first, again = services.conversion.reports(), services.conversion.reports()
    assert all(one is other for one, other in zip(first, again, strict=True))
    (services.settings.folder / "stock.py").write_text(READY.replace("20", "30"), encoding="utf-8")
    assert services.catalog.tool("stock").command
    made = {each.slug: each for each in services.conversion.reports()}
    assert made["broken"] is first[0]
    assert made["stock"].drift
