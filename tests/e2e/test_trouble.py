"""What goes wrong on a real site: killed servers, hostile output, foreign requests."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.serving import ROOT, Site

WORKER = """
    import argparse, sys, time
    parser = argparse.ArgumentParser(description="Counts for a while.")
    parser.add_argument("name")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--code", type=int, default=0)
    given = parser.parse_args()
    for n in range(100):
        print(given.name, n, flush=True)
        time.sleep(given.seconds / 100)
    sys.exit(given.code)
"""


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")


def test_kill_9_of_the_server_during_20_runs_loses_nothing(tools: Path, tmp_path: Path) -> None:
    write(tools, "worker.py", WORKER)
    data = tmp_path / "data"
    with Site(tools, data) as site:
        site.page("/tools/worker")
        runs = [
            site.run("/tools/worker", {"name": f"run{n}", "code": str(n % 3)}) for n in range(20)
        ]
        site.kill()
    with Site(tools, data) as site:
        for number, run in enumerate(runs):
            site.ended(run, 60)
            lines = site.browser.get(f"{run}/out").text.splitlines()
            assert lines == [f"run{number} {n}" for n in range(100)]
            page = site.page(run)
            assert ("Finished" in page) == (number % 3 == 0)
            assert f"code {number % 3}" in page.replace("<b>", "").replace("</b>", "")


def test_stop_ends_the_tool_and_says_so(tools: Path, tmp_path: Path) -> None:
    write(tools, "worker.py", WORKER)
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/worker", {"name": "long", "seconds": "600"})
        with site.browser.stream("GET", f"{run}/events") as events:
            assert any("long 0" in line for line in events.iter_lines())
        answer = site.browser.post(
            f"{run}/stop",
            data={":csrf": site.token},
            headers={"Origin": site.address},
        )
        assert answer.status_code == 303
        assert "stopped" in site.ended(run)
        page = site.page(run)
        assert "Cancelled" in page
        assert "long 0" in page
        names = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
        assert not any(str(tools / "worker.py") in line for line in names)


HOSTILE = r"""
    import argparse
    argparse.ArgumentParser(description="Prints <b>markup</b> & worse.").parse_args()
    print("<script>alert(1)</script></pre></main><h1>mine</h1>")
    print("\x1b]8;;javascript:alert(1)\x07click\x1b]8;;\x07 \x1b[31mred \x1b[")
    print('name: <img src=x onerror=alert(1)>\nother: "><b>x\nthird: 3')
    print("Head\tTwo\n<i>a</i>\t1\n<u>b</u>\t2\n<s>c</s>\t3")
"""


def test_nothing_that_a_tool_prints_reaches_a_page_as_markup(tools: Path, tmp_path: Path) -> None:
    write(tools, "hostile.py", HOSTILE)
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/hostile")
        site.ended(run)
        for tab in ("", "?tab=out", "?tab=details"):
            page = site.page(run + tab)
            for markup in ("<script>alert", "<h1>mine", "<img src=x", "<i>a", "<b>markup", "\x1b"):
                assert markup not in page, tab
            assert 'href="javascript' not in page, tab


def test_line_of_200_megabytes_leaves_the_server_small(tools: Path, tmp_path: Path) -> None:
    write(
        tools,
        "long.py",
        """
        import argparse, sys
        argparse.ArgumentParser().parse_args()
        for _ in range(200):
            sys.stdout.write("x" * 1_000_000)
        """,
    )
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/long")
        site.ended(run, 60)
        assert len(site.page(run)) < 3_000_000
        with site.browser.stream("GET", f"{run}/out") as answer:
            assert sum(map(len, answer.iter_raw())) == 200_000_000
        assert site.memory < 110_000_000


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_request_from_elsewhere_starts_nothing(
    office: Site, headers: dict[str, str], status: int
) -> None:
    office.page("/tools/stock/levels")
    office.post("/tools/stock/levels")
    answer = office.browser.post(
        "/tools/stock/levels", data={":csrf": office.token}, headers=headers
    )
    assert answer.status_code == status


def test_post_without_token_starts_nothing(office: Site) -> None:
    answer = office.browser.post("/tools/stock/levels", headers={"Origin": office.address})
    assert answer.status_code == 403


def test_tool_that_cannot_be_described_is_listed_with_its_traceback(
    tools: Path, tmp_path: Path
) -> None:
    write(
        tools,
        "broken.py",
        """
        import argparse
        import no_such_library_anywhere
        argparse.ArgumentParser().parse_args()
        """,
    )
    write(tools, "worker.py", WORKER)
    with Site(tools, tmp_path / "data") as site:
        assert "/tools/broken" in site.page("/")
        answer = site.browser.get("/tools/broken")
        assert answer.status_code == 409
        assert "No module named &#39;no_such_library_anywhere&#39;" in answer.text
        assert site.page("/tools/worker")


def test_tool_without_an_interpreter_is_listed_as_one_that_cannot_run(
    tools: Path, tmp_path: Path
) -> None:
    write(tools, "worker.py", WORKER)
    write(tools, "webify.toml", '[tools.worker]\ninterpreter = "no-such-python-anywhere"\n')
    with Site(tools, tmp_path / "data") as site:
        answer = site.browser.get("/tools/worker")
        assert answer.status_code == 409
        assert "no-such-python-anywhere" in answer.text
        assert "Cannot be run" in site.page("/")


def test_changed_tool_has_its_new_form_without_a_restart(tools: Path, tmp_path: Path) -> None:
    write(tools, "worker.py", WORKER)
    with Site(tools, tmp_path / "data") as site:
        assert "--colour" not in site.page("/tools/worker")
        write(tools, "worker.py", WORKER.replace("--code", "--colour").replace(".code", ".colour"))
        assert "--colour" in site.page("/tools/worker")


def ask(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webify", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_missing_folder_is_named(tmp_path: Path) -> None:
    done = ask("serve", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert str(tmp_path / "nowhere") in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use_is_named_with_another_one(tools: Path, tmp_path: Path) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = ask("serve", str(tools), "--port", str(port), "--data", str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 is in use" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def test_site_that_others_can_reach_says_what_that_means(tools: Path, tmp_path: Path) -> None:
    with Site(tools, tmp_path / "data", "--host", "0.0.0.0") as site:
        process = site.process
        assert process.stdout is not None
        process.stdout.readline()
        assert "Everybody who can reach this machine may run these tools" in (
            process.stdout.readline()
        )


@pytest.mark.clock
def test_many_users_at_once_get_their_own_answers(tools: Path, tmp_path: Path) -> None:
    write(tools, "worker.py", WORKER)
    with Site(tools, tmp_path / "data") as site, ThreadPoolExecutor(10) as users:
        site.page("/tools/worker")
        site.post("/tools/worker", {})
        began = time.monotonic()

        def use(n: int) -> bool:
            run = site.run("/tools/worker", {"name": f"user{n}", "seconds": "0.1"})
            site.ended(run)
            return f"user{n} 99" in site.page(run)

        assert all(users.map(use, range(20)))
        assert time.monotonic() - began < 60
