"""Progress and faults are told while the output grows."""

from __future__ import annotations

import pytest

from benchmarks.read_text import Memory
from tests.readers.reading import read
from webify.readers import Reading
from webify.readers.progress import bare


def told(reading: Reading) -> list[tuple[str, float | None]]:
    return [(block.kind, block.share) for block in reading.blocks]


def test_unfinished_line_of_progress_is_a_block_that_moves():
    reading = Reading(Memory())
    reading.feed(b"Begin\n\rcopying  10%")
    assert told(reading) == [("text", None), ("progress", 0.1)]
    reading.feed(b"\rcopying  55%")
    assert told(reading) == [("text", None), ("progress", 0.55)]
    reading.feed(b"\rcopying 100%\nEnd\n")
    reading.finish()
    assert told(reading) == [("text", None), ("progress", 1.0), ("text", None)]
    assert reading.blocks[1].title == "copying 100%"


def test_progress_below_pairs_is_told_while_they_are_open():
    reading = Reading(Memory())
    reading.feed(b"Host:   a\nUptime: 3 d\nLoad:   0.1\n\n\rcopying 10%\rcopying 20%")
    assert told(reading)[-1] == ("progress", 0.2)


def test_line_without_a_share_that_is_written_over_tells_of_work_only_while_it_goes_on():
    reading = Reading(Memory())
    reading.feed(b"Working |\rWorking /")
    assert told(reading) == [("progress", None)]
    reading.feed(b"\rWorking done\n")
    reading.finish()
    assert told(reading) == [("text", None)]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Copying:  45%|####      | 9/20 [00:04<00:05]", "Copying: 9/20 [00:04<00:05]"),
        ("Downloading 45%", "Downloading"),
        ("[=====>    ] 45%", ""),
    ],
)
def test_label_leaves_out_bar_and_percent(words, label):
    assert bare(words) == label


def test_first_record_is_held_back_until_the_second_decides():
    reading = Reading(Memory())
    reading.feed(b"Host:   a\nUptime: 3 d\nLoad:   0.1\n\n")
    assert (told(reading), reading.rows) == ([("pairs", None)], 0)
    assert reading.blocks[0].pairs == ()
    reading.tick(0.2)
    assert reading.blocks[0].pairs[0] == ("Host", "a")
    reading.feed(b"Host:   b\n")
    assert (reading.blocks[0].kind, reading.blocks[0].pairs, reading.rows) == ("table", (), 1)


def test_columns_of_records_grow_and_missing_cells_are_empty():
    data = b"a: 1\nb: 2\nc: 3\n\na: 4\nb: 5\nd: 6\n\na: 7\nc: 8\n\n"
    _, memory = read([data])
    assert memory.tables[1][0] == ["a", "b", "c", "d"]
    assert memory.tables[1][1][1:] == [["4", "5", "", "6"], ["7", "", "8", ""]]


def test_entry_of_a_log_is_held_back_for_lines_that_go_on_with_it():
    memory = Memory()
    reading = Reading(memory)
    for at in range(6):
        reading.feed(b"2026-11-22 09:00:0%d INFO step\n" % at)
    assert reading.rows == 5
    reading.feed(b"    and more\n")
    reading.finish()
    assert memory.tables[1][1][5] == ["2026-11-22 09:00:05", "INFO", "step\n    and more"]
