"""Bytes become the lines that a terminal would have left."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from webify.readers.row import BLOCK, Span
from webify.readers.terminal import Line, Terminal

NASTY = st.sampled_from(
    rb"\e[31m|\e[0m|\e[|\e|\e]8;;x|\a|\r|\n|\r\n|\b|\e[K|\e[999999999C|\e(0|\e(B|\xc2|\x9b|\xff|\0|\t"
    rb"|lqk|\xc3\xa9|\xe6\x9d\xb1|\e[38;5;200m|\e[1;2;3;4;7;9m|\e[3D".replace(rb"\e", b"\x1b")
    .decode("unicode_escape")
    .encode("latin-1")
    .split(b"|")
)
PIECES = st.lists(st.one_of(NASTY, st.binary(max_size=6)), max_size=40)


def lines_of(parts, **options):
    terminal = Terminal(**options)
    found = [line for piece in parts for line in terminal.feed(piece)]
    return found + terminal.finish()


def texts(data, **options):
    return [line.text for line in lines_of([data], **options)]


@settings(deadline=None)
@given(PIECES)
def test_any_split_gives_the_same_lines(pieces):
    assert lines_of(pieces) == lines_of([b"".join(pieces)])


@settings(deadline=None)
@given(PIECES)
def test_lines_cover_all_bytes_in_order(pieces):
    data = b"".join(pieces)
    lines = lines_of(pieces)
    ends = [0, *(line.end for line in lines)]
    assert [line.start for line in lines] == ends[:-1]
    assert ends[-1] == len(data)


@settings(deadline=None)
@given(PIECES)
def test_text_holds_no_control_character_but_tabs(pieces):
    for line in lines_of(pieces):
        assert not [each for each in line.text if (each < " " and each != "\t") or each == "\x7f"]
        assert all(0 <= span.start < span.end <= len(line.text) for span in line.spans)


@settings(deadline=None)
@given(PIECES)
def test_partial_is_what_finish_returns(pieces):
    terminal = Terminal()
    for piece in pieces:
        terminal.feed(piece)
    partial = terminal.partial()
    assert terminal.finish() == ([] if partial is None else [partial])


def test_lines_begin_where_the_terminal_was_told_to():
    terminal = Terminal(start=100)
    assert [(line.start, line.end) for line in terminal.feed(b"ab\ncd\n")] == [
        (100, 103),
        (103, 106),
    ]


def test_carriage_return_overwrites():
    assert texts(b"10%\r20%\nlong line\rshort\nab\r\n") == ["20%", "shortline", "ab"]


def test_erasing_and_backspace_are_obeyed():
    assert texts(b"working\r\x1b[Kdone\nabc\b\bX\n12345\x1b[3D\x1b[K!\n") == ["done", "aXc", "12!"]


def test_cursor_cannot_blow_up_a_line():
    (line,) = lines_of([b"a\x1b[999999C\x1b[999999999Cb"])
    assert len(line.text) <= 10_001


def test_line_drawing_characters_are_drawn():
    assert texts(b"\x1b(0lqk\x1b(B ok\n\x0ex\x0fx\n") == ["┌─┐ ok", "│x"]


def test_colours_are_spans_and_last_over_lines():
    first, second, third = lines_of([b"a \x1b[1;31mred\nstill\x1b[0m no\nplain\n"])
    assert first.text == "a red"
    assert first.spans == (Span(2, 5, "b fg-red"),)
    assert second.spans == (Span(0, 5, "b fg-red"),)
    assert third.spans == ()


def test_256_and_true_colours_become_the_nearest_of_16():
    (line,) = lines_of([b"\x1b[38;5;9mA\x1b[48;2;0;0;170mB\x1b[39;49mC\x1b[97mD\n"])
    styles = [span.style for span in line.spans]
    assert styles == ["fg-bright-red", "fg-bright-red bg-blue", "fg-bright-white"]


def test_links_and_titles_leave_their_words_only():
    assert texts(b"\x1b]0;title\x07a \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ b\n") == ["a link b"]


def test_half_escapes_do_not_swallow_the_next_line():
    assert texts(b"a\x1b[3\nb\x1b]0;never ended\nc\x1b\nd\n")[1:] == ["b0;never ended", "c", "d"]


def test_bytes_that_are_not_utf8_are_replaced():
    assert texts(b"caf\xe9 \xf0\x9f\n") == ["caf\ufffd \ufffd"]


def test_a_long_line_is_cut_and_says_how_much_is_left_out():
    (line,) = lines_of([b"x" * 1000] * 3000, limit=10_000)
    assert line.text == "x" * 10_000 + " … 2,990,000 bytes left out"
    assert (line.start, line.end) == (0, 3_000_000)


def test_pieces_lose_nothing_of_a_long_line():
    data = "aé東".encode() * 60_000
    lines = lines_of([data, b"\nnext\n"], pieces=True)
    assert [line.more for line in lines[:-2]] == [True] * (len(lines) - 2)
    assert "".join(line.text for line in lines[:-1]) == data.decode()
    assert lines[-1] == Line("next", len(data) + 1, len(data) + 6)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 5 * BLOCK), max_size=4))
def test_any_split_of_a_long_line_gives_the_same_pieces(cuts):
    data = b"\x1b[32m" + "0é".encode() * BLOCK + b"\rback\x1b[0m" + b"1" * BLOCK + b"\nend"
    edges = [0, *sorted(cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(edges)]
    assert lines_of(pieces, pieces=True) == lines_of([data], pieces=True)
