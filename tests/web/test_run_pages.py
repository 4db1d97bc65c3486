"""The page of a run: its result, raw output, files and tables, each at its own address."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import replace

import pytest

from tests.web.conftest import shown
from webify.model.run import State
from webify.web import runs

HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(visitor):
    return visitor.run("/tools/echo", {"count": "120", "word": "</pre><script>x</script>"})


def cells(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page.partition("<tfoot>")[0])


def test_young_run_is_waited_for_and_shown_finished(visitor, monkeypatch):
    monkeypatch.setattr(runs, "WAIT", 20.0)  # as quick a machine as it takes
    answer = visitor.post("/tools/echo", {"count": "2"})
    page = shown(visitor.client.get(answer.headers["Location"]).text)
    assert "Finished" in page
    assert "data-events" not in page


def test_output_is_never_markup(visitor, run):
    for tab in ("result", "raw"):
        page = visitor.get(f"{run}?tab={tab}").text
        assert "<script>x" not in page
        assert "&lt;/pre&gt;&lt;script&gt;x" in page


def test_tabs_are_links(visitor, run):
    for tab in ("raw", "errors", "details"):
        page = visitor.get(f"{run}?tab={tab}").text
        assert re.search(rf'id="t-{tab}"[^>]*aria-selected="true"', page)
        assert f'<div id="p-{tab}" role="tabpanel" aria-labelledby="t-{tab}">' in page
    assert 'aria-selected="true"' in visitor.get(f"{run}?tab=nonsense").text


def test_failed_run_says_why_in_its_title_and_heading(visitor):
    page = visitor.get(visitor.run("/tools/echo", {"code": "3"})).text
    assert "<title>Failed: Echo" in page
    assert "Asked to fail" in page
    assert "Exit code <b>3</b>" in page
    assert "echo: error: asked to fail" in page


def test_interrupted_run_is_begun_again_by_one_press(visitor, run):
    store = visitor.services.store
    lost = replace(store.run(run.rpartition("/")[2]), state=State.LOST, reason="Interrupted: so")
    store.update(lost, "state", "reason")
    page = visitor.get(run).text
    assert '<div class="note warn mb-3" role="alert">' in page
    assert "Run again</button>" in page


def test_lists_of_runs_say_why_one_failed_and_with_which_answers(visitor):
    visitor.run("/tools/echo", {"code": "3"})
    assert ">Asked to fail</span>" in visitor.get("/runs").text
    home = visitor.get("/").text
    assert ">Echo: code 3</span>" in home
    assert ", asked to fail</span>" in home


def test_parts_of_the_page_are_fragments(visitor, run):
    result = visitor.get(f"{run}?part=result&1.sort=-1", headers=HTMX).text
    assert "<html" not in result
    assert cells(result)[0] == "item 119"
    page = visitor.get(f"{run}?part=page", headers=HTMX).text
    assert page.lstrip().startswith("<title>")
    assert "<html" not in page


def test_raw_output_is_whole_and_plain(visitor, run):
    shown = visitor.get(f"{run}/out")
    assert shown.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in shown.headers
    assert "item 119,1190" in shown.text
    assert "attachment" in visitor.get(f"{run}/out?download").headers["Content-Disposition"]
    assert visitor.get(f"{run}/err").text == ""


def test_made_file_is_a_download(visitor, run):
    assert f"{run}/files/made.txt" in visitor.get(run).text
    with visitor.get(f"{run}/files/made.txt") as answer:
        assert answer.text == "made\n"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"


def test_file_in_a_folder_that_the_tool_made_is_a_download_too(visitor):
    run = visitor.run("/tools/folders")
    assert f"{run}/files/by%20site/leeds.csv" in visitor.get(run).text
    with visitor.get(f"{run}/files/by%20site/leeds.csv") as answer:
        assert answer.text == "a,b\n"


def test_link_that_leaves_the_folder_is_not_followed(visitor):
    run = visitor.run("/tools/folders")
    assert visitor.get(f"{run}/files/way-out").status_code == 404


@pytest.mark.parametrize(
    "name", ["nothing.txt", "..", "../order.json", "..%2forder.json", "%2e%2e/order.json", "a%00b"]
)
def test_no_other_file_can_be_had(visitor, run, name):
    assert visitor.get(f"{run}/files/{name}").status_code == 404


def test_table_is_sorted_searched_and_paged(visitor, run):
    page = visitor.get(f"{run}?1.sort=-1&1.size=25&1.page=2").text
    assert cells(page)[0] == "item 94"
    assert "Rows 26–50 of 120" in page
    found = visitor.get(f"{run}/tables/1?q=item+119").text
    assert cells(found) == ["item 119"]
    assert "filtered from 120" in found


def test_fragment_of_a_table_tells_the_address_of_the_page(visitor, run):
    headers = {**HTMX, "HX-Current-URL": f"http://localhost{run}?2.q=other&tab=result"}
    answer = visitor.get(f"{run}/tables/1?1.sort=0", headers=headers)
    assert "<html" not in answer.text
    assert answer.headers["HX-Replace-Url"] == f"{run}?2.q=other&1.sort=0"


def test_sort_turns_with_each_press(visitor, run):
    first = visitor.get(run).text
    assert re.search(r'id="table-1-sort-2" href="[^"]*1\.sort=-1#', first)
    second = visitor.get(f"{run}?1.sort=-1").text
    assert 'aria-sort="descending"' in second
    assert re.search(r'id="table-1-sort-2" href="[^"]*1\.sort=1#', second)


def test_csv_is_what_is_seen_without_its_pages(visitor, run):
    answer = visitor.get(f"{run}/tables/1.csv?1.q=9&1.sort=-1")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["name", "size"]
    assert rows[1] == ["item 119", "1190"]
    assert re.search(r"echo-\d{4}-\d\d-\d\d-\d{4}\.csv", answer.headers["Content-Disposition"])


def test_print_holds_every_row_that_matches(visitor, run):
    page = visitor.get(f"{run}/tables/1?1.sort=-1&all=1", headers=HTMX).text
    assert len(cells(page)) == 120
    assert cells(page)[0] == "item 119"
    assert "Rows 1–120 of 120" in page


@pytest.mark.parametrize("query", ["sort=x", "sort=99", "page=0", "page=99999", "size=7", "size=²"])
def test_nonsense_in_a_table_address_is_ignored(visitor, run, query):
    assert visitor.get(f"{run}/tables/1?{query}").status_code == 200


def test_unknown_table_is_not_found(visitor, run):
    assert visitor.get(f"{run}/tables/7").status_code == 404
    assert visitor.get(f"{run}/tables/7.csv").status_code == 404


def test_stop_of_an_ended_run_changes_nothing(visitor, run):
    before = without_tokens(visitor.get(run).text)
    assert visitor.post(f"{run}/stop").status_code == 303
    assert without_tokens(visitor.get(run).text) == before


def without_tokens(page: str) -> str:
    """Return a page without its tokens, which hold the second in which they were made."""
    return re.sub(r'name=":csrf" value="[^"]+"', "", page)


def test_page_promises_no_output_of_a_run_whose_files_were_deleted(visitor):
    run = visitor.run("/tools/vandal")
    assert "The files of this run were deleted" in visitor.get(run).text or os.name == "nt"
    assert "until then is kept" not in visitor.get(run).text
