"""Input that is broken or huge leaves text, or the rows so far, in bounded time and memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Iterable

import pytest

from benchmarks.read_text import Memory
from webify.readers import Reading

MB = 1 << 20
PIECE = 1 << 16
MOST_SECONDS = 20  # even on a busy machine; each takes less than two on a quiet one
MOST_MEMORY = 60 * MB


def pieces(text: bytes) -> Iterable[bytes]:
    return (text[at : at + PIECE] for at in range(0, len(text), PIECE))


def read(given: Iterable[bytes]) -> tuple[Reading, Memory]:
    """Read to the end; a reader may be switched off for taking long, none may fail."""
    memory = Memory()
    reading = Reading(memory)
    for piece in given:
        reading.feed(piece)
    reading.finish()
    assert not any(fault.trace for fault in reading.faults), reading.faults[0].trace
    return reading, memory


def deep(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth + b"\n"


def million_keys() -> bytes:
    return b"{" + b",".join(b'"k%d":%d' % (at, at) for at in range(1_000_000)) + b"}\n"


def big_cell() -> bytes:
    return b'[{"a": 1, "b": "' + b"x" * (50 * MB) + b'"}, {"a": 2, "b": "y"}]\n'


BAD = {
    "depth of 10,000": deep(10_000),
    "depth of 10,000 in an array": b"[" * 10_000 + b"]" * 10_000 + b"\n",
    "deep and pretty": b"\n".join(b" " * min(at, 50) + b'{"a":' for at in range(10_000)),
    "a million keys": million_keys(),
    "a cell of 50 MB": big_cell(),
    "a cell of 50 MB in CSV": b'a,b,c\n1,2,"' + b"x" * (50 * MB) + b'"\n3,4,5\n',
    "5,000 columns of CSV": b"\n".join(
        b",".join(b"c%d" % (at + row) for at in range(5_000)) for row in range(5)
    ),
    "20,000 columns of CSV": b"\n".join(
        b",".join(b"c%d" % (at + row) for at in range(20_000)) for row in range(5)
    ),
    "5,000 columns of JSON": json.dumps([{f"c{at}": at for at in range(5_000)}] * 3).encode(),
    "bytes that are no UTF-8": bytes(range(256)) * 400,
    "an open table of HTML": b"<table><tr><td>" + b"x <b" * (5 * MB),
    "tags without an end": b"<a b=" * MB,
    "entities in entities": (
        b'<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx">'
        + b"".join(b'<!ENTITY c%d "%s">' % (at, b"&b;" * 50) for at in range(50))
        + b"]><a><r><p>&c1;</p><q>1</q></r><r><p>&c2;</p><q>1</q></r></a>\n"
    ),
    "anchors in anchors": b"- a: &a [x, x, x, x, x, x, x, x, x]\n  b: 1\n"
    + b"".join(
        b"- a: &%c [%s]\n  b: 1\n" % (at, b", ".join([b"*%c" % (at - 1)] * 9))
        for at in range(98, 120)
    ),
    "an open quote in CSV": b'a,b,c\n1,2,3\n4,5,"6\n' + b"7,8,9\n" * 200_000,
    "half of everything": b"[[{\n{[\n<a\n||\n{|\n[cols=\n---\n- a: 1\n" * 4_000,
    "rows of HTML without an end": b"<table>\n" + b"<tr><td>1<td>2\n" * 100_000,
}


@pytest.mark.clock
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_bounded(name):
    data = BAD[name]
    began = time.process_time()
    reading, memory = read(pieces(data))
    assert time.process_time() - began < MOST_SECONDS
    assert reading.blocks[0].start <= len(data)
    cells = (cell for _, rows in memory.tables.values() for row in rows for cell in row)
    assert max(map(len, cells), default=0) <= MB


@pytest.mark.parametrize("name", ["a cell of 50 MB", "an open table of HTML"])
def test_what_is_too_long_is_not_held_in_memory(name):
    data = BAD[name]
    tracemalloc.start()
    read(pieces(data))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_MEMORY


@pytest.mark.parametrize("name", ["depth of 10,000", "a million keys", "20,000 columns of CSV"])
def test_what_no_table_can_hold_stays_text(name):
    assert {block.kind for block in read([BAD[name]])[0].blocks} == {"text"}


@pytest.mark.parametrize("shape", ["CSV", "JSON"])
def test_five_thousand_columns_are_a_table(shape):
    reading, memory = read(pieces(BAD[f"5,000 columns of {shape}"]))
    assert [block.kind for block in reading.blocks] == ["table"]
    columns, rows = memory.tables[1]
    assert (len(columns), {len(row) for row in rows}) == (5_000, {5_000})


def test_columns_that_come_one_by_one_do_not_grow_without_end():
    rows = (json.dumps({f"c{at}": at}).encode() for at in range(3_000))
    _, memory = read(pieces(b"\n".join(rows)))
    assert max(len(columns) for columns, _ in memory.tables.values()) == 2_000


def test_rows_before_the_cut_stay_and_the_rest_is_text():
    rows = [{"id": at, "name": "x"} for at in range(100)]
    half = json.dumps({"items": rows}, indent=1).encode()[:-60]
    reading, memory = read([half])
    assert [block.kind for block in reading.blocks] == ["table", "text"]
    assert len(memory.tables[1][1]) == 98


def test_other_count_of_columns_ends_a_table():
    first = "".join(f"a{at},{at},x\n" for at in range(5))
    second = "".join(f"b{at},{at},x,y\n" for at in range(5))
    data = f"name,amount,note\n{first}name,amount,note,more\n{second}".encode()
    tables = read([data])[1].tables
    assert [len(columns) for columns, _ in tables.values()] == [3, 4]
    assert [len(rows) for _, rows in tables.values()] == [5, 5]


def test_long_array_on_one_line_gives_rows_while_it_grows():
    rows = json.dumps([{"id": at, "name": "x" * 20} for at in range(20_000)]).encode()
    reading, memory = read(pieces(rows[: len(rows) // 2]))
    assert 9_000 < len(memory.tables[1][1]) < 11_000
    assert len(read(pieces(rows))[1].tables[1][1]) == 20_000
    assert reading.blocks[0].kind == "table"
