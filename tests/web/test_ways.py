"""A person says how a part of an output is read, and the address of the page says it too."""

from __future__ import annotations

import html
import re

import pytest

from tests.runs.bench import until
from tests.web.conftest import TOKEN, folder_of
from webify.model.block import OUTPUTS


@pytest.fixture
def listed(visitor):
    """Return the address of a run whose page has a text and a table."""
    return visitor.run("/tools/mixed")


def read(visitor, run, **fields):
    token = TOKEN.search(visitor.get(run).text)[1]
    return visitor.client.post(f"{run}/read", data={":csrf": token, **fields})


def shown(visitor, address):
    """Return a page once nothing of it is being read any more."""
    pages = []

    def read():
        pages.append(visitor.get(address.partition("#")[0]).text)
        return "How much is read" not in pages[-1]

    until(read)
    return pages[-1]


def test_table_can_be_shown_as_text_and_back(visitor, listed):
    page = shown(visitor, listed)
    link = html.unescape(re.search(r'href="([^"]*as\.2=text[^"]*)"', page)[1])
    assert link == f"{listed}?as.2=text#way-2"
    text = shown(visitor, link)
    assert "data-tablecard" not in text
    assert "frame,12" in text
    assert f'href="{listed}#way-2">Show as found' in text


def test_choice_stays_while_a_table_is_sorted(visitor, listed):
    page = shown(visitor, f"{listed}?as.1=text&_x=1")
    assert "_x=" not in page
    assert "as.1=text&amp;1.sort=" in page
    assert '<input type="hidden" form="table-1-find" name="as.1" value="text">' in page


def test_text_can_be_shown_as_table(visitor, listed):
    answer = read(visitor, listed, block="1", way="csv")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{listed}?as.1=csv#way-1")
    page = shown(visitor, answer.headers["Location"])
    assert "This part is read as CSV because you said so." in page
    assert 'id="table-10001"' in page
    assert page.index("word beta</th>") < page.index("That was all of it.\n</span>")
    assert 'output = "csv"' in html.unescape(page)
    assert visitor.get(f"{listed}/tables/10001").status_code == 200
    assert "word beta,2" in visitor.get(f"{listed}/tables/10001.csv").text


def test_text_of_one_line_is_not_offered_as_a_table(visitor, listed):
    page = shown(visitor, listed)
    last = page.partition("That was all of it.")[2].partition('id="made')[0]
    assert "Show as table" in page.partition("data-tablecard")[0]
    assert "Show as table" not in last


def test_whole_output_can_be_read_otherwise(visitor, listed):
    address = read(visitor, listed, way="words").headers["Location"]
    assert address == f"{listed}?as=words"
    page = shown(visitor, address)
    assert "The whole output is read as Columns at every blank because you said so." in page
    assert "Show as found" in page


def test_what_cannot_be_read_so_is_text_with_another_choice(visitor, listed):
    address = read(visitor, listed, block="1", way="json").headers["Location"]
    page = shown(visitor, address)
    assert "This part cannot be read as JSON. It is shown as text." in page
    assert "word beta,2" in page


def test_link_to_what_nobody_has_read_offers_to_read_it(visitor, listed):
    page = shown(visitor, f"{listed}?as.1=pairs")
    assert "This part is not read as Names and values yet, or no more." in page
    assert 'name="block" value="1"' in page


def test_every_way_to_read_is_offered(visitor, listed):
    page = shown(visitor, listed)
    form = page[page.index('id="read-1"') :]
    offered = re.findall(r'<option value="([a-z]+)"', form[: form.index("</select>")])
    assert offered == [name for name in OUTPUTS if name != "text"]


@pytest.mark.parametrize("way", ["", "text", "nonsense", "csv\0", "../csv"])
def test_nothing_is_read_where_the_choice_makes_no_sense(visitor, services, listed, way):
    assert read(visitor, listed, block="1", way=way).status_code == 303
    assert not (folder_of(services, listed) / "reread").exists()


@pytest.mark.parametrize("block", ["0", "99", "-1", "1e3", "²", "9" * 40])
def test_block_that_is_not_there_harms_nothing(visitor, listed, block):
    answer = read(visitor, listed, block=block, way="csv")
    assert answer.status_code == 303
    assert visitor.get(answer.headers["Location"].partition("#")[0]).status_code == 200


@pytest.mark.parametrize("query", ["as=csv&as.1=text", "as.1=<i>", "as.0=csv", "as.99999=csv"])
def test_nonsense_in_the_address_harms_nothing(visitor, listed, query):
    page = visitor.get(f"{listed}?{query}")
    assert page.status_code == 200
    assert "<i>" not in page.text


def test_reading_needs_a_token(visitor, listed):
    assert visitor.client.post(f"{listed}/read", data={"way": "csv"}).status_code == 403


@pytest.mark.parametrize("number", ["10001", "19999", "90001", "9" * 30])
def test_table_of_a_reading_that_is_not_there_is_unknown(visitor, number):
    run = visitor.run("/tools/copier", {":try": "1"})
    assert visitor.get(f"{run}/tables/{number}").status_code == 404


def test_site_names_columns_and_says_what_they_are(visitor, services, listed):
    page = shown(visitor, listed)
    assert "Size on disk" in page
    folder = services.engine.folder(services.store.run(listed.rpartition("/")[2]))
    column = folder.blocks()[1].table.columns[1]
    assert (column.name, column.type, column.unit) == ("Size on disk", "size", "kB")


def test_output_that_is_read_again_has_the_columns_that_the_site_names(visitor, listed):
    address = read(visitor, listed, way="csv").headers["Location"]
    assert shown(visitor, address).count("Size on disk") > 0
