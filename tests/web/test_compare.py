"""The page that compares two runs: without a script, whatever the runs and the address are."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from threading import Event

import pytest

from tests.web.conftest import Visitor
from webify.model.run import State
from webify.rows import comparisons
from webify.services import open_services
from webify.settings import load_settings
from webify.web import compare as page
from webify.web.app import create_app

SAYS = '''
"""Print a text."""
import argparse, sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("text")
parser.add_argument("--day", default="1")
sys.stdout.write(parser.parse_args().text.replace("\\r\\n", "\\n"))
'''
OLD = "Code,Item,On hand\nLV-1,Rake,3\nLV-2,Hose,12\nLV-3,Spade,7\nLV-5,Saw,1\n"
NEW = "Code,Item,On hand\nLV-1,Rake,3\nLV-2,Hose,15\nLV-4,Nail,9\nLV-5,Saw,1\n"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    for name in ("echo", "other"):
        (folder / f"{name}.py").write_text(SAYS, encoding="utf-8")
    services = open_services(load_settings(folder, {"data": tmp_path_factory.mktemp("data")}))
    assert services.catalog.settled(60.0)
    yield services
    services.close()


@pytest.fixture(scope="module")
def visitor(services):
    return Visitor(create_app(services).test_client(), services)


@pytest.fixture(scope="module")
def printed(visitor):
    """Return how a test makes a run that printed this; the same text is one and the same run."""
    known = {}

    def run(text, tool="echo", **answers):
        key = (text, tool, *answers.items())
        if key not in known:
            address = visitor.run(f"/tools/{tool}", {"text": text, **answers})
            known[key] = address.rpartition("/")[2]
        return known[key]

    return run


@pytest.fixture
def shown(visitor, printed):
    """Return how a test opens the comparison of two texts."""

    def show(old, new, query="", status=200):
        address = f"/compare?a={printed(old)}&b={printed(new, day='2')}{query}"
        answer = visitor.get(address)
        assert answer.status_code == status
        return unescape(re.sub(r"<svg.*?</svg>", "", answer.text.partition("<main")[2]))

    return show


def said(text):
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_page_says_what_was_added_gone_and_changed_and_by_which_key(shown):
    words = said(shown(OLD, NEW))
    assert "1 row added, 1 gone, 1 changed, 2 the same" in words
    assert "Code tells the rows of both runs apart" in words
    assert "was 12 now 15 +3" in words
    assert "LV-4 Added Nail 9" in words
    assert "LV-3 Gone Spade 7" in words
    assert "LV-1" not in words.partition("Rows that differ")[2]


def test_old_and_new_text_of_a_cell_are_told_in_words_and_not_by_colour_alone(shown):
    cell = re.search(r"<td[^>]*><span>(<del>.*?)</td>", shown(OLD, NEW))[1]
    assert cell.startswith('<del><span class="visually-hidden">was </span>12</del> ')
    assert '<ins><span class="visually-hidden">now </span>15</ins>' in cell


def test_answers_in_which_the_runs_differ_are_shown(shown):
    table = shown(OLD, NEW).partition("</table>")[0]
    assert re.search(r"<th[^>]*>Day</th>", table)
    assert re.findall(r'<td data-l="Day">(.*?)</td>', table) == ["1", "2"]


@pytest.mark.parametrize(
    ("kind", "found"), [("added", ["LV-4"]), ("gone", ["LV-3"]), ("changed", ["LV-2"])]
)
def test_filter_shows_one_kind_of_difference(shown, kind, found):
    text = shown(OLD, NEW, f"&1.kind={kind}")
    assert re.findall(r"<th scope=\"row\"[^>]*>(LV-\d)", text) == found
    assert re.search(rf'1.kind={kind}#table-1" aria-current="true"', text)


def test_kind_without_rows_says_so_and_leads_back(shown):
    text = shown(OLD, OLD.replace("LV-3", "LV-9"), "&1.kind=changed")
    assert "No row is changed." in said(text)
    assert "Show all differences" in text


def test_key_is_chosen_by_names_and_kept_by_every_link(shown):
    text = shown(OLD, NEW, "&1.key=Item&1.key=On+hand&1.kind=gone")
    assert "2 rows added, 2 gone, 0 changed" in said(text)
    for link in re.findall(r'href="(/compare\?[^"]*1.kind=[^"]*)"', text):
        assert "1.key=Item&1.key=On+hand" in link
    assert text.count('<option value="On hand" selected>') == 1


def test_whole_row_is_a_key(shown):
    words = said(shown(OLD, NEW, "&1.key=:row"))
    assert "2 rows added, 2 gone, 0 changed, 2 the same" in words
    assert "Rows are matched as a whole" in words


def test_key_that_only_one_run_has_is_told(shown):
    text = shown(OLD, NEW.replace("Item", "Name"), "&1.key=Item")
    assert "There is no column “Item” in both runs." in text
    assert "Only in run" in text
    assert "1 changed" in said(text)


def test_key_that_repeats_is_told(shown):
    twice = "Site,n\nLeeds,1\nLeeds,2\nYork,3\nHull,4\n"
    words = said(shown(twice, twice.replace("2", "5"), "&1.key=Site"))
    assert "The key repeats: in 1 row of run" in words
    assert "0 rows added, 0 gone, 1 changed, 3 the same" in words


def test_tables_without_a_common_column_are_told(shown):
    assert "no column in common" in shown(OLD, "a,b\n1,x\n2,y\n3,z\n4,z\n")


@pytest.mark.parametrize(
    "query",
    [
        "&1.page=99999999999999999999",
        "&1.page=-3&1.kind=nonsense",
        "&1.key=" + "x" * 5000,
        "&1.key=%00%ff",
        "&table=99",
        "&table=%3Cscript%3E",
        "&9999.key=x&1.key=",
        "&1.page=7",
    ],
)
def test_nonsense_in_the_address_is_ignored(shown, query):
    assert "1 row added, 1 gone, 1 changed" in said(shown(OLD, NEW, query))


def test_nothing_that_a_tool_printed_is_taken_for_html(visitor, printed):
    wild = "Code,<script>alert(1)</script>\nLV-1,<b>x</b>\nLV-2,b\nLV-3,c\nLV-4,c\n"
    a, b = printed(wild), printed(wild.replace("<b>x", "<i>'\"y"))
    text = visitor.get(f"/compare?a={a}&b={b}&1.key=%3Cscript%3E").text
    assert "<script>alert" not in text
    assert "<i>" not in text
    assert "<script>&lt;" not in text
    assert "&lt;i&gt;&#39;&#34;y" in text


def test_many_differences_come_in_pages(shown):
    many = "Code,n\n" + "".join(f"K-{at},{at}\n" for at in range(120))
    text = shown(many, many.replace(",", ",1").replace("1n", "n"), "&1.page=2")
    assert "Rows 51–100 of 120" in text
    assert text.count('<th scope="row" class="fw-normal') == 50


def test_wide_table_shows_the_columns_with_changes(shown):
    heads = [f"c{at}" for at in range(300)]
    row = [f"v{at}" for at in range(300)]
    old = "\n".join(",".join([f"{name}-{at}" for at in row]) for name in "abcd")
    text = f"{','.join(heads)}\n{old}\n"
    words = said(shown(text, text.replace("a-v277", "z")))
    assert "50 of 300 columns are shown" in words
    assert "was a-v277 now z" in words


def test_values_are_compared_by_their_names(shown):
    old = "Host: depot\nItems: 12\nCounted: 2 May\n"
    text = shown(old, "Host: depot\nItems: 14\nState: fine\nZone: 3\n").partition('id="values"')[2]
    words = said(text)
    assert "4 changed, added or gone" in words
    assert "Items 12 14" in words
    assert "State Not there fine" in words
    assert "Host" not in words


def test_text_is_compared_line_by_line(shown):
    lines = [f"Line {at} of a letter that is no table." for at in range(20)]
    text = shown("\n".join(lines), "\n".join([*lines[:9], "Quite another line.", *lines[10:]]))
    words = said(text.partition('id="text"')[2])
    assert "1 line added, 1 gone" in words
    assert "7 lines the same" in words
    assert "gone: Line 9 of a letter that is no table. added: Quite another line." in words


def test_same_text_is_the_same(visitor, printed):
    a, b = printed("One line."), printed("One line.", day="3")
    assert "The text is the same" in visitor.get(f"/compare?a={a}&b={b}").text


def test_two_runs_that_are_ticked_are_put_in_their_order(visitor, printed):
    a, b = printed(OLD), printed(NEW)
    answer = visitor.get(f"/compare?run={b}&run={a}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/compare?a={a}&b={b}"


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("", 422, "Choose two runs of one tool."),
        ("?run={a}", 422, "You chose 1."),
        ("?run={a}&run={b}&run={a}", 422, "You chose 3."),
        ("?a={a}&b={a}", 422, "twice"),
        ("?a={a}&b={other}", 422, "Choose two runs of one tool: run"),
        ("?a={a}&b=nobody", 404, "There is no run nobody"),
        ("?run=%3Cb%3E&run={a}", 404, "There is no run &lt;b&gt;"),
    ],
)
def test_runs_that_cannot_be_compared_are_told(visitor, printed, query, status, sentence):
    runs = {"a": printed(OLD), "b": printed(NEW), "other": printed(OLD, "other")}
    answer = visitor.get(f"/compare{query.format(**runs)}")
    assert answer.status_code == status
    assert sentence in answer.text


def test_run_that_goes_on_is_told_and_waited_for(visitor, printed, services, monkeypatch):
    a, b = printed(OLD), printed(NEW)
    real = services.store.run

    def running(run_id):
        return replace(real(run_id), state=State.RUNNING) if run_id == b else real(run_id)

    monkeypatch.setattr(services.store, "run", running)
    text = visitor.get(f"/compare?a={a}&b={b}").text
    assert "still goes on" in text
    assert 'http-equiv="refresh"' in text
    assert visitor.get(f"/compare.csv?a={a}&b={b}").status_code == 404


def test_run_that_was_cancelled_is_compared_and_told(visitor, printed, services):
    a, b = printed(OLD), printed(NEW, day="9")
    services.store.change(b, state=State.STOPPED)
    words = said(visitor.get(f"/compare?a={a}&b={b}").text)
    assert "did not finish: what it never printed counts as not there." in words
    assert "1 row added" in words


def test_run_whose_rows_are_gone_is_told(visitor, printed, services):
    a, b = printed(OLD), printed(NEW, day="10")
    services.engine.folder(services.store.run(b)).rows_path.unlink()
    text = visitor.get(f"/compare?a={a}&b={b}").text
    assert "are not there." in text
    assert visitor.get(f"/compare.csv?a={a}&b={b}").status_code == 404


def test_runs_of_a_tool_that_has_gone_are_compared(visitor, printed, monkeypatch):
    a, b = printed(OLD), printed(NEW)
    monkeypatch.setattr(page, "tool_of", lambda *_: None)
    words = said(visitor.get(f"/compare?a={a}&b={b}").text)
    assert "is no tool of this site any more" in words
    assert "1 row added, 1 gone, 1 changed" in words


def test_long_comparison_says_how_far_it_is_and_comes_back_by_itself(visitor, printed, monkeypatch):
    go, real = Event(), comparisons.compare

    def slow(old, new, path, key, tell):
        tell("Comparing the rows", 0.5)
        go.wait(20)
        return real(old, new, path, key, tell)

    monkeypatch.setattr(comparisons, "compare", slow)
    monkeypatch.setattr(page, "WAIT", 0.05)
    a, b = printed(OLD, day="20"), printed(NEW, day="21")
    text = visitor.get(f"/compare?a={a}&b={b}").text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in text
    assert "Comparing 4 with 4 rows" in text
    part = unescape(re.search(r'hx-get="([^"]*)"', text.partition('id="table-1"')[2])[1])
    assert "Comparing 4 with" in visitor.get(part).text
    go.set()
    monkeypatch.setattr(page, "WAIT", 20.0)
    done = visitor.get(part).text
    assert "1 row added" in said(done)
    assert "hx-get" not in done
    assert "<html" not in done


def test_differences_are_a_file_for_a_spreadsheet(visitor, printed):
    wild = "Code,Item\nLV-1,=cmd()\nLV-2,b\nLV-3,c\nLV-4,d\n"
    a, b = printed(wild), printed(wild.replace("=cmd()", "=cmd(2)"))
    answer = visitor.get(f"/compare.csv?a={a}&b={b}&table=1")
    assert answer.data.decode("utf-8-sig").splitlines() == [
        "Change,Code,Item,Code before,Item before",
        "Changed,LV-1,'=cmd(2),,'=cmd()",
    ]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "echo-compared-" in answer.headers["Content-Disposition"]


def test_file_holds_the_key_and_the_kind_of_the_page(visitor, shown):
    text = shown(OLD, NEW, "&1.key=Item&1.kind=added")
    link = re.search(r'href="(/compare\.csv[^"]*)"', text)[1]
    lines = visitor.get(link).data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Change", "Added"]


@pytest.mark.parametrize("table", ["9", "x", "-1", "9" * 5000])
def test_file_of_a_table_that_is_not_there_is_not_found(visitor, printed, table):
    a, b = printed(OLD), printed(NEW)
    assert visitor.get(f"/compare.csv?a={a}&b={b}&table={table}").status_code == 404


def test_page_of_a_run_offers_pinned_and_last_runs_to_compare_with(visitor, printed):
    a, b = printed(OLD), printed(NEW)
    visitor.post(f"/runs/{a}/pin")
    form = visitor.get(f"/runs/{b}").text.partition("Compare with")[2].partition("</form>")[0]
    pinned, _, last = form.partition("Last runs")
    assert f'value="{a}"' in pinned
    assert f'value="{a}"' not in last
    assert f'<option value="{b}"' not in form
    assert f'name="run" value="{b}"' in last
    visitor.post(f"/runs/{a}/unpin")


def test_page_of_a_tool_leads_to_its_last_two_runs_compared(visitor, printed):
    a, b = printed(OLD, day="30"), printed(NEW, day="31")
    link = re.search(r'href="(/compare\?[^"]*)"', visitor.get("/tools/echo").text)[1]
    assert visitor.get(unescape(link)).headers["Location"] == f"/compare?a={a}&b={b}"


def test_history_has_a_box_for_each_run(visitor, printed):
    a = printed(OLD)
    text = visitor.get("/runs").text
    assert re.search(rf'type="checkbox" form="pair" name="run" value="{a}"', text)


def test_two_tables_of_an_output_are_compared_each_with_its_own(shown):
    both = f"Items on hand\n\n{OLD}\nThat was all.\n\nItems on the way\n\n{NEW}"
    text = shown(both, both.replace("Nail", "Bolt"))
    assert 'id="table-2"' in text
    words = said(text)
    assert "All rows are the same." in words
    assert "was Nail now Bolt" in words
    alone = shown(both, both.replace("Nail", "Bolt"), "&table=2")
    assert 'id="table-1"' not in alone
    assert "Items on hand" in alone.partition("Other tables")[2]


def test_table_that_only_one_run_has_is_told(shown):
    assert "is only in" in shown(f"Items on hand\n\n{OLD}", "Nothing was found today.\n")
