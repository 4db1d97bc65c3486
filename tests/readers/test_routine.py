"""A long text of few forms is passed over, and what begins behind it is found."""

from __future__ import annotations

import pytest

from benchmarks.read_text import Memory
from webify.readers import Reading, routine
from webify.readers.panel import Panel
from webify.readers.routine import ENOUGH, MOST_FORMS, Routine
from webify.readers.terminal import Line

WORDS = b"alpha beta gamma\n"
RULED = b"Name    Place\n-----   -----\nann     york\nbob     hull\ncarla   leeds\n"
PROSE = b"The lazy dog sleeps, as it does each day.\n"


def read(data, piece):
    memory = Memory()
    reading = Reading(memory)
    for at in range(0, len(data), piece):
        reading.feed(data[at : at + piece])
    reading.finish()
    return reading, memory


@pytest.mark.parametrize("piece", [len(PROSE), 1_000, 1 << 14])
def test_most_of_a_long_text_is_not_asked_for(monkeypatch, piece):
    asked, ask = [], Panel.ask

    def counted(panel, lines, at, *, over):
        asked.append(lines[at])
        return ask(panel, lines, at, over=over)

    monkeypatch.setattr(Panel, "ask", counted)
    reading, _ = read(PROSE * 20_000, piece)
    assert [block.kind for block in reading.blocks] == ["text"]
    assert len(asked) < 3 * ENOUGH


@pytest.mark.parametrize("piece", [7, 1_000, 1 << 18])
@pytest.mark.parametrize("before", [PROSE, WORDS, WORDS + b"\n", b"ann    york\n\nbob\n"])
def test_table_behind_a_long_text_is_whole(before, piece):
    reading, memory = read(before * 1_500 + b"\n" + RULED, piece)
    columns, rows = memory.tables[max(memory.tables)]
    assert (tuple(columns), len(rows)) == (("Name", "Place"), 3)
    assert reading.blocks[-1].kind == "table"


def test_table_that_follows_without_a_blank_line_is_found():
    table = b"+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n"
    reading, memory = read((PROSE * 600 + table) * 3, 1 << 14)
    assert [block.kind for block in reading.blocks] == ["text", "table"] * 3
    assert all(list(rows) == [["1", "2"]] for _, rows in memory.tables.values())


def test_forms_that_are_known_are_bounded():
    routine = Routine()
    for at in range(3 * MOST_FORMS):
        routine.left(Line("." * (at % 300) + "-" * (at // 300), 0, 1))
    assert len(routine._left) <= MOST_FORMS


def test_each_line_is_looked_at_a_few_times_however_many_tables_there_are(monkeypatch):
    looked, form_of = [], routine.form_of

    def counted(line):
        looked.append(line)
        return form_of(line)

    monkeypatch.setattr(routine, "form_of", counted)
    data = (PROSE * 3 + b"a,b,c\n1,2,x\n3,4,y\n5,6,z\n\n") * 900
    read(data, len(data))
    assert len(looked) < 4 * data.count(b"\n")
