"""The event stream of a run, read from a real server."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.serving import Site

GATED = """
    import argparse, pathlib, sys, time
    parser = argparse.ArgumentParser(description="Prints, waits for a file, prints again.")
    parser.add_argument("gate")
    gate = pathlib.Path(parser.parse_args().gate)
    print("one <b>\\ntwo", flush=True)
    print("warning", file=sys.stderr, flush=True)
    sys.stdout.write("half")
    sys.stdout.flush()
    while not gate.exists():
        time.sleep(0.01)
    print(" a line\\nlast")
"""
MUCH = """
    import argparse
    argparse.ArgumentParser(description="Prints two megabytes.").parse_args()
    for n in range(100_000):
        print(f"line {n:014}")
"""


class Event(NamedTuple):
    id: str
    name: str
    data: dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tools")
    (folder / "gated.py").write_text(textwrap.dedent(GATED), encoding="utf-8")
    (folder / "much.py").write_text(textwrap.dedent(MUCH), encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def events(site: Site, path: str, **headers: str) -> Iterator[Event]:
    with site.browser.stream("GET", path, headers=headers) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        fields: dict[str, str] = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            fields[name] = value
            if not line and "event" in fields:
                yield Event(fields["id"], fields["event"], json.loads(fields["data"]))
                fields = {}


def text(found: list[Event], name: str) -> str:
    return "".join(event.data["html"] for event in found if event.name == name)


def until_half(stream: Iterator[Event]) -> list[Event]:
    found = []
    for event in stream:
        found.append(event)
        if text(found, "err").endswith("\n") and "half" in str(found):  # its line may come in two
            return found
    raise AssertionError(f"the stream ended: {found}")


def test_lines_arrive_while_the_tool_waits(site: Site, tmp_path: Path) -> None:
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    stream = events(site, f"{run}/events")
    found = until_half(stream)
    assert text(found, "out") == "one &lt;b&gt;\ntwo\n"
    assert text(found, "err") == "warning\n"
    (tmp_path / "gate").touch()
    rest = list(stream)
    assert text(rest, "out") == "half a line\nlast\n"
    assert rest[-1].name == "end"
    assert rest[-1].data == {"state": "warned"}


@pytest.mark.parametrize("by", ["header", "address"])
def test_browser_that_comes_back_reads_nothing_twice(site: Site, tmp_path: Path, by: str) -> None:
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    first = until_half(events(site, f"{run}/events"))
    (tmp_path / "gate").touch()
    last = first[-1].id
    if by == "header":
        rest = list(events(site, f"{run}/events", **{"Last-Event-ID": last}))
    else:
        rest = list(events(site, f"{run}/events?last={last}"))
    assert text(first, "out") + text(rest, "out") == "one &lt;b&gt;\ntwo\nhalf a line\nlast\n"
    assert text(rest, "err") == ""


def test_long_backlog_is_told_from_its_end(site: Site) -> None:
    run = site.run("/tools/much")
    site.ended(run)
    found = list(events(site, f"{run}/events"))
    lines = text(found, "out").splitlines()
    skipped = sum(event.data["skipped"] for event in found if event.name == "out")
    assert lines[-1] == "line 00000000099999"
    assert skipped + sum(len(line) + 1 for line in lines) == 2_000_000


def test_result_is_told_when_blocks_are_there(site: Site) -> None:
    run = site.run("/tools/much")
    assert any(event.name == "result" for event in events(site, f"{run}/events"))


@pytest.mark.parametrize("last", ["x", "1", "1.", "-1.2", "9" * 60 + ".0", "1.2.3"])
def test_position_that_is_nonsense_begins_anew(site: Site, tmp_path: Path, last: str) -> None:
    (tmp_path / "gate").touch()
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    found = list(events(site, f"{run}/events?last={last}"))
    assert text(found, "out").startswith("one")


def test_events_of_an_unknown_run_are_not_found(site: Site) -> None:
    assert site.browser.get("/runs/aaaaaaaaaaaaaaaaaaaaaaaaaa/events").status_code == 404


def test_events_of_a_run_whose_files_are_gone_end(site: Site, tmp_path: Path) -> None:
    (tmp_path / "gate").touch()
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    site.ended(run)
    for folder in site.data.glob(f"runs/*/*/*/{run.rpartition('/')[2]}"):
        shutil.rmtree(folder)
    assert site.ended(run, 10.0) == '{"state": "warned"}'


def test_events_asked_of_another_host_are_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "gate").touch()
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    answer = site.browser.get(f"{run}/events", headers={"Host": "evil.example"})
    assert answer.status_code == 421


def test_page_says_where_its_events_go_on(site: Site, tmp_path: Path) -> None:
    run = site.run("/tools/gated", {"gate": str(tmp_path / "gate")})
    until_half(events(site, f"{run}/events"))
    page = site.page(run)
    (tmp_path / "gate").touch()
    last = re.search(r'data-last="(\d+\.\d+)"', page)
    assert last
    rest = list(events(site, f"{run}/events?last={last[1]}"))
    assert "one" in page.partition("<main")[2]
    assert "one" not in text(rest, "out")
    assert text(rest, "out").endswith("last\n")
