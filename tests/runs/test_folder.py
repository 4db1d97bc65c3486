"""The folder of a run."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from webify.model.block import Block, Column, Table
from webify.model.run import Run, State
from webify.runs.folder import End, Process, RunFolder, write_json
from webify.runs.leftover import Leftover

MOMENT = datetime(2026, 11, 22, 9, 42, 7, 5, tzinfo=UTC)


def test_folder_lies_below_the_day_of_its_run_in_utc(tmp_path: Path) -> None:
    late = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    folder = RunFolder.of(tmp_path, Run("abc", "t", "T", created=late))
    assert folder.path == tmp_path / "2025" / "12" / "31" / "abc"


def test_end_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.end() is None
    end = End(
        State.STOPPED,
        3,
        15,
        MOMENT,
        MOMENT,
        "why",
        "exit",
        True,
        7,
        True,
        ("sh (1)",),
        (Leftover("sh", 1, "birth", "root"),),
        1,
        2,
        3,
        "f",
        ("a/ü",),
        (9,),
        ("no",),
        "Sure?",
    )
    assert all(getattr(end, field.name) for field in fields(end))
    write_json(folder.end_path, end)
    assert folder.end() == end
    assert [(file.name, file.size) for file in folder.made_files()] == [("a/ü", 9)]


def test_process_and_blocks_are_read_as_they_were_written(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    process = Process(1, "2@x", 3, "4@x", MOMENT)
    blocks = (Block("text", 0, 9), Block("table", 9, 99, "T", Table(1, (Column("n"),), 50)))
    write_json(folder.process_path, process)
    write_json(folder.blocks_path, blocks)
    assert (folder.process(), folder.blocks()) == (process, blocks)


def test_nothing_is_left_of_a_file_that_could_not_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "end.json").mkdir()
    try:
        write_json(tmp_path / "end.json", {})
    except OSError:
        pass
    else:
        raise AssertionError("a folder was replaced")
    assert [path.name for path in tmp_path.iterdir()] == ["end.json"]


def test_damaged_files_are_no_surprise(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    for path in (folder.end_path, folder.process_path, folder.blocks_path):
        path.write_bytes(b"")
    end = folder.end()
    assert end
    assert end.state is State.LOST
    assert (folder.process(), folder.blocks(), folder.made_files()) == (None, (), ())


def test_stop_is_asked_for_with_a_name(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.stop_by() == ""
    folder.request_stop("Anna")
    assert folder.stop_by() == "Anna"
    folder.stop_path.write_bytes(b"")
    assert folder.stop_by() == ""
