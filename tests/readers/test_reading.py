"""An output is read while it grows: in order, bounded, whatever comes."""

from __future__ import annotations

import itertools
import json
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.reading import Memory, plain, read
from tests.readers.test_outputs import OUTPUTS
from webify.readers import Reading
from webify.readers.columns import MOST
from webify.readers.reading import MOST_BLOCKS, MOST_PAIRS

ALIGNED = b"NAME   AGE\nAna     31\nBo       7\n"
TEXTS = st.lists(st.sampled_from([path.read_bytes() for path in OUTPUTS]), min_size=1, max_size=4)


def kinds(reading):
    return [block.kind for block in reading.blocks]


@settings(deadline=None)
@given(TEXTS, st.lists(st.integers(0, 3000), max_size=6))
def test_any_split_of_several_outputs_gives_the_same_blocks_and_rows(texts, cuts):
    data = b"\n".join(texts)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(edges)]
    assert plain(*read(pieces), data) == plain(*read([data]), data)


def test_records_before_a_fault_are_read_however_the_document_comes():
    wrapped = b'{\n "items": [\n  {"id": 1},\n  {"id": 2},\n  {"id": 3, "name\n\nmore\nand more\n'
    whole = plain(*read([wrapped]), wrapped)
    assert [block["kind"] for block in whole] == ["table", "text"]
    assert plain(*read([wrapped[:44], wrapped[44:]]), wrapped) == whole


@settings(deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=30), TEXTS.map(b"".join)), max_size=5), st.booleans())
def test_whatever_comes_blocks_are_in_order_and_inside_the_log(pieces, quiet):
    reading = Reading(Memory())
    for piece in pieces:
        reading.feed(piece)
        if quiet:
            reading.tick(1.0)
        assert all(
            a.end <= b.start for a, b in zip(reading.blocks, reading.blocks[1:], strict=False)
        )
    reading.finish()
    ends = [0, *(each for block in reading.blocks for each in (block.start, block.end))]
    assert ends == sorted(ends)
    assert ends[-1] <= len(b"".join(pieces))


def test_text_is_a_block_at_once_even_without_a_line_break():
    reading = Reading(Memory())
    reading.feed(b"hello")
    assert [(block.kind, block.start, block.end) for block in reading.blocks] == [("text", 0, 5)]


def test_nothing_printed_gives_no_block():
    assert read([])[0].blocks == ()
    assert read([b"\n  \n"])[0].blocks == ()


def test_a_head_and_two_rows_are_text_until_it_is_silent():
    reading = Reading(Memory())
    reading.feed(b"NAME   AGE  TOWN\nAna     31  Oslo\nBo       7  Riga\n")
    assert kinds(reading) == ["text"]
    reading.tick(0.1)
    assert kinds(reading) == ["text"]
    reading.tick(0.2)
    assert kinds(reading) == ["table"]
    assert reading.rows == 2


def test_three_rows_are_a_table_at_once_and_more_rows_join_it():
    reading = Reading(Memory())
    reading.feed(b"NAME   AGE  TOWN\nAna     31  Oslo\nBo       7  Riga\nCy       9  Riga\n")
    assert kinds(reading) == ["table"]
    reading.feed(b"Di      10  Oslo\n")
    reading.tick(0.2)
    assert reading.rows == 4


def test_a_drawn_table_is_there_as_soon_as_its_head_is():
    reading = Reading(Memory())
    reading.feed("┌────┬────┐\n│ a  │ b  │\n├────┼────┤\n".encode())
    assert kinds(reading) == ["table"]


def test_finish_closes_the_writer():
    assert read([ALIGNED])[1].closed


def test_text_around_a_table_covers_the_bytes_between():
    data = b"Before, a sentence.\n\n" + b"a,b\n1,2\n3,4\n5,6\n" + b"\nafter\n"
    blocks = read([data])[0].blocks
    assert [data[block.start : block.end] for block in blocks] == [
        b"Before, a sentence.\n\n",
        b"a,b\n1,2\n3,4\n5,6\n",
        b"after\n",
    ]


def test_after_many_blocks_the_rest_is_text():
    data = b"a,b\n1,2\n3,4\n5,6\n\n" * (MOST_BLOCKS + 50)
    reading, memory = read([data], "After 1,000 parts the rest of the output is text")
    assert len(reading.blocks) == MOST_BLOCKS + 1
    assert reading.blocks[-1].kind == "text"
    assert len(memory.tables) == MOST_BLOCKS


def test_an_array_on_one_line_of_megabytes_is_a_table():
    rows = [{"number": at, "name": "ball valve é", "price": at / 2} for at in range(40_000)]
    reading, memory = read([json.dumps(rows, ensure_ascii=False).encode()])
    assert kinds(reading) == ["table"]
    assert memory.tables[1][1][39_999] == ["39999", "ball valve é", "19999.5"]


def test_elements_of_an_array_come_before_it_ends():
    reading = Reading(Memory())
    reading.feed(b'[{"a": 1},\n {"a": 2},\n {"a"')
    assert reading.rows == 2
    reading.feed(b": 3}]\n")
    assert reading.rows == 3


def test_an_array_that_breaks_off_keeps_its_rows_and_the_fault_is_told():
    data = b'[\n{"a": 1},\n{"a": 2},\nTraceback (most recent call last):\n  no\n'
    reading, memory = read([data])
    assert kinds(reading) == ["table", "error"]
    assert memory.tables[1][1] == [["1"], ["2"]]
    assert data[reading.blocks[1].start :].startswith(b"Traceback")


def test_columns_beyond_the_bound_are_no_table():
    data = b"\n".join(b",".join(b"c%d" % at for at in range(2001)) for _ in range(5))
    assert kinds(read([data])[0]) == ["text"]


def grown(pieces) -> int:
    """Return how many bytes more are held at the worst moment while these pieces are read."""
    reading = Reading(Memory())
    tracemalloc.start()
    try:
        for piece in pieces:
            reading.feed(piece)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_one_line_without_end_takes_bounded_memory():
    assert grown(b"x" * 100_000 for _ in range(100)) < 8_000_000


def test_text_without_end_takes_bounded_memory():
    assert grown(b"some words of text, and more\n" * 1_000 for _ in range(400)) < 8_000_000


def test_json_that_never_ends_takes_bounded_memory():
    assert grown(b'{"a": ' * 10_000 for _ in range(20)) < 16_000_000
    assert grown([b'[{"a": "', *(b"y" * 100_000 for _ in range(30))]) < 16_000_000
    assert grown([b"[\n", *(b'{"a": [\n' * 1_000 for _ in range(20))]) < 16_000_000


def test_pairs_without_end_take_bounded_memory_and_the_rest_is_text(monkeypatch):
    most = MOST_PAIRS // 8
    monkeypatch.setattr("webify.readers.reading.MOST_PAIRS", most)
    lines = (b"name %d: value %d\n" % (at, at) for at in range(most * 3))
    reading, _ = read([b"".join(lines)], "After 2,500 names and values the rest is text")
    assert most < sum(len(block.pairs) for block in reading.blocks) <= most + MOST
    assert kinds(reading)[-1] == "text"


def test_a_value_that_goes_on_without_end_takes_bounded_memory():
    pairs = [b"name:        a\nlonger name: b\nsize:        c\n"]
    more = [(b" " * 13 + b"on and on\n") * 500] * 100
    assert kinds(read([*pairs, *more])[0]) == ["pairs"]
    assert grown([*pairs, *more]) < 8_000_000
    cells = [ALIGNED * 2, *[(b" " * 7 + b"9\n") * 500] * 100]
    assert grown(cells) < 16_000_000


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    data = "\ufeffid,name\n1,a\n2,b\n3,c\n".encode()
    for size in (1, 2, 50):
        _, memory = read([data[at : at + size] for at in range(0, len(data), size)])
        assert memory.tables[1][0] == ["id", "name"]


def test_a_quote_that_is_never_closed_ends_the_table():
    data = b'a,b\n1,2\n3,4\n5,6\n7,"8\n' + b"9,10\n" * 200
    reading, memory = read([data])
    assert memory.tables[1][1][:3] == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert data[reading.blocks[1].start :].startswith(b'7,"8')


def test_utf_16_with_its_mark_is_read_as_any_other():
    text = "id,name\n1,Zoë\n2,東京\n3,🚀\n4,x\n"
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        data = mark + text.encode(encoding)
        for size in (1, 3, 1000):
            reading, memory = read([data[at : at + size] for at in range(0, len(data), size)])
            assert memory.tables[1] == (
                ["id", "name"],
                [["1", "Zoë"], ["2", "東京"], ["3", "🚀"], ["4", "x"]],
            )
            assert [(block.start, block.end) for block in reading.blocks] == [(2, len(data))]


def test_a_line_of_utf_16_without_end_takes_bounded_memory():
    assert grown([b"\xff\xfe", *("🚀".encode("utf-16-le") * 25_000 for _ in range(50))]) < 8_000_000


def test_endless_escapes_and_nothings_take_bounded_memory():
    assert grown(b"\x1b" * 100_000 for _ in range(100)) < 8_000_000
    assert grown(b"\0" * 100_000 for _ in range(100)) < 8_000_000
    assert grown(b"\x1b[" * 50_000 for _ in range(20)) < 8_000_000


def test_bytes_that_are_no_text_do_not_end_a_table():
    data = b"a,b\r\n1,caf\xe9\r\n2,\0x\r\n3,\xff\xfe\r\n4,z\r\n"
    _, memory = read([data])
    assert memory.tables[1][1] == [
        ["1", "caf\ufffd"],
        ["2", "x"],
        ["3", "\ufffd\ufffd"],
        ["4", "z"],
    ]
