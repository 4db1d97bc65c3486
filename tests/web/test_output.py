"""A page holds all of a short log, and beginning and end of a long one."""

from __future__ import annotations

import pytest

from webify.text.source import open_text
from webify.web.output import HEAD, LINES, TAIL, count_lines, text_of, whole_end


@pytest.fixture
def log(tmp_path):
    def write(data: bytes, size: int | None = None):
        path = tmp_path / "out.log"
        path.write_bytes(data)
        return open_text(path, size)

    return write


def test_short_log_is_whole(log):
    text = text_of(log(b"a\nb\nc"), 0, 5)
    assert [str(line) for line in text.head] == ["a", "b", "c"]
    assert (text.tail, text.left_out, text.to) == ((), 0, 5)


def test_unfinished_line_is_left_to_the_stream(log):
    text = text_of(log(b"a\nb\nc"), 0, 5, whole_lines=True)
    assert [str(line) for line in text.head] == ["a", "b"]
    assert text.to == 4


def test_long_log_keeps_beginning_and_end_and_says_how_much_is_missing(log):
    lines = [b"%06d %s\n" % (number, b"x" * 50) for number in range(50_000)]
    data = b"".join(lines)
    text = text_of(log(data), 0, len(data))
    assert text.head[0].startswith("000000 ")
    assert text.tail[-1].startswith("049999 ")
    shown = sum(len(line) + 1 for line in (*text.head, *text.tail))
    assert shown + text.left_out == len(data)
    assert shown <= HEAD + TAIL


def test_many_short_lines_are_cut_too(log):
    data = b"".join(b"%d\n" % number for number in range(20_000))
    text = text_of(log(data), 0, len(data))
    assert len(text.head) <= LINES
    assert len(text.tail) <= LINES
    assert text.tail[-1] == "19999"
    shown = sum(len(line) + 1 for line in (*text.head, *text.tail))
    assert shown + text.left_out == len(data)
    assert text.cut == sum(len(line) + 1 for line in text.head)


def test_block_among_others_shows_fewer_lines(log):
    data = b"".join(b"%d\n" % number for number in range(20_000))
    text = text_of(log(data), 0, len(data), most=5)
    assert [*text.head, *text.tail] == ["0", "1", "2", "3", "4", *map(str, range(19995, 20_000))]


def test_one_endless_line_is_bounded(log):
    data = b"x" * 3_000_000
    text = text_of(log(data), 0, len(data))
    assert len(text.head) == len(text.tail) == 1
    assert len(text.head[0]) + len(text.tail[0]) + text.left_out == len(data)


def test_markup_in_a_log_is_text(log):
    text = text_of(log(b"\x1b[31m<b>&\x1b]8;;http://x\x07link\n"), 0, 40)
    assert str(text.head[0]) == '<span class="a-fg-red">&lt;b&gt;&amp;link</span>'


def test_lines_are_counted_up_to_a_bound(log):
    assert count_lines(log(b"a\nb")) == 2
    assert count_lines(log(b"")) == 0
    assert count_lines(log(b"a\n", 3_000_000)) is None


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_log_in_utf_16_is_shown_as_the_viewer_shows_it(log, name):
    data = "\ufeffname,Größe\nä,1\n".encode(name)
    text = text_of(log(data), 0, len(data))
    assert [str(line) for line in text.head] == ["name,Größe", "ä,1"]
    assert count_lines(log(data)) == 2


def test_long_log_in_utf_16_keeps_beginning_and_end(log):
    data = "".join(["\ufeff", *(f"{number:06} ä{'x' * 50}\n" for number in range(9_000))])
    data = data.encode("utf-16-le")
    text = text_of(log(data), 0, len(data), most=5)
    assert [str(line)[:6] for line in text.head] == [f"{number:06}" for number in range(5)]
    assert [str(line)[:6] for line in text.tail] == [f"{number:06}" for number in range(8995, 9000)]
    shown = sum(len(line) + 1 for line in (*text.head, *text.tail))
    assert 2 * shown + text.left_out + 2 == len(data) == text.to


@pytest.mark.parametrize(
    ("data", "start", "end", "found"),
    [
        (b"a\nb\nc", 0, 3, 2),
        (b"a\nb\nc", 0, 4, 4),
        (b"a\nb\nc", 2, 3, 2),
        (b"a\n" + b"b" * 2 * TAIL, 0, TAIL + 9, TAIL + 9),
        ("\ufeffa\nb".encode("utf-16-le"), 2, 8, 6),
        (b"", 0, 0, 0),
    ],
)
def test_end_of_the_last_whole_line_is_found(log, data, start, end, found):
    assert whole_end(log(data), start, end) == found
