"""Runs that wait for their turn on a real site, and a server that is killed meanwhile."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from tests.kept import kept
from tests.runs.bench import until
from tests.runs.test_sealed import vaults
from tests.serving import Site

SECRET = "Hunter-22-quagmire"
TOOL = """
    import argparse, time
    parser = argparse.ArgumentParser(description="Reads files.")
    parser.add_argument("name")
    parser.add_argument("--file", type=argparse.FileType())
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--lines", type=int, nargs="*")
    parser.add_argument("--password")
    given = parser.parse_args()
    print("name", given.name, given.lines, flush=True)
    print(given.file.read() if given.file else "no file", flush=True)
    print("secret", given.password, [ord(letter) for letter in given.password or ""], flush=True)
    time.sleep(given.seconds)
"""


@pytest.fixture
def folder(tools: Path) -> Path:
    (tools / "reader.py").write_text(textwrap.dedent(TOOL), encoding="utf-8")
    (tools / "webify.toml").write_text("[limits]\nruns = 1\n", encoding="utf-8")
    return tools


def out(site: Site, run: str) -> list[str]:
    return site.browser.get(f"{run}/out").text.splitlines()


def stop(site: Site, run: str) -> None:
    answer = site.browser.post(
        f"{run}/stop", data={":csrf": site.token}, headers={"Origin": site.address}
    )
    assert answer.status_code == 303


def test_kill_9_of_the_server_keeps_what_waits_in_its_order(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Site(folder, data) as site:
        first = site.run("/tools/reader", {"name": "first", "seconds": "600"})
        plain = [
            site.run("/tools/reader", {"name": f"-n{n} ü", "lines": ["1", "2"]}) for n in range(5)
        ]
        upload = {"file": ("a b.txt", b"from a file", "text/plain")}
        sent = site.run("/tools/reader", {"name": "sent"}, upload)
        site.kill()
    with Site(folder, data) as site:
        site.page("/tools/reader")
        assert "Queued" in site.page(plain[0])
        last = site.run("/tools/reader", {"name": "last"})
        stop(site, first)
        for n, run in enumerate(plain):
            assert "succeeded" in site.ended(run)
            assert out(site, run)[0] == f"name -n{n} ü [1, 2]"
        assert "succeeded" in site.ended(sent)
        assert out(site, sent)[1] == "from a file"
        assert "succeeded" in site.ended(last)


def waits_with_secret(site: Site) -> tuple[str, str]:
    """Return the pages of a run that goes on, and of one that waits with a secret."""
    first = site.run("/tools/reader", {"name": "first", "seconds": "600"})
    return first, site.run("/tools/reader", {"name": "secret", "password": SECRET})


def shown(data: Path) -> list[str]:
    """Return where the secret stands on disk, or in what processes of ours show of themselves."""
    found = [str(path) for path, held in kept(data) if SECRET.encode() in held]
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values()]
        except psutil.Error:
            continue
        found += [word for word in words if SECRET in word]
    return found


if sys.platform == "linux":  # elsewhere its secret ends with the server

    def test_kill_9_of_the_server_leaves_a_secret_to_the_next_one(
        folder: Path, tmp_path: Path
    ) -> None:
        data = tmp_path / "data"
        with Site(folder, data) as site:
            first, secret = waits_with_secret(site)
            site.kill()
        with Site(folder, data) as site:
            assert "Queued" in site.page(secret)
            assert shown(data) == []
            site.kill()
        with Site(folder, data) as site:
            site.post("/tools/reader")  # which brings the token of this server
            stop(site, first)
            assert "succeeded" in site.ended(secret)
            told = [ord(letter) for letter in SECRET]
            assert out(site, secret) == ["name secret None", "no file", f"secret •••••• {told}"]
            until(lambda: not vaults(data))
            assert shown(data) == []


def test_kill_9_of_the_server_and_of_what_holds_the_secret_is_told(
    folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with Site(folder, data) as site:
        first, secret = waits_with_secret(site)
        psutil.Process(site.process.pid).suspend()  # or it would start another one
        for process in vaults(data):
            process.kill()
        site.kill()
    with Site(folder, data) as site:
        site.post("/tools/reader")
        assert "lost" in site.ended(secret)
        told = "Interrupted: the server restarted before it began, and its passwords are not kept"
        assert told in site.page(secret)
        assert shown(data) == []
        stop(site, first)
        assert "stopped" in site.ended(first)
