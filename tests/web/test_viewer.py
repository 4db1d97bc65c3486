"""The viewer shows any part of a long text, and each address of it is a promise."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Visitor, folder_of

LINE = re.compile(r'<span class="l([^"]*)"(?: id="L(\d+)")?')


@pytest.fixture(scope="module")
def long(services):
    """Return the address of a run whose log was made long."""
    from webify.web.app import create_app

    visitor = Visitor(create_app(services).test_client(), services)
    run = visitor.run("/tools/echo")
    lines = [b"line %d of many" % number for number in range(1, 30_001)]
    lines[19_999] = b"\x1b[31mit\x1b[0m <b>failed</b>: error"
    folder = folder_of(services, run)
    (folder / "out.log").write_bytes(b"\n".join(lines) + b"\n")
    return run


def numbers(page: str) -> list[int]:
    return [int(found[2]) for found in LINE.finditer(page) if found[2]]


def here(page: str) -> list[int]:
    return [int(found[2]) for found in LINE.finditer(page) if "here" in found[1]]


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("", 1, []),
        ("?end=1", 29_501, []),
        ("?line=15000", 14_995, [15_000]),
        ("?line=15,000", 14_995, [15_000]),
        ("?line=15002-15000", 14_995, [15_000, 15_001, 15_002]),
        ("?line=1", 1, [1]),
        ("?line=99999999", 29_501, []),
        ("?line=none", 1, []),
        ("?at=14", 1, [1]),
        ("?from=17", 2, []),
        ("?to=0", 1, []),
        ("?from=99999999", 29_501, []),
        ("?at=" + "9" * 17, 29_996, []),
        ("?at=" + "9" * 5000, 1, []),
        ("?from=-1&line=-3&since=x&had=x", 1, []),
    ],
)
def test_address_shows_its_place(visitor, long, query, first, marked):
    page = visitor.get(f"{long}/output{query}").text
    assert (numbers(page)[0], here(page)) == (first, marked)
    assert 0 < len(numbers(page)) <= 500


def test_pages_lead_to_their_neighbours(visitor, long):
    page = visitor.get(f"{long}/output?line=15000").text
    later = re.search(r'href="([^"]+)">Later', page)[1]
    assert numbers(visitor.get(later).text)[0] == numbers(page)[-1] + 1
    earlier = re.search(r'href="([^"]+)"><svg[^>]*><use[^>]*/></svg>Earlier', page)[1]
    assert numbers(visitor.get(earlier).text)[-1] == numbers(page)[0] - 1


def test_line_that_is_not_there_is_told(visitor, long):
    page = visitor.get(f"{long}/output?line=40000").text
    assert "There is no line 40,000: the last one is 30,000." in page


def test_search_lists_lines_and_marks_them(visitor, long):
    page = visitor.get(f"{long}/output?q=LINE 1234 OF").text
    assert "1 line matches “LINE 1234 OF”." in page
    assert "<mark>line 1234 of</mark> many" in page
    assert "No line matches “LINE 1”." in visitor.get(f"{long}/output?q=LINE 1&case=1").text


def test_search_is_listed_in_parts_and_counted_up_to_a_bound(visitor, long):
    address, counts = f"{long}/output?q=many&part=found", []
    while address:
        page = visitor.get(address).text
        counts.append(int(re.search(r'data-count="(\d+)"', page)[1]))
        more = re.search(r'data-next="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") + "&part=found" if counts[-1] < 1000 else ""
    assert counts == [250, 500, 750, 1000]
    assert "1,000 and more lines match “many”." in page


def test_words_of_others_are_text(visitor, long):
    page = visitor.get(f"{long}/output?q=<b>failed").text
    assert "<mark>&lt;b&gt;failed</mark>" in page
    assert "<b>failed" not in page
    assert 'value="&lt;b&gt;failed"' in page


def test_first_error_is_reached_and_then_no_other(visitor, long):
    answer = visitor.get(f"{long}/output?go=error&from=0")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["Location"].partition("#")[0]).text
    assert here(page) == [20_000]
    after = re.search(r'href="([^"]+)" data-go="error"', page)[1].replace("&amp;", "&")
    assert "There is no error after this place." in visitor.get(after).text
    before = re.search(r'href="([^"]+)" data-go="earlier-error"', page)[1].replace("&amp;", "&")
    assert "There is no error before this place." in visitor.get(before).text


def test_matches_are_gone_through_both_ways(visitor, long):
    there = visitor.get(f"{long}/output?go=match&from=0&q=line 777 ").headers["Location"]
    page = visitor.get(there.partition("#")[0]).text
    assert here(page) == [777]
    back = visitor.get(f"{long}/output?go=earlier-match&to=300000&q=line 777 ")
    assert back.headers["Location"] == there


def test_match_of_nothing_leads_to_the_text(visitor, long):
    answer = visitor.get(f"{long}/output?go=match&from=0")
    assert answer.headers["Location"] == f"{long}/output"


def test_lines_are_counted_on_request(visitor, long):
    told = visitor.get(f"{long}/output?part=count&from=300000").json
    log = visitor.get(f"{long}/out").data
    assert told["total"] == 30_000
    assert told["counted"] == told["size"]
    assert told["first"] == log[:300_000].count(b"\n") + 1


def test_wrap_can_be_switched_off_by_a_link(visitor, long):
    page = visitor.get(f"{long}/output?q=many").text
    address = re.search(r'href="([^"]+)">Do not wrap', page)[1].replace("&amp;", "&")
    assert re.search(r'<pre id="lines"[^>]*nowrap', visitor.get(address).text)


def test_errors_and_nothing_at_all_have_a_page(visitor):
    run = visitor.run("/tools/echo", {"code": "3"})
    assert "echo: error: asked to fail" in visitor.get(f"{run}/errors").text
    assert "The program wrote nothing." in visitor.get(f"{run}/output").text


def test_file_of_a_run_is_viewed_if_it_is_text(visitor, services):
    run = visitor.run("/tools/echo")
    files = folder_of(services, run) / "files"
    assert numbers(visitor.get(f"{run}/view/made.txt").text) == [1]
    (files / "made.txt").write_bytes(b"\x89PNG\r\n\0\0")
    page = visitor.get(f"{run}/view/made.txt").text
    assert "This file is not text." in page
    assert numbers(page) == []


@pytest.mark.parametrize("name", ["nothing.txt", "../out.log", "..%2fout.log", "%2fetc%2fpasswd"])
def test_no_other_file_is_viewed(visitor, name):
    run = visitor.run("/tools/echo")
    assert visitor.get(f"{run}/view/{name}", follow_redirects=True).status_code == 404


def test_log_that_is_no_text_is_shown_with_a_note(visitor, services):
    run = visitor.run("/tools/echo")
    (folder_of(services, run) / "out.log").write_bytes(b"\0\1\2 text\n\xff\n")
    page = visitor.get(f"{run}/output").text
    assert "The program wrote bytes that are not text." in page
    assert numbers(page) == [1, 2]


def test_tabs_and_long_texts_lead_to_the_viewer(visitor, long):
    page = visitor.get(f"{long}?tab=raw").text
    assert f'href="{long}/output"' in page
    cut = re.search(rf'href="({long}/output\?from=\d+)">Open in the viewer', page)[1]
    assert numbers(visitor.get(cut).text)[0] > 1


def test_run_that_is_not_there_has_no_text(visitor):
    assert visitor.get("/runs/aaaaaaaaaaaaaaaaaaaaaaaaaa/output").status_code == 404
