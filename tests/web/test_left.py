"""What a tool left running is told on the page of its run, where it can be ended."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import psutil
import pytest

from tests.runs.bench import until
from tests.serving import Site

TOOL = """
import argparse, os, time
argparse.ArgumentParser(description="Leaves something.").parse_args()
if os.fork():
    while not os.path.exists("daemon"):
        time.sleep(0.005)
    print("done")
    os._exit(0)
os.setsid()
null = os.open(os.devnull, os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(null, number)
os.close(os.open("daemon", os.O_CREAT))
time.sleep(100)
"""
SETTINGS = "[tools.writer]\neffect = 'writes'\n[tools.tidy]\nend_left = true\n"
NUMBER = re.compile(r"Still running on the server: [^(<]+\((\d+)\)\.")

if os.name == "posix":

    @pytest.fixture(scope="module")
    def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
        folder = tmp_path_factory.mktemp("tools")
        for name in ("leaver.py", "writer.py", "tidy.py"):
            (folder / name).write_text(TOOL, encoding="utf-8")
        (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
        with Site(folder, tmp_path_factory.mktemp("data")) as site:
            yield site

    def left(site: Site, run: str) -> psutil.Process:
        """Return the process that the page of a run tells."""
        found = NUMBER.search(site.page(run))
        assert found
        return psutil.Process(int(found[1]))

    def test_page_tells_what_a_tool_left_running_and_ends_it(site: Site) -> None:
        run = site.run("/tools/leaver")
        assert "succeeded" in site.ended(run)
        daemon = left(site, run)
        assert "It left something running" in site.page(run)
        assert site.post(f"{run}/left").headers["Location"].endswith(run)
        until(lambda: not daemon.is_running())
        page = site.page(run)
        assert f"({daemon.pid}) running, which has ended since." in page
        assert "It left something running" not in page
        assert f"{run}/left" not in page

    def test_what_a_tool_leaves_is_ended_where_the_site_says_so(site: Site) -> None:
        run = site.run("/tools/tidy")
        assert "succeeded" in site.ended(run)
        assert "running, which has ended since." in site.page(run)

    def test_end_of_what_a_tool_left_that_writes_is_asked_about_once(site: Site) -> None:
        run = site.run("/tools/writer")
        site.ended(run)
        daemon = left(site, run)
        asks = site.post(f"{run}/left").headers["Location"].removeprefix(site.address)
        assert asks == f"{run}?left=1"
        assert re.search(rf'action="{run}/left".*name="sure" value="1"', site.page(asks))
        assert daemon.is_running()
        site.post(f"{run}/left", {"sure": "1"})
        until(lambda: not daemon.is_running())
        assert "End what this run left running?" not in site.page(asks)

    def test_server_page_lists_what_runs_left_and_ends_it(site: Site) -> None:
        run = site.run("/tools/leaver")
        site.ended(run)
        daemon = left(site, run)
        page = site.page("/server")
        row = re.search(rf'<tr id="left-{run[6:]}">.*?</tr>', page)
        assert row
        assert f"({daemon.pid})" in row[0]
        assert re.search(r'data-l="Memory">\d', row[0])
        assert f'action="{run}/left"' in row[0]
        assert "that left something running stay" in site.page("/runs")
        assert site.post(f"{run}/left", {"to": "server"}).headers["Location"].endswith("/server")
        until(lambda: f"left-{run[6:]}" not in site.page("/server"))

    def test_end_of_what_a_run_left_is_asked_about_from_the_server_page_too(site: Site) -> None:
        run = site.run("/tools/writer")
        site.ended(run)
        daemon = left(site, run)
        assert site.post(f"{run}/left", {"to": "server"}).headers["Location"].endswith("?left=1")
        assert daemon.is_running()
        site.post(f"{run}/left", {"sure": "1"})
        until(lambda: not daemon.is_running())

    def test_what_a_run_left_is_told_and_ended_though_its_folder_is_gone(site: Site) -> None:
        run = site.run("/tools/leaver")
        site.ended(run)
        daemon = left(site, run)
        (folder,) = (site.data / "runs").glob(f"*/*/*/{run[6:]}")
        shutil.rmtree(folder)
        assert left(site, run) == daemon
        site.post(f"{run}/left")
        until(lambda: not daemon.is_running())
