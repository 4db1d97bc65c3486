"""The Server page over real services."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.runs.bench import until
from tests.serving import Site
from tests.web.conftest import Visitor
from webify.runs.costly import Answer
from webify.settings import Limits
from webify.web.server import free_workers, limits

TOOL = """
import argparse, time
parser = argparse.ArgumentParser(description="Sleeps.")
parser.add_argument("--seconds", type=float, default=60)
seconds = parser.parse_args().seconds
held = bytearray(30_000_000)
print("on", flush=True)
time.sleep(seconds)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tools")
    (folder / "sleep.py").write_text(TOOL, encoding="utf-8")
    (folder / "broken.py").write_text(
        "import argparse\nargparse.ArgumentParser(wrong=1).parse_args()", encoding="utf-8"
    )
    (folder / "webify.toml").write_text("[limits]\nruns = 2\nrun_seconds = 600\n", encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture
def narrow(served: Site) -> Iterator[Site]:
    """Return the site; what a test leaves running there is cancelled."""
    yield served
    for run in set(re.findall(r"/runs/[a-z0-9]{26}(?=/stop)", served.page("/server"))):
        served.post(f"{run}/stop", {"to": "server"})
        served.ended(run)


def text(page: str) -> str:
    """Return what a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def test_page_shows_what_runs_and_what_waits(narrow: Site) -> None:
    runs = [narrow.run("/tools/sleep") for _ in range(3)]
    page = text(narrow.page("/server"))
    assert "Running now 2 of 2 workers" in page
    assert "Waiting 1 Oldest waits" in page
    assert "Worker 1 Sleep" in page
    assert "Worker 2 Sleep" in page
    assert "Queue 1 Sleep waits" in page
    assert "Free" not in page
    for run in runs[::-1]:
        narrow.post(f"{run}/stop", {"to": "server"})
        narrow.ended(run)
    page = text(narrow.page("/server"))
    assert re.search(r"Runs today (\d+) 0 failed, \d+ cancelled", page)
    assert page.count("Free") == 2


def test_cancelling_on_the_page_leads_back_to_it(narrow: Site) -> None:
    run = narrow.run("/tools/sleep")
    answer = narrow.post(f"{run}/stop", {"to": "server"})
    assert answer.headers["Location"].endswith("/server")
    assert "stopped" in narrow.ended(run)


def test_nobody_is_led_elsewhere_after_a_cancel(narrow: Site) -> None:
    run = narrow.run("/tools/sleep", {"seconds": "0"})
    for to in ("https://example.com", "//example.com", "tool.show", ""):
        assert narrow.post(f"{run}/stop", {"to": to}).headers["Location"].endswith(run)


def seen(site: Site, wanted: str, page: str = "/server") -> re.Match[str]:
    """Return what is found on the page once it says so."""
    found: list[re.Match[str]] = []
    until(lambda: found.extend(re.finditer(wanted, site.page(page))) or found)
    return found[0]


def test_memory_of_a_run_is_shown(narrow: Site) -> None:
    narrow.run("/tools/sleep")
    assert int(seen(narrow, r'data-l="Memory">([3-9]\d) MB')[1]) >= 30


def test_limits_checks_and_the_host_are_told(narrow: Site) -> None:
    seen(narrow, "2 tools loaded, 1 error. The page Conversion")
    seen(narrow, "All is well")
    page = text(narrow.page("/server"))
    assert "Runs at the same time 2 Runs of one person any number Longest run 10 minutes" in page
    assert "Run database" in page
    assert f"Data folder {narrow.data}" in page
    assert "All is well" in page


def test_log_is_one_press_away_and_says_when_the_site_began(narrow: Site) -> None:
    assert 'href="/server/log"' in narrow.page("/server")
    assert f"The site is served at {narrow.address}" in text(narrow.page("/server/log"))


def test_open_event_streams_are_counted(narrow: Site) -> None:
    run = narrow.run("/tools/sleep")
    seen(narrow, "No page is open")  # those of other runs are just closing
    with narrow.browser.stream("GET", f"{run}/events"):
        seen(narrow, "1 page open")
    seen(narrow, "No page is open")


def test_nothing_is_called_well_before_it_was_checked(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor.services.costly, "get", lambda *_: Answer())
    page = text(visitor.get("/server").text)
    assert "Being checked" in page
    assert "All is well" not in page


def test_many_free_workers_share_a_row() -> None:
    assert free_workers(4, [2]) == ["Worker 1", "Worker 3", "Worker 4"]
    assert free_workers(20, [1, 7]) == ["18 workers"]
    assert free_workers(1, [1, 2, 3]) == []


def test_limits_that_are_not_set_are_told_in_words() -> None:
    said = dict(limits(Limits(keep_days=0, disk_bytes=20_000_000_000)))
    assert said["History kept for"] == "ever"
    assert said["Run storage"] == "20 GB"
