"""One server for each data folder."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.serving import Site
from webify.errors import DataFolderHeld
from webify.keeping.hold import NAME, Hold, holder

HOLDING = """
import sys
from pathlib import Path
from webify.keeping.hold import Hold
hold = Hold(Path(sys.argv[1]))
hold.tell("http://127.0.0.1:1")
print("held", flush=True)
sys.stdin.readline()
"""


def other_server(data: Path) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", HOLDING, str(data)]
    process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_second_server_is_refused_and_told_who_has_the_folder(tmp_path: Path) -> None:
    with other_server(tmp_path) as process:
        said = rf"in use by another webify: process {process.pid}, since \d{{4}}-.* UTC, at http:"
        with pytest.raises(DataFolderHeld, match=said):
            Hold(tmp_path)
        assert holder(tmp_path).pid == process.pid
        process.stdin.close()


def test_lock_goes_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with other_server(tmp_path) as process:
        process.kill()
    assert (tmp_path / NAME).exists()
    assert holder(tmp_path) is None
    Hold(tmp_path).close()


def test_lock_is_not_passed_on_to_what_a_server_starts(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    waits = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waits, stdin=subprocess.PIPE) as child:
        hold.close()
        Hold(tmp_path).close()
        child.stdin.write(b"\n")


def test_server_that_comes_while_another_lets_go_waits_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webify.keeping.hold.PATIENCE", 20.0)
    hold = Hold(tmp_path)
    leaving = threading.Timer(0.1, hold.close)
    leaving.start()
    with Hold(tmp_path) as second:
        assert second.held
    leaving.join()


def test_holder_on_another_computer_is_told_with_its_name(tmp_path: Path) -> None:
    with Hold(tmp_path) as hold:
        text = (tmp_path / NAME).read_text("utf-8").replace(socket.gethostname(), "apps02")
        (tmp_path / NAME).write_text(text, "utf-8")
        with pytest.raises(DataFolderHeld, match=rf"process {os.getpid()} on apps02, since"):
            Hold(tmp_path)
        assert hold.held


@pytest.mark.parametrize("text", ["", "{", "[]", '{"later": 1}'])
def test_lock_that_says_nothing_readable_still_holds(tmp_path: Path, text: str) -> None:
    with Hold(tmp_path):
        (tmp_path / NAME).write_text(text, "utf-8")
        with pytest.raises(DataFolderHeld, match="another webify: another process"):
            Hold(tmp_path)


def test_second_site_on_a_data_folder_does_not_start_and_the_first_goes_on(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        done = subprocess.run(site.words, env=site.environ, capture_output=True, text=True)
        assert done.returncode == 2
        assert re.search(rf"process {site.process.pid}, since .*, at {site.address}", done.stderr)
        assert "Stop that one, or name another folder with --data." in done.stderr
        assert site.page("/health")
        site.kill()
        with Site(tmp_path / "tools", tmp_path / "data") as next_site:
            assert next_site.page("/health")


def test_tools_are_listed_and_shown_beside_a_server(tmp_path: Path) -> None:
    tool = (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--size')\np.parse_args()"
    )
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "sizes.py").write_text(tool, "utf-8")
    environ = {"WEBIFY_DATA": str(tmp_path / "data")}
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        for words in (
            ["list", str(tmp_path / "tools")],
            ["show", "sizes", str(tmp_path / "tools")],
        ):
            call = [sys.executable, "-m", "webify", *words]
            done = subprocess.run(call, env=site.environ | environ, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert "sizes" in done.stdout
