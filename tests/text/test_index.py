"""Lines are numbered in a text of any size, and what was counted is kept."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webify.text import index as index_module
from webify.text.index import LineIndex
from webify.text.source import BLOCK

MANY = b"".join(b"line %d\n" % number for number in range(200_000))  # some blocks long


@pytest.fixture
def index(opened, tmp_path):
    return lambda data, **options: LineIndex(opened(data), tmp_path / "out.lines", **options)


@pytest.mark.parametrize("line", [1, 2, 777, 40_000, 150_001, 200_000])
def test_line_begins_where_it_is_found_again(index, line):
    found = index(MANY)
    assert found.extend(len(MANY), 60)
    start = found.start_of(line)
    assert MANY[start:].startswith(b"line %d\n" % (line - 1))
    assert found.line_at(start) == found.line_at(start + 3) == line


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\n\n", 2), (b"a\nb", 2), (MANY, 200_000)],
)
def test_lines_are_counted_as_an_editor_counts_them(index, data, lines):
    found = index(data)
    found.extend(len(data), 60)
    assert found.total() == lines


def test_what_is_not_counted_is_not_known(index):
    found = index(MANY)
    assert found.total() is None
    assert found.line_at(len(MANY) - 1) is None
    assert found.start_of(200_000) is None
    assert found.line_at(BLOCK // 2) is not None


def test_no_line_after_the_last(index):
    found = index(b"a\nb")
    assert found.start_of(3) is None


def test_no_time_counts_no_more_than_a_block(index):
    found = index(MANY)
    assert not found.extend(len(MANY), -1)
    assert found.covered == BLOCK


def test_count_is_kept_for_the_next_visit(index, monkeypatch):
    monkeypatch.setattr(index_module, "SAVED", 1)
    first = index(MANY)
    first.extend(len(MANY), 60)
    first.save()
    assert LineIndex(first.text, first.path).total() == 200_000


def test_file_that_was_changed_is_counted_anew(index, monkeypatch):
    monkeypatch.setattr(index_module, "SAVED", 1)
    first = index(MANY)
    first.extend(len(MANY), 60)
    first.save()
    os.utime(first.text.path, ns=(1, 1))
    assert LineIndex(first.text, first.path).covered == 0


def test_log_that_grew_goes_on_from_what_was_counted(index, monkeypatch):
    monkeypatch.setattr(index_module, "SAVED", 1)
    first = index(MANY, grows=True)
    first.extend(len(MANY), 60)
    first.save()
    later = index(MANY + b"more\n", grows=True)
    assert later.covered == first.covered > 0
    assert later.total() == 200_001


@pytest.mark.parametrize("spoil", [b"", b"lines\n", b"\0" * 999])
def test_spoiled_file_of_counts_is_made_anew(index, tmp_path, spoil):
    (tmp_path / "out.lines").write_bytes(spoil)
    found = index(MANY)
    assert found.covered == 0
    found.extend(len(MANY), 60)
    assert found.total() == 200_000


def test_place_that_cannot_be_written_is_no_fault(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "SAVED", 1)
    found = LineIndex(opened(MANY), tmp_path / "no such folder" / "out.lines")
    found.extend(len(MANY), 60)
    found.save()
    assert found.total() == 200_000


def test_utf_16_has_lines_too(index):
    text = "\ufeff" + "".join(f"ਊ row {number}\n" for number in range(60_000))  # its bytes hold 0A
    found = index(text.encode("utf-16-le"))
    found.extend(found.text.size, 60)
    assert found.total() == 60_000
    assert found.line_at(found.start_of(31_234)) == 31_234


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.integers(0, 2400))
def test_number_of_a_line_is_one_more_than_the_breaks_before_it(index, lengths, byte):
    data = b"".join(b"x" * length + b"\n" for length in lengths)
    byte = min(byte, len(data))
    assert index(data).line_at(byte) == data[:byte].count(b"\n") + 1
