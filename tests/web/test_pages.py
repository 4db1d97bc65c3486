"""Every page says what it should, and its address is kept."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import SURE, Visitor
from webify.services import open_services
from webify.settings import load_settings
from webify.store.store import RunFilter
from webify.web.app import create_app


def test_home_shows_every_tool_and_the_site(visitor):
    page = visitor.get("/").text
    for title in ("Echo", "Copier", "Office", "Broken"):
        assert title in page
    assert "Test &amp; Sons" in page
    assert "Changes files" in page


@pytest.mark.parametrize(("query", "found"), [("q=copy", 1), ("q=levels", 1), ("tag=daily", 1)])
def test_home_finds_tools_without_scripts(visitor, query, found):
    page = visitor.get(f"/?{query}").text
    assert page.count('class="toolrow"') == found


def test_home_says_when_nothing_matches(visitor):
    page = visitor.get("/?q=<script>").text
    assert "No tool matches" in page
    assert "<script>" not in page.replace("<script src", "")


def test_empty_catalog_tells_how_to_begin(tmp_path):
    (tmp_path / "tools").mkdir()
    services = open_services(load_settings(tmp_path / "tools", {"data": tmp_path / "data"}))
    try:
        page = create_app(services).test_client().get("/")
        assert "No tools yet" in page.text
        assert str(tmp_path / "tools") in page.text
    finally:
        services.close()


def test_tool_with_commands_lists_them_and_each_has_an_address(visitor):
    page = visitor.get("/tools/office").text
    assert 'href="/tools/office/levels"' in page
    assert "Choose one to see its form" in page
    assert 'name="levels.site"' in visitor.get("/tools/office/levels").text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/tools/nothing", 404, "There is no such tool"),
        ("/tools/office/nothing", 404, "There is no such command"),
        ("/runs/nothing", 404, "There is no such run"),
        ("/tools/broken", 409, "no_module_of_this_name"),
    ],
)
def test_error_page_names_what_is_wrong(visitor, path, status, said):
    answer = visitor.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "<h1>" in answer.text


def test_error_of_our_own_is_logged_and_not_shown(visitor, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("a secret place in the code")

    monkeypatch.setattr(type(visitor.services.store), "counts", fail)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "a secret place" not in answer.text
    assert "a secret place" in caplog.text


def test_health_says_what_a_monitor_needs(visitor):
    assert visitor.get("/health").json["status"] == "ok"


def test_switcher_finds_tools_commands_and_runs(visitor):
    run = visitor.run("/tools/echo", {"count": "1"})
    number = visitor.services.store.run(run.rpartition("/")[2]).number
    assert "/tools/office/levels" in visitor.get("/go?part=go&q=office+lev").text
    assert run in visitor.get(f"/go?part=go&q={number}").text
    assert "Nothing called" in visitor.get("/go?part=go&q=nothing-is-called-so").text


def test_faults_come_back_all_at_once_with_the_answers(visitor):
    answer = visitor.post("/tools/echo", {"count": "many", "code": "x", "word": "kept"})
    assert answer.status_code == 422
    assert "<title>Error: Echo" in answer.text
    assert "2 answers need another look" in answer.text
    assert 'href="#f-count"' in answer.text
    assert 'value="kept"' in answer.text


def test_faults_never_send_a_password_back(visitor):
    answer = visitor.post("/tools/echo", {"count": "x", "password": "hunter2"})
    assert "hunter2" not in answer.text
    assert "Give them again" in answer.text


def test_command_is_shown_without_running_it(visitor):
    before = [each.id for each in visitor.services.store.runs(RunFilter())]
    answer = visitor.post("/tools/echo", {"count": "5", "password": "hunter2", ":show": "1"})
    assert answer.status_code == 200
    assert "echo --count=5" in answer.text
    assert "hunter2" not in answer.text
    assert [each.id for each in visitor.services.store.runs(RunFilter())] == before


def test_secret_is_nowhere_on_the_pages_of_a_run(visitor):
    run = visitor.run("/tools/echo", {"password": "hunter2"})
    for path in (
        run,
        f"{run}?tab=details",
        f"{run}?part=page",
        "/runs",
        f"/tools/echo?from={run[6:]}",
    ):
        assert "hunter2" not in visitor.get(path).text, path
    assert "••••••" in visitor.get(run).text
    assert ">Run again<" not in re.sub(r"<svg.*?</svg>", "", visitor.get(run).text)


def test_run_can_be_run_again_as_it_was(visitor):
    run = visitor.run("/tools/echo", {"count": "4"})
    form = visitor.get(run).text.partition('action="/tools/echo"')[2].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="([^":]+)" value="([^"]*)">', form)
    again = visitor.run("/tools/echo", dict(fields))
    assert again != run
    assert "item 3" in visitor.get(again).text


def test_dots_that_hide_no_secret_do_not_keep_a_run_from_being_run_again(visitor):
    page = visitor.get(visitor.run("/tools/echo", {"word": "Oslo • Bergen"})).text
    assert ">Run again<" in re.sub(r"<svg.*?</svg>", "", page)


def test_answers_of_a_run_fill_the_form(visitor):
    run = visitor.run("/tools/echo", {"count": "4", "word": "<b>"})
    page = visitor.get(f"/tools/echo?from={run[6:]}").text
    assert 'name="count" value="4"' in page
    assert 'value="&lt;b&gt;"' in page
    assert "Answers from" in page


def test_change_is_asked_about_once_and_a_trial_is_not(visitor):
    assert "tried" in visitor.get(f"{visitor.run('/tools/copier', {':try': '1'})}/out").text
    asked = visitor.post("/tools/copier", {":real": "1"})
    assert asked.status_code == 200
    assert "Run “Copier” for real?" in asked.text
    assert ">Copy files. It may change data or files" in asked.text
    assert "copied" in visitor.get(f"{visitor.run('/tools/copier', {':sure': '1'})}/out").text


def test_page_of_a_trial_offers_the_real_run_which_is_asked_about_once(visitor: Visitor) -> None:
    page = visitor.get(visitor.run("/tools/copier", {":try": "1"})).text
    form = next(each for each in page.split("<form")[1:] if "Run for real" in each)
    assert ('name=":try"' in form, "Try again" in page) == (False, True)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.partition("</form>")[0]))
    asked = visitor.post("/tools/copier", {**fields, ":csrf": visitor.token})
    assert (asked.status_code, ":sure" in asked.text) == (200, True)
    assert "Run for real" not in visitor.get(visitor.run("/tools/echo", {"word": "hi"})).text


def test_a_confirmation_holds_for_its_own_answers_only(visitor):
    word = SURE.search(visitor.post("/tools/copier", {":real": "1"}).text)[1]
    for wrong in ("1", f"{word}x"):
        assert visitor.post("/tools/copier", {":sure": wrong}).status_code == 200
    other = visitor.post("/tools/copier", {":sure": word, "to": "elsewhere"})
    assert other.status_code == 200
    assert SURE.search(other.text)[1] != word
    assert visitor.post("/tools/copier", {":sure": word}).status_code == 303


def test_script_gets_the_question_alone_and_then_where_the_run_is(visitor: Visitor) -> None:
    script = {"HX-Request": "true"}
    asked = visitor.post("/tools/copier", {":real": "1"}, headers=script)
    assert asked.text.count("<section") == 1
    assert "<form" not in asked.text
    word = SURE.search(asked.text)
    assert word
    done = visitor.post("/tools/copier", {":sure": word[1]}, headers=script)
    assert (done.status_code, done.headers["HX-Redirect"][:6]) == (204, "/runs/")
    visitor.services.engine.wait(done.headers["HX-Redirect"][6:], 20.0)


def test_dry_run_cannot_be_slipped_past_its_button(visitor):
    run = visitor.run("/tools/copier", {":sure": "1", "dry_run": "1"})
    assert "copied" in visitor.get(f"{run}/out").text


def test_post_to_a_tool_that_cannot_run_says_so(visitor):
    assert visitor.post("/tools/broken").status_code == 409
    assert visitor.post("/tools/office").status_code == 404


def test_history_is_filtered_by_its_address(visitor):
    visitor.run("/tools/echo", {"word": "needle", "code": "3"})
    page = visitor.get("/runs?q=needle&status=failed&tool=echo&from=2020-01-01").text
    assert page.count("<tr>") == 2
    assert "needle" in page
    assert "No run matches" in visitor.get("/runs?q=needle&status=succeeded").text
    assert "No run matches" in visitor.get("/runs?to=2020-01-01").text


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=99999", "from=x", "status=x", "to=0"])
def test_nonsense_in_the_history_is_ignored(visitor, query):
    assert visitor.get(f"/runs?{query}").status_code == 200


def test_prefix_stands_before_every_address(app, visitor):
    page = visitor.get("/tools/echo", environ_overrides={"SCRIPT_NAME": "/site"}).text
    found = set(re.findall(r'(?:href|src|action|data-go)="(/[^"]*)"', page))
    assert found
    assert [address for address in found if not address.startswith("/site/")] == []
