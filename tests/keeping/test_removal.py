"""Folders go as a whole, whatever a tool left in them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from webify.keeping.removal import erase, put_away, room_of


def test_folder_is_put_out_of_sight_as_a_whole(tmp_path: Path) -> None:
    folder, gone = tmp_path / "run", tmp_path / ".gone"
    (folder / "files").mkdir(parents=True)
    away = put_away(folder, gone)
    assert away == gone / "run"
    assert not folder.exists()
    assert (away / "files").is_dir()
    assert put_away(folder, gone) is None


def test_what_lies_in_the_way_is_erased_first(tmp_path: Path) -> None:
    (tmp_path / ".gone" / "run" / "old").mkdir(parents=True)
    (tmp_path / "run" / "new").mkdir(parents=True)
    assert [path.name for path in put_away(tmp_path / "run", tmp_path / ".gone").iterdir()] == [
        "new"
    ]


def test_no_link_is_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "letter").write_text("dear", "utf-8")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "there").symlink_to(kept)
    (folder / "file").symlink_to(kept / "letter")
    (folder / "nowhere").symlink_to(tmp_path / "none")
    (tmp_path / "link").symlink_to(kept)
    assert room_of(folder) < 100_000
    assert erase(folder)
    assert erase(tmp_path / "link")
    assert (kept / "letter").read_text("utf-8") == "dear"


CLOSED = """
import os, shutil, sys
from pathlib import Path
from webify.keeping.removal import erase
if os.geteuid() == 0:  # rights hold back everybody but root
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
run = Path(sys.argv[1], "run")
(run / "deep" / "deeper").mkdir(parents=True)
(run / "deep" / "deeper" / "file").touch()
for path in (run / "deep" / "deeper", run / "deep"):
    path.chmod(0)
shutil.rmtree(run, ignore_errors=True)
assert run.exists()
assert erase(run)
"""


def test_folders_that_a_tool_closed_are_erased_too() -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o777)
        call = [sys.executable, "-c", CLOSED, open_to_all]
        assert subprocess.run(call, capture_output=True, text=True).stderr == ""


def test_room_is_what_the_disk_gives(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "large").write_bytes(b"x" * 1_000_000)
    assert 1_000_000 <= room_of(tmp_path / "a") <= 1_100_000
    assert room_of(tmp_path / "none") == 0


def test_what_is_not_there_is_gone(tmp_path: Path) -> None:
    assert erase(tmp_path / "none")
    (tmp_path / "file").write_text("x", "utf-8")
    assert erase(tmp_path / "file")
