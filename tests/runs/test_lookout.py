"""A file that a tool makes is told once nothing is written to it any more."""

from __future__ import annotations

import threading

from webify.model.run import State
from webify.runs.folder import End, MadeFile, RunFolder, stamps, write_json
from webify.runs.lookout import Lookout, settled


def test_file_is_finished_when_two_looks_find_it_the_same():
    given = {"sent": (3, 1)}
    before = {"sent": (3, 1), "grows": (1, 5), "done": (2, 5)}
    now = {"sent": (3, 1), "grows": (9, 6), "done": (2, 5), "new": (1, 6)}
    assert settled(before, now, given) == (MadeFile("done", 2),)


def test_finished_files_are_told_while_the_tool_goes_on_and_its_end_has_the_last_word(tmp_path):
    folder = RunFolder(tmp_path)
    folder.make()
    (folder.files / "sent").write_text("x", encoding="utf-8")
    ended = threading.Event()
    lookout = Lookout(folder, stamps(folder.files), ended)
    (folder.files / "made").write_text("abc", encoding="utf-8")
    lookout.start()
    limit = threading.Event()
    while not folder.made_path.exists():
        assert not limit.wait(0.05)
        assert lookout.is_alive()
    ended.set()
    lookout.join(10)
    assert folder.finished_files() == (MadeFile("made", 3),)
    write_json(folder.end_path, End(State.SUCCEEDED, files=("a", "b"), file_sizes=(1, 2)))
    assert [made.name for made in folder.finished_files()] == ["a", "b"]


def test_damaged_list_of_files_is_none(tmp_path):
    folder = RunFolder(tmp_path)
    folder.made_path.write_text("{", encoding="utf-8")
    assert folder.finished_files() == ()
