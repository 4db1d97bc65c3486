"""The bridge from Tornado to WSGI, over real sockets, in a server process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.serving import ROOT

SITE = Path(__file__).with_name("wsgi_site.py")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Site:
    http: httpx.Client
    process: psutil.Process

    def environ(self, path: str, headers: dict[str, str] | None = None) -> dict[str, str]:
        return self.http.get(path, headers=headers).json()

    @property
    def memory(self) -> int:
        return self.process.memory_info().rss


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with subprocess.Popen(
        [sys.executable, str(SITE)],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    ) as process:
        assert process.stdout is not None
        address = f"http://127.0.0.1:{int(process.stdout.readline())}"
        with httpx.Client(base_url=address, timeout=30) as client:
            yield Site(client, psutil.Process(process.pid))
        process.kill()


def test_first_piece_of_a_stream_arrives_while_the_rest_is_still_made(site: Site) -> None:
    with site.http.stream("GET", "/app/slow") as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"first\n"
        site.http.get("/app/release")
        assert next(pieces) == b"last\n"


def test_large_download_needs_little_memory(site: Site) -> None:
    before, seen, most = site.memory, 0, 0
    with site.http.stream("GET", "/app/large") as answer:
        for data in answer.iter_raw(MEGABYTE):
            seen += len(data)
            most = max(most, site.memory)
    assert seen == 200 * MEGABYTE
    assert most - before < 20 * MEGABYTE


def test_large_upload_needs_little_memory(site: Site) -> None:
    before, most = site.memory, 0

    def body() -> Iterator[bytes]:
        nonlocal most
        for _ in range(200):
            most = max(most, site.memory)
            yield b"x" * MEGABYTE

    length = {"Content-Length": str(200 * MEGABYTE)}
    answer = site.http.post("/app/count", content=body(), headers=length)
    assert int(answer.text) == 200 * MEGABYTE
    assert most - before < 20 * MEGABYTE


def test_body_past_the_limit_is_dropped_and_its_length_told(site: Site) -> None:
    answer = site.http.post("/app/count", content=b"x" * (301 * MEGABYTE))
    assert answer.text == "0 of 301000000"


def test_prefix_becomes_the_script_name(site: Site) -> None:
    environ = site.environ("/app/environ/a%20b%2Fc?q=1")
    assert environ["SCRIPT_NAME"] == "/app"
    assert environ["PATH_INFO"] == "/environ/a b/c"
    assert environ["QUERY_STRING"] == "q=1"


@pytest.mark.parametrize("path", ["/", "/other", "/apple/environ"])
def test_path_outside_the_prefix_is_not_found(site: Site, path: str) -> None:
    assert site.http.get(path).status_code == 404


def test_header_with_underscore_cannot_pass_for_one_with_a_dash(site: Site) -> None:
    environ = site.environ("/app/environ", {"X_Person": "root", "X-Other": "seen"})
    assert environ["HTTP_X_OTHER"] == "seen"
    assert "HTTP_X_PERSON" not in environ


def test_head_sends_the_headers_alone(site: Site) -> None:
    answer = site.http.head("/app/large")
    assert answer.headers["Content-Length"] == str(200 * MEGABYTE)
    assert answer.content == b""


def test_answer_without_body_is_sent_as_it_is(site: Site) -> None:
    answer = site.http.get("/app/unchanged")
    assert (answer.status_code, answer.headers["ETag"], answer.content) == (304, '"mine"', b"")


def test_answer_is_closed_when_the_reader_leaves(site: Site) -> None:
    with site.http.stream("GET", "/app/endless") as answer:
        assert next(answer.iter_raw(10))
    assert site.http.get("/app/closed").text == "closed"


def test_application_that_fails_answers_500(site: Site) -> None:
    assert site.http.get("/app/fails").status_code == 500
