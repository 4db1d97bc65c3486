"""A site on a full disk, or on one that cannot be written: it is read, and recovers by itself."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.disks import closed, full_disk, opened, own_disk
from tests.runs.bench import until
from tests.serving import Site
from webify.store.store import RunFilter, Store

TOOL = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--word", default="hello")
print(parser.parse_args().word)
"""
NOTE = "Reading mode."
FULL = "The disk is full, so nothing can be run just now."


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "echo.py").write_text(TOOL, encoding="utf-8")
    return tmp_path / "tools"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    with own_disk(tmp_path / "data") as folder:
        yield folder


@contextmanager
def started(tools: Path, data: Path) -> Iterator[tuple[Site, Callable[[Site], None]]]:
    """Start a site on a full disk; the tests themselves have room again."""
    with full_disk(data) as give_room:
        site = Site(tools, data)
        site.__enter__()
    try:
        yield site, give_room
    finally:
        site.__exit__(None, None, None)


def kept(tools: Path, data: Path) -> str:
    """Let an earlier server keep a run; return its address."""
    with Site(tools, data) as site:
        run = site.run("/tools/echo", {"word": "from before"})
        assert "succeeded" in site.ended(run)
        return run


def test_site_on_a_full_disk_is_read_and_starts_nothing(tools: Path, data: Path) -> None:
    run = kept(tools, data)
    with started(tools, data) as (site, _):
        for path in ("/", "/tools/echo", "/runs", run, f"{run}?tab=raw", "/conversion"):
            assert NOTE in (page := site.page(path)), path
            assert FULL in page
        assert "from before" in site.page(run)
        for path, word in (
            ("/tools/echo", "Run"),
            (run, "Run again"),
            (run, "Pin"),
            ("/runs", "Pin"),
        ):
            assert re.search(
                rf"<button[^>]* disabled [^>]*>(<svg.*?</svg>|<[^>]*>)*{word}<", site.page(path)
            ), path
        assert site.browser.get(f"{run}/out").text == "from before\n"
        refused = site.post("/tools/echo", {"word": "my answer"})
        assert refused.status_code == 503
        assert FULL in refused.text
        assert "my answer" in refused.text  # nothing that was typed is lost
        assert "Reading mode: The disk is full, so nothing can be run." in site.page("/server")
        health = site.browser.get("/health")
        assert (health.status_code, health.json()["status"]) == (503, "reading mode")


def test_reading_mode_ends_by_itself_once_there_is_room(tools: Path, data: Path) -> None:
    run = kept(tools, data)
    with started(tools, data) as (site, give_room):
        assert NOTE in site.page("/")
        give_room(site)
        until(lambda: NOTE not in site.page("/runs"), 20)
        assert " disabled " not in site.page("/tools/echo") + site.page(run)
        again = site.run("/tools/echo", {"word": "again"})
        assert "succeeded" in site.ended(again)
        assert "from before" in site.page(run)
    with closing(Store(data / "webify.db")) as store:
        assert [each.number for each in store.runs(RunFilter())] == [2, 1]


def test_first_start_on_a_full_disk_shows_the_forms(tools: Path, data: Path) -> None:
    with started(tools, data) as (site, give_room):
        assert "The history cannot be read until then." in site.page("/tools/echo")
        assert "No runs yet." in site.page("/runs")
        give_room(site)
        until(lambda: NOTE not in site.page("/"), 20)
        assert "succeeded" in site.ended(site.run("/tools/echo"))


def test_disk_that_fills_while_the_site_is_served_is_told_too(tools: Path, data: Path) -> None:
    with Site(tools, data) as site, full_disk(data) as give_room:
        if os.path.ismount(data):
            until(lambda: NOTE in site.page("/"), 10)
            assert site.post("/tools/echo").status_code == 503
        give_room(site)
        until(lambda: NOTE not in site.page("/"), 20)
        assert "succeeded" in site.ended(site.run("/tools/echo"))


def test_disk_that_cannot_be_written_is_told_with_its_reason(tools: Path, data: Path) -> None:
    run = kept(tools, data)
    with closed(data), Site(tools, data) as site:
        assert "The data folder cannot be written (" in site.page("/")
        assert "from before" in site.page(run)
        assert site.post("/tools/echo").status_code == 503
        opened(data)
        until(lambda: NOTE not in site.page("/"), 20)
        assert "succeeded" in site.ended(site.run("/tools/echo"))
