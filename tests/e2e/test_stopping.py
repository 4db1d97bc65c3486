"""The end of the server, with everything open that can be."""

from __future__ import annotations

import signal
import socket
import textwrap
import time
from pathlib import Path

import pytest

from tests.runs.bench import until
from tests.serving import Site

STEADY = """
    import argparse, sys, time
    argparse.ArgumentParser(description="Prints much, and a line now and then.").parse_args()
    sys.stdout.write(("much " * 20 + "\\n") * 100_000)
    for number in range(600):
        print(number, flush=True)
        time.sleep(0.1)
"""
SLOW = """
    import argparse, pathlib, time
    pathlib.Path({mark!r}).touch()
    time.sleep(60)
    argparse.ArgumentParser(description="Takes a minute to say so.").parse_args()
"""


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")


def connected(site: Site, request: str) -> socket.socket:
    """Send a request, or a part of one, and read no more than the head of the answer."""
    port = int(site.address.rpartition(":")[2])
    made = socket.create_connection(("127.0.0.1", port), 20)
    made.sendall(request.format(host=f"127.0.0.1:{port}").encode())
    return made


@pytest.mark.clock
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stop_with_all_kinds_of_requests_open_is_quick_and_silent(
    tmp_path: Path, number: signal.Signals
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    write(tools, "steady.py", STEADY)
    notes, site = tmp_path / "notes", Site(tools, tmp_path / "data")
    with notes.open("w", encoding="utf-8") as site.errors, site:
        run = site.run("/tools/steady")
        until(lambda: len(site.browser.get(f"{run}?tab=out").text) > 100_000)
        streams = [
            connected(site, f"GET {run}/{what} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")
            for what in ("events", "out") * 10
        ]
        upload = "POST /tools/steady HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nhalf"
        others = [connected(site, upload), connected(site, "")]
        for stream in streams:
            assert stream.recv(12) == b"HTTP/1.1 200"
        began = time.monotonic()
        site.process.send_signal(number)
        assert site.process.wait(20) == 0
        assert time.monotonic() - began < 5
        for each in streams + others:
            each.close()
    assert notes.read_text(encoding="utf-8") == ""
    end_tools(tmp_path / "data")


def test_page_that_is_being_made_is_still_sent(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    write(tools, "steady.py", STEADY.replace("100_000", "1"))
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/steady")  # the page of a young run waits a moment for its end
        page = connected(site, f"GET {run} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")
        assert site.page("/")
        site.process.terminate()
        assert page.recv(12) == b"HTTP/1.1 200"
        page.close()
        assert site.process.wait(20) == 0
    end_tools(tmp_path / "data")


def end_tools(data: Path) -> None:
    """Stop what still runs, as the page's button does."""
    for order in data.rglob("order.json"):
        order.with_name("stop.json").touch()
        until(order.with_name("end.json").exists)


@pytest.mark.clock
def test_stop_does_not_wait_for_a_tool_that_is_being_read(tmp_path: Path) -> None:
    tools, mark = tmp_path / "tools", tmp_path / "begun"
    tools.mkdir()
    write(tools, "webify.toml", "[limits]\nprobe_seconds = 60\n")
    for name in ("one.py", "two.py", "three.py", "four.py", "five.py"):
        write(tools, name, SLOW.format(mark=str(mark)))
    with Site(tools, tmp_path / "data") as site:
        waiting = [
            connected(site, f"GET /tools/{name} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")
            for name in ("one", "two", "three", "four", "five")
        ]
        until(mark.exists)
        until(lambda: site.browser.get("/").status_code == 200)
        began = time.monotonic()
        site.process.terminate()
        assert site.process.wait(20) == 0
        assert time.monotonic() - began < 8
        for each in waiting:
            each.close()
