"""Two texts compared line by line: what is shown of them, and how much is looked at."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webify.web import line_changes
from webify.web.line_changes import COMPARED, compare_texts, opcodes

LINES = st.lists(st.sampled_from(["a", "b", "", "c"]), max_size=30)


@pytest.fixture
def compared(tmp_path):
    def compare(old, new):
        for name, text in (("old", old), ("new", new)):
            (tmp_path / name).write_bytes(text.encode())
        return compare_texts(tmp_path / "old", tmp_path / "new")

    return compare


@settings(deadline=None)
@given(LINES, LINES)
def test_steps_lead_from_the_old_text_to_the_new_one(old, new):
    made = []
    for tag, a, b, c, d in opcodes(old, new):
        assert (old[a:b] == new[c:d]) == (tag == "equal")
        made += old[a:b] if tag == "equal" else new[c:d]
    assert made == new


def test_lines_carry_their_numbers_and_what_is_the_same_is_left_out(compared):
    found = compared("\n".join("abcdefgh"), "\n".join("abcdefxh"))
    assert [(line.kind, line.old, line.new, line.text) for line in found.lines] == [
        ("skip", 4, 4, ""),
        ("same", 5, 5, "e"),
        ("same", 6, 6, "f"),
        ("gone", 7, None, "g"),
        ("added", None, 7, "x"),
        ("same", 8, 8, "h"),
    ]
    assert (found.added, found.gone, found.cut) == (1, 1, False)


def test_line_breaks_and_colours_of_a_terminal_are_no_difference(compared):
    found = compared("one\r\n\x1b[31mtwo\x1b[0m\r\n", "one\ntwo")
    assert (found.added, found.gone) == (0, 0)


def test_only_the_beginnings_of_long_texts_are_compared_and_that_is_told(compared):
    long = "\n".join(map(str, range(COMPARED + 10)))
    assert compared(long, long).cut
    assert compared(long, long + "1").added == 0


@pytest.mark.clock
def test_worst_texts_are_compared_in_seconds(compared):
    old = "\n".join(str(at // 2) for at in range(COMPARED))
    began = time.monotonic()
    found = compared(old, "\n".join(map(str, range(COMPARED, 0, -1))))
    assert time.monotonic() - began < 10
    assert len(found.lines) <= line_changes.SHOWN
    assert found.more > 0


def test_log_that_is_not_there_is_an_empty_text(tmp_path):
    (tmp_path / "new").write_bytes(b"a\n")
    assert compare_texts(tmp_path / "old", tmp_path / "new").added == 1
