"""A search finds the lines as people see them, a part at a time."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webify.text.index import LineIndex
from webify.text.needle import Faults, Words
from webify.text.search import search, search_back
from webify.text.source import BLOCK

MANY = b"".join(b"row %d of text\n" % number for number in range(100_000))


def numbers(found):
    return [hit.number for hit in found.hits]


@pytest.mark.parametrize(
    ("data", "words", "lines"),
    [
        (b"one\ntwo\nthree two two\n", "two", [2, 3]),
        (b"one\ntwo", "TWO", [2]),
        (b"one\ntwo\n", "four", []),
        (b"\x1b[31mfoo\x1b[0mbar\nfoo\n", "foobar", [1]),
        (b"plain\n\x1b[1m\x1b[32mINFO\x1b[K\x1b[m start\n", "info start", [2]),
        (b"\x1b]8;;http://hidden\x07link\x1b]8;;\x07\n", "hidden", []),
        (b"10 %\r50 %\rdone\nnext\n", "50", []),
        (b"10 %\r50 %\rdone\nnext\n", "next", [2]),
        (b"abX\x08cd\n", "abcd", [1]),
        (b"a\r\nb c\r\n", "b c", [2]),
        ("GRÖSSE\nÉté\n".encode(), "größe".replace("ß", "ss"), [1]),
        ("Привет\n".encode(), "приВЕТ", [1]),
        ("日本語\n".encode(), "本", [1]),
        (b"a.c\nabc\n", "a.c", [1]),
        (b"\xff\xfe broken \xff bytes\n", "zzz", []),
    ],
)
def test_line_is_found_as_it_is_seen(find, data, words, lines):
    assert numbers(find(data, words)) == lines


@pytest.mark.parametrize(("words", "lines"), [("Two", [2]), ("two", [1]), ("ZWEI", [])])
def test_case_matters_when_asked(find, words, lines):
    assert numbers(find(b"two\nTwo\nzwei\n", words, case=True)) == lines


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_searched(find, name):
    found = find("\ufeffeins\nਊ zwei\ndrei\n".encode(name), "ZWEI")
    assert numbers(found) == [2]
    assert found.hits[0].byte == 12


def test_line_across_two_blocks_is_found(find):
    data = b"x" * (BLOCK - 3) + b"\n" + b"needle\n" + MANY
    assert numbers(find(data, "needle")) == [2]
    data = b"y\n" * (BLOCK // 2 - 2) + b"a needle lies here\n" + MANY
    assert numbers(find(data, "needle lies")) == [BLOCK // 2 - 1]


def test_middle_of_a_very_long_line_is_found_and_can_be_opened(find):
    found = find(b"x" * 9_000_000 + b"needle" + b"y" * 9_000_000 + b"\nneedle\n", "needle")
    assert numbers(found) == [1, 2]
    assert found.hits[0].byte == 9_000_000
    assert found.hits[0].cut == (True, True)


def test_search_stops_at_enough_and_goes_on_from_there(opened, tmp_path):
    text = opened(MANY)
    index = LineIndex(text, tmp_path / "out.lines")
    seen, at = [], 0
    while True:
        found = search(text, index, Words("7 of"), at, 999, 60)
        seen += numbers(found)
        at = found.to
        if found.done:
            break
    assert seen == [number + 1 for number in range(100_000) if number % 10 == 7]


def test_search_without_time_goes_on_block_by_block(opened, tmp_path):
    text = opened(MANY)
    index = LineIndex(text, tmp_path / "out.lines")
    first = search(text, index, Words("row 99999 of"), 0, 9, -1)
    assert not first.done
    assert 0 < first.to <= BLOCK
    found, at = first, first.to
    while not found.done:
        found = search(text, index, Words("row 99999 of"), at, 9, -1)
        assert found.to > at
        at = found.to
    assert numbers(found) == [100_000]


def test_search_counts_lines_on_its_way(opened, tmp_path):
    text = opened(MANY)
    index = LineIndex(text, tmp_path / "out.lines")
    search(text, index, Words("nothing"), 0, 9, 60)
    assert index.total() == 100_000


@pytest.mark.parametrize(
    ("words", "line"), [("row 777 of", 778), ("77 of", 99_978), ("row 0 of", 1)]
)
def test_last_line_before_a_place_is_found(opened, tmp_path, words, line):
    text = opened(MANY)
    index = LineIndex(text, tmp_path / "out.lines")
    index.extend(text.size, 60)
    found = search_back(text, index, Words(words), text.size, 60)
    assert numbers(found) == [line]
    assert found.hits[0].byte == MANY.index(b"row %d of" % (line - 1))


def test_nothing_before_the_beginning(opened, tmp_path):
    text = opened(MANY)
    index = LineIndex(text, tmp_path / "out.lines")
    assert search_back(text, index, Words("row 5 of"), 30, 60).hits == ()
    assert search_back(text, index, Words("row 5 of"), 30, 60).done


FAULTS = [
    "error: no such file", "[ERROR] lost", "2026-11-27 10:00:00 ERROR worker died",
    "Traceback (most recent call last):", "ValueError: bad", "java.lang.NullPointerException",
    "FATAL: cannot connect", "3 tests failed", "make: *** failure", "panic: runtime", "10 errors",
    "src/a.c:3:1: fatal error: x.h: No such file",
]  # fmt: skip
FINE = [
    "0 errors, 0 warnings", "no errors found", "errors: 0", "errors=0", "error_count = 3",
    "terror at sea", "12 passed, 0 failed", "error-free", "without error", "the failover is ready",
    "exceptional", "all is well",
]  # fmt: skip


@pytest.mark.parametrize("line", FAULTS)
def test_fault_is_found(find, line):
    assert numbers(find(f"fine\n{line}\n".encode(), Faults())) == [2]


@pytest.mark.parametrize("line", FINE)
def test_what_only_sounds_like_a_fault_is_none(find, line):
    assert numbers(find(f"{line}\n".encode(), Faults())) == []


def test_frequent_word_of_a_fault_that_is_none_costs_no_hang(find):
    found = find(b"0 errors and 0 failed\n" * 200_000 + b"error\n", Faults())
    assert numbers(found) == [200_001]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.text(alphabet="abAB éÉ\n", max_size=60), st.text(alphabet="abAB éÉ", min_size=1, max_size=3)
)
def test_search_finds_what_a_look_at_every_line_finds(find, text, words):
    wanted = re.compile(re.escape(words), re.IGNORECASE)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if wanted.search(line)]
    assert numbers(find(text.encode(), words)) == lines
