"""A window shows whole lines around a place, and no page is large."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webify.text.source import HEAD, open_text
from webify.text.window import (
    BYTES,
    LINES,
    SHOWN,
    line_start,
    window_around,
    window_from,
    window_to,
)

MANY = b"".join(b"line %d\n" % number for number in range(20_000))


def words(window):
    return [piece.line.text for piece in window.pieces]


def test_beginning_and_end_are_reached_without_the_middle(opened):
    text = opened(MANY)
    assert words(window_from(text, 0))[:2] == ["line 0", "line 1"]
    assert words(window_to(text, text.size))[-1] == "line 19999"
    assert len(words(window_from(text, 0))) == len(words(window_to(text, text.size))) == LINES


def test_pages_follow_each_other_without_gap(opened):
    text = opened(MANY)
    seen, at = [], 0
    while at < text.size:
        window = window_from(text, at)
        seen += words(window)
        at = window.end
    assert seen == [f"line {number}" for number in range(20_000)]


def test_pages_lead_back_without_gap(opened):
    text = opened(MANY)
    seen, at = [], text.size
    while at > 0:
        window = window_to(text, at)
        assert window.end == at
        seen = words(window) + seen
        at = window.start
    assert seen == [f"line {number}" for number in range(20_000)]


def test_lines_before_a_place_are_shown_too(opened):
    text = opened(MANY)
    window = window_around(text, MANY.index(b"line 777\n") + 3, 5)
    assert words(window)[:6] == [f"line {number}" for number in range(772, 778)]


def test_line_of_50_mb_is_cut_and_the_next_line_follows(opened):
    text = opened(b"first\n" + b"x" * 50_000_000 + b"\nlast\n")
    window = window_from(text, 0)
    assert words(window) == ["first"]
    window = window_from(text, window.end)
    long = window.pieces[0]
    assert (len(long.line.text), long.left_out) == (SHOWN, 50_000_000 - SHOWN)
    assert words(window_from(text, window.end)) == ["last"]


def test_middle_of_a_very_long_line_is_reached(opened):
    text = opened(b"x" * 3_000_000 + b"here" + b"y" * 3_000_000 + b"\nlast\n")
    piece = window_from(text, 3_000_000).pieces[0]
    assert "here" in piece.line.text
    assert piece.before + len(piece.line.text) + piece.left_out == 6_000_004


def test_progress_of_many_returns_shows_its_last_state(opened):
    text = opened(b"".join(b"%d %%\r" % part for part in range(10_000)) + b"done  \nnext\n")
    assert words(window_from(text, 0)) == ["done  ", "next"]


def test_unfinished_line_is_told(opened):
    window = window_from(opened(b"whole\nhal"), 0)
    assert [piece.unfinished for piece in window.pieces] == [False, True]


def test_returns_before_line_breaks_are_not_shown(opened):
    assert words(window_from(opened(b"a\r\nb\r\n"), 0)) == ["a", "b"]


def test_byte_order_mark_is_not_shown(opened):
    assert words(window_from(opened(b"\xef\xbb\xbfa\n"), 0)) == ["a"]


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read(opened, name):
    text = opened("\ufeffGröße ਊ\nzwei\n".encode(name))
    assert words(window_from(text, 0)) == ["Größe ਊ", "zwei"]
    assert words(window_to(text, text.size)) == ["Größe ਊ", "zwei"]


def test_invalid_bytes_are_shown_as_such(opened):
    assert words(window_from(opened(b"a\xffb\n"), 0)) == ["a\ufffdb"]


def test_letter_at_the_cut_is_left_whole(opened):
    piece = window_from(opened(b"x" * (SHOWN - 1) + "é".encode() * 9 + b"\n"), 0).pieces[0]
    assert "\ufffd" not in piece.line.text
    assert piece.left_out == 18


def test_bytes_that_are_no_text_are_told(opened):
    assert opened(b"\x7fELF\0\0\1").binary
    assert not opened("\ufeffplain".encode("utf-16-le")).binary
    assert not opened(b"plain").binary


def test_file_that_is_not_there_is_an_empty_text(tmp_path):
    assert window_from(open_text(tmp_path / "gone"), 0).pieces == ()


def test_of_a_file_that_went_after_it_was_opened_only_the_head_is_left(opened):
    text = opened(b"short\n" + b"x" * HEAD)
    text.path.unlink()
    assert text.read(0, 6) == b"short\n"
    assert text.read(0, HEAD + 6) == b""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.binary(max_size=400), st.integers(0, 500))
def test_whatever_the_bytes_are_a_window_begins_with_the_line_of_its_byte(opened, data, byte):
    text = opened(data)
    window = window_from(text, byte)
    assert window.start <= min(byte, text.size)
    assert window.end - window.start <= BYTES
    assert line_start(text, window.start) == window.start
