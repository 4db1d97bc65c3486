"""An output is read again as somebody said, in a process of its own and within bounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from webify.errors import TooBusy
from webify.runs import rereads as module
from webify.runs.folder import RunFolder
from webify.runs.rereading import DONE, WISH, Wish, rereadings
from webify.runs.rereads import Rereads

TEXT = b"Stock today\n\nalpha,1\nbeta,2\n"


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """Return the folder of a run that printed a little."""
    folder = RunFolder(tmp_path / "run")
    folder.make()
    folder.out_path.write_bytes(TEXT)
    return folder


@pytest.fixture
def rereads() -> Iterator[Rereads]:
    """Return those who read again, and end what they do."""
    rereads = Rereads()
    yield rereads
    rereads.close()


def rows(folder: RunFolder, table: int) -> int:
    connection = sqlite3.connect(folder.of_table(table).rows_path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return sum(f"t{table}" == name for (name,) in tables)
    finally:
        connection.close()


def test_part_is_read_as_was_said_and_kept_beside_the_first_reading(run, rereads):
    wish = Wish("csv", 13, len(TEXT))
    rereads.ask(run, wish, 60.0)
    found = rereads.find(run, wish)
    assert found.done.fault == ""
    (block,) = found.blocks
    assert (block.kind, block.start, block.end) == ("table", 13, len(TEXT))
    assert (block.table.number, block.table.rows) == (10_001, 2)
    assert rows(run, 10_001) == 1
    assert not run.rows_path.exists()


def test_same_wish_is_read_once_and_another_has_numbers_of_its_own(run, rereads):
    for wish in (Wish("csv", 0, 28), Wish("csv", 0, 28), Wish("words", 0, 28)):
        rereads.ask(run, wish, 60.0)
    assert [each.wish.output for each in rereadings(run)] == ["csv", "words"]
    numbers = [
        block.table.number for each in rereadings(run) for block in each.blocks if block.table
    ]
    assert numbers[0] == 10_001
    assert numbers[-1] > 20_000


def test_wish_that_another_server_left_unfinished_is_asked_for_anew(run, rereads):
    left = run.rereadings / "1"
    left.mkdir(parents=True)
    (left / WISH).write_text('{"output": "csv", "start": 0, "end": 28}', encoding="utf-8")
    wish = Wish("csv", 0, 28)
    assert rereads.find(run, wish) is None
    rereads.ask(run, wish, 60.0)
    assert rereads.find(run, wish).done.fault == ""


@pytest.mark.parametrize("damage", ["", "{", '{"output": 3}', "[]", "null"])
def test_damaged_rereading_is_none(run, damage):
    left = run.rereadings / "1"
    left.mkdir(parents=True)
    (left / WISH).write_text(damage, encoding="utf-8")
    assert [each for each in rereadings(run) if each.wish.output == "csv"] == []


def test_reading_that_dies_says_so(run, rereads, monkeypatch):
    monkeypatch.setattr(module, "BOOT", "import os; os._exit(9)")
    wish = Wish("csv", 0, 28)
    rereads.ask(run, wish, 60.0)
    assert rereads.find(run, wish).done.fault == module.ENDED


def test_reading_that_takes_too_long_is_ended(run, rereads, monkeypatch):
    monkeypatch.setattr(module, "BOOT", "import threading; threading.Event().wait()")
    monkeypatch.setattr(module, "SECONDS", 0.2)
    wish = Wish("csv", 0, 28)
    rereads.ask(run, wish, 60.0)
    assert rereads.find(run, wish).done.fault == module.ENDED


def test_many_wishes_wait_and_too_many_are_refused(run, rereads, monkeypatch):
    monkeypatch.setattr(module, "BOOT", "import threading; threading.Event().wait()")
    for end in range(module.WAITING):
        rereads.ask(run, Wish("csv", 0, end))
    with pytest.raises(TooBusy, match="Try again in a minute"):
        rereads.ask(run, Wish("csv", 0, 28))
    rereads.ask(run, Wish("csv", 0, 3))  # it waits already


def test_oldest_of_many_is_taken_away(run, rereads, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 3)
    for end in range(20, 25):
        rereads.ask(run, Wish("csv", 0, end), 60.0)
    assert [each.wish.end for each in rereadings(run)] == [22, 23, 24]
    assert [each.number for each in rereadings(run)] == [3, 4, 5]


def test_large_output_is_read_in_pieces(tmp_path, rereads):
    folder = RunFolder(tmp_path)
    folder.make()
    folder.out_path.write_bytes(b"".join(b"name %d;%d\n" % (at, at) for at in range(200_000)))
    wish = Wish("csv", 0, folder.sizes()[0])
    rereads.ask(folder, wish, 60.0)
    found = rereads.find(folder, wish)
    assert (found.done.fault, [block.table.rows for block in found.blocks]) == ("", [200_000])
    assert (found.folder.path / DONE).exists()
