"""Aligned tables while they arrive, and texts that are made to take long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.read_text import Memory
from tests.readers.reading import read
from webify.readers import Reading

OUTPUTS = Path(__file__).parent.parent / "outputs"
ALIGNED = sorted([*OUTPUTS.glob("aligned-*.txt"), *OUTPUTS.glob("rows-*.txt")])
SECONDS = 20  # many times what they take

SLOW = {
    "blanks and words": (" " * 40 + "word") * 113,
    "names": "Aa  Bb " * 250,
    "names and figures": "Aa  12 Bb " * 180,
    "dashes": "-" * 5_000 + "x",
    "dashes and blanks": "- " * 2_500,
    "groups": "--a" * 1_600,
    "mounts": "a on /b " * 600,
    "totals": "Total: 12 " * 480,
    "colons": "ab:" * 1_500 + " 12",
    "figures": "12 " * 1_300,
    "months": "Mon Jan 1 " * 400,
    "letters": "a" * 4_000 + " 1",
}


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables of a text."""
    _, memory = read([text.encode()])
    return [row for _, found in memory.tables.values() for row in found]


@pytest.mark.parametrize("path", ALIGNED, ids=lambda path: path.stem)
def test_rows_given_out_are_not_withdrawn(path):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    whole = rows("".join(lines))
    for half in range(len(lines) // 2, len(lines)):
        early = rows("".join(lines[:half]))[:-1]
        if early and len(early[0]) == len(whole[0]):
            assert early == whole[: len(early)], half


@pytest.mark.clock
@pytest.mark.parametrize("line", SLOW.values(), ids=SLOW)
def test_no_line_makes_a_reader_slow(line):
    began = time.process_time()
    text = f"{line}\n" * 300 + f"NAME   AGE  SIZE\na      1    2\n{line}\n{line}\n"
    read([text.encode()])
    assert time.process_time() - began < SECONDS


@pytest.mark.clock
def test_very_long_line_is_text():
    began = time.process_time()
    reading, _ = read([b"word  12 " * 1_200_000])
    assert [block.kind for block in reading.blocks] == ["text"]
    assert time.process_time() - began < SECONDS


def test_three_rows_decide_while_the_tool_goes_on():
    reading = Reading(Memory())
    reading.feed(b"NAME   AGE  NOTE\nana    31   a\nben    4    b\n")
    assert [block.kind for block in reading.blocks] == ["text"]
    reading.feed(b"cara   18   c\n")
    assert [block.kind for block in reading.blocks] == ["table"]


def test_head_that_comes_again_is_no_row():
    page = "NAME   AGE  NOTE\nana    31   a\nben    4    b\ncara   18   c\n\n"
    assert rows(page * 3) == [["ana", "31", "a"], ["ben", "4", "b"], ["cara", "18", "c"]] * 3
