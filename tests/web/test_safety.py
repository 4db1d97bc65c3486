"""Only our own pages change anything, and a page can do no more than we mean."""

from __future__ import annotations

import os
import stat
import time

import pytest

from webify.web.safety import host_name, secret_key


def test_page_of_another_host_is_refused(visitor):
    answer = visitor.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert "evil.example" in answer.text


def test_host_of_any_length_is_refused_in_one_line_and_nothing_is_logged(visitor, caplog):
    answer = visitor.get("/", headers={"Host": "a" * 5000})
    assert answer.status_code == 421
    assert answer.content_type == "text/plain; charset=utf-8"
    assert len(answer.text) < 300
    assert caplog.records == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:80", "LOCALHOST:9"])
def test_own_names_are_answered(visitor, host):
    assert visitor.get("/", headers={"Host": host}).status_code == 200


def test_post_without_token_is_refused(visitor):
    answer = visitor.client.post("/tools/echo", data={"count": "1"})
    assert answer.status_code == 403
    assert "Nothing was run" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_post_from_another_site_is_refused_even_with_token(visitor, headers):
    answer = visitor.post("/tools/echo", {"count": "1"}, headers=headers)
    assert answer.status_code == 403


def test_post_from_our_page_is_taken(visitor):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert visitor.post("/tools/echo", {"count": "1"}, headers=headers).status_code == 303


@pytest.mark.parametrize("later", [-4000, -1, 4000])
def test_form_is_taken_whatever_was_done_to_the_clock(visitor, monkeypatch, later):
    visitor.post("/tools/echo", {"count": "one"})
    now = time.time() + later * 86_400
    with monkeypatch.context() as patch:
        patch.setattr("itsdangerous.timed.time.time", lambda: now)
        assert visitor.post("/tools/echo", {"count": "one"}).status_code != 403


def test_session_that_somebody_else_signed_is_none(app, visitor):
    with visitor.client.session_transaction() as session:
        session["csrf_token"] = "theirs"
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name)
    visitor.client.set_cookie(name, f"{cookie.value[:-4]}AAAA")
    with visitor.client.session_transaction() as session:
        assert "csrf_token" not in session


def test_stop_needs_a_token(visitor):
    run = visitor.run("/tools/echo")
    assert visitor.client.post(f"{run}/stop").status_code == 403


@pytest.mark.parametrize("path", ["/", "/tools/echo", "/runs", "/health", "/nothing", "/go"])
def test_every_answer_carries_the_headers(visitor, path):
    headers = visitor.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_files_are_kept_and_pages_are_not(visitor):
    page = visitor.get("/")
    assert page.headers["Cache-Control"] == "no-store, private"
    address = page.text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    with visitor.get(address) as kept:
        assert kept.status_code == 200
        assert "immutable" in kept.headers["Cache-Control"]


def test_secret_key_is_made_once_and_is_nobody_elses(tmp_path):
    key = secret_key(tmp_path)
    assert len(key) == 32
    assert secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_secret_key_can_lie_where_no_hard_link_can(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", refuse)
    key = secret_key(tmp_path)
    assert len(key) == 32
    assert secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def refuse(*_names):
    raise PermissionError(1, "Operation not permitted")


def test_nonsense_hosts_have_no_name():
    assert host_name("[") == ""
    assert host_name("") == ""
    assert host_name("User@Host:80") == "host"
