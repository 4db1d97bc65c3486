"""Pinning a run: by a form, without a script, and found again wherever its tool is."""

from __future__ import annotations

import pytest


@pytest.fixture
def run(visitor):
    return visitor.run("/tools/echo", {"count": "2"})


def test_run_is_pinned_and_unpinned_by_a_form_on_its_page(visitor, run):
    assert f'action="{run}/pin"' in visitor.get(run).text
    assert visitor.post(f"{run}/pin").headers["Location"] == run
    assert f'action="{run}/unpin"' in visitor.get(run).text
    visitor.post(f"{run}/unpin")
    assert f'action="{run}/pin"' in visitor.get(run).text


def test_pin_needs_the_token_of_our_own_page(visitor, run):
    assert visitor.client.post(f"{run}/pin").status_code == 403
    assert f'action="{run}/pin"' in visitor.get(run).text


def test_pinned_runs_stand_on_the_page_of_their_tool(visitor, run):
    assert run not in visitor.get("/tools/office/levels").text
    visitor.post(f"{run}/pin")
    aside = visitor.get("/tools/echo").text.partition("Pinned runs")[2]
    assert run in aside.partition("About")[0]
    visitor.post(f"{run}/unpin")
    assert run not in visitor.get("/tools/echo").text.partition("Pinned runs")[2]


def test_history_marks_and_filters_pinned_runs(visitor, run):
    other = visitor.run("/tools/echo")
    visitor.post(f"{run}/pin")
    page = visitor.get("/runs?pinned=1").text
    assert run in page
    assert other not in page
    assert 'class="visually-hidden">Pinned</span>' in page


def test_pin_of_the_history_leads_back_to_its_filters(visitor, run):
    answer = visitor.post(f"{run}/pin", {"history": "tool=echo&status=failed"})
    assert answer.headers["Location"] == "/runs?tool=echo&status=failed#runs"
    for wild in ("//evil.example/", "https://evil.example", "\r\nX: 1=2", "#x"):
        location = visitor.post(f"{run}/pin", {"history": wild}).headers["Location"]
        assert location.startswith(("/runs#", "/runs?%0D%0AX"))


def test_pin_of_a_run_that_is_not_there_is_not_found(visitor):
    visitor.run("/tools/echo")
    assert visitor.post("/runs/nobody/pin").status_code == 404
    assert visitor.post("/runs/nobody/unpin").status_code == 404
