"""What a person says of an output is true: the readers for it doubt nothing."""

from __future__ import annotations

import pytest

from benchmarks.read_text import Memory
from webify.model.block import OUTPUTS
from webify.readers import Reading

CASES = {  # how it is said to be read, the output, and the names and rows of its table
    "two lines": ("csv", "alp,1\nbet,2\n", ["", ""], [["alp", "1"], ["bet", "2"]]),
    "one line": ("csv", "a;b;c\n", ["", "", ""], [["a", "b", "c"]]),
    "sentences": ("csv", "note;who\nall; is well\n", ["note", "who"], [["all", "is well"]]),
    "a line break in quotes": (
        "csv", 'id|note\n"1"|"a\nb"\n', ["id", "note"], [["1", "a\nb"]]
    ),
    "no head": (
        "table", "wheel   front   12\nframe   steel    3\n",
        ["", "", ""], [["wheel", "front", "12"], ["frame", "steel", "3"]],
    ),
    "sizes of folders": (
        "words", "12 ./a\n4 ./b c\n", ["", "", ""], [["12", "./a"], ["4", "./b", "c"]]
    ),
    "words under names": (
        "words", "PID CMD\n--- ---\n1 init of all\n", ["PID", "CMD"], [["1", "init of all"]]
    ),
}  # fmt: skip


def read(output: str, text: str, size: int = 1 << 20) -> tuple[Reading, Memory]:
    memory = Memory()
    reading = Reading(memory, OUTPUTS[output])
    data = text.encode()
    for at in range(0, len(data), size):
        reading.feed(data[at : at + size])
    reading.finish()
    return reading, memory


@pytest.mark.parametrize("size", [1, 3, 1 << 20])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_output_is_read_as_it_is_said_to_be(case, size):
    output, text, names, rows = case
    reading, memory = read(output, text, size)
    assert [block.kind for block in reading.blocks] == ["table"]
    assert memory.tables[1] == (names, rows)


def test_pairs_may_repeat_and_have_any_sign_between():
    reading, _ = read("pairs", "host=web1\nhost: web2\nempty:\nrate\t5\n\nthe end\n")
    assert [block.kind for block in reading.blocks] == ["pairs", "text"]
    wanted = (("host", "web1"), ("host", "web2"), ("empty", ""), ("rate", "5"))
    assert reading.blocks[0].pairs == wanted


@pytest.mark.parametrize("output", ["csv", "table", "words", "pairs", "json"])
def test_what_cannot_be_so_stays_text(output):
    reading, _ = read(output, "\n\nHello\n\n")
    assert [block.kind for block in reading.blocks] == ["text"]


@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_quotes_that_never_end_are_given_up(output):
    reading, _ = read(output, 'a,"b\n' * 400)
    assert reading.blocks
