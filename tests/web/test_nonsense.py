"""What no browser of ours would send gets an answer, starts nothing, and breaks nothing."""

from __future__ import annotations

import logging

import pytest

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
DIGITS = "9" * 5000  # more than Python turns into a number


def runs(visitor):
    return visitor.services.store.counts().get("echo", 0)


@pytest.mark.parametrize("query", [f"until={DIGITS}", f"1.size={DIGITS}", f"1.page={DIGITS}"])
def test_number_too_long_to_be_one_is_ignored(visitor, query):
    assert visitor.get(f"{visitor.run('/tools/echo')}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["to=9999-12-31", "from=9999-12-31&to=0001-01-01"])
def test_day_at_the_end_of_time_is_no_fault(visitor, query):
    assert visitor.get(f"/runs?{query}").status_code == 200


def test_origin_that_is_no_address_is_refused(visitor):
    assert visitor.post("/tools/echo", headers={"Origin": "http://["}).status_code == 403


def test_page_address_that_is_none_does_not_lose_the_table(visitor):
    run = visitor.run("/tools/echo", {"count": "3"})
    headers = {"HX-Request": "true", "HX-Current-URL": "http://["}
    assert visitor.get(f"{run}/tables/1?sort=1", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"count": 3}'),
        ("text/plain", b"count=3"),
        ("multipart/form-data", b"count=3"),
        (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="count"\r\n\r\n3'),
        (MULTIPART, b"\0" * 1_000),
        (FORM, b"count=\xff"),
    ],
)
def test_body_that_is_no_whole_form_starts_nothing(visitor, kind, body):
    visitor.run("/tools/echo")
    before, headers = runs(visitor), {"X-CSRFToken": visitor.token}
    answer = visitor.client.post("/tools/echo", data=body, content_type=kind, headers=headers)
    assert answer.status_code == 400
    assert "Nothing was run" in answer.text
    assert runs(visitor) == before


def test_whole_form_with_the_token_in_a_header_is_taken(visitor):
    visitor.run("/tools/echo")
    headers = {"X-CSRFToken": visitor.token}
    assert visitor.client.post("/tools/echo", data={"count": "1"}, headers=headers).location


def test_address_cannot_write_a_line_of_the_log(visitor, monkeypatch, caplog):
    monkeypatch.setattr(type(visitor.services.store), "run", fail)
    with caplog.at_level(logging.ERROR):
        assert visitor.get("/runs/x%0aERROR all is lost").status_code == 500
    assert "\nERROR all is lost" not in caplog.text


def fail(*_args):
    raise RuntimeError
