"""A reader that fails or is slow is switched off, told, and leaves the text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from benchmarks.read_text import Memory
from tests.readers.reading import read
from tests.readers.test_outputs import OUTPUTS
from webify.readers import Answer, Reading, Taken, panel, reading

CSV = b"a,b\n1,2\n3,4\n5,6\n"


class Body:
    """A body that takes one line and then fails."""

    kind = "table"
    title = ""
    columns = ("x",)
    used = 1

    def take(self, lines):
        if lines:
            raise ValueError("no such row")
        return Taken([["first"]])

    pause = finish = lambda self: Taken(done=True)


def opened(monkeypatch: pytest.MonkeyPatch, look) -> tuple[Reading, Memory]:
    """Return a reading whose first reader is this."""
    odd = SimpleNamespace(NAME="odd", look=look)
    every = (odd, *reading.load_readers())
    monkeypatch.setattr(reading, "load_readers", lambda wanted: every)
    memory = Memory()
    return Reading(memory), memory


def test_reader_that_fails_is_told_once_and_the_others_go_on(monkeypatch):
    found, memory = opened(monkeypatch, lambda lines, at, *, over: 1 // 0)
    found.feed(CSV)
    found.finish()
    assert memory.tables[1][1] == [["1", "2"], ["3", "4"], ["5", "6"]]
    (fault,) = found.faults
    assert fault.said.startswith("The reader “odd” failed and was switched off: ")
    assert "ZeroDivisionError" in fault.trace


def test_body_that_fails_keeps_its_rows_and_the_rest_is_read_by_others(monkeypatch):
    def look(lines, at, *, over):
        return Body() if lines[at].text == "odd" else Answer.NO

    found, memory = opened(monkeypatch, look)
    found.feed(b"odd\n")
    found.feed(CSV)
    found.finish()
    assert memory.tables[1][1] == [["first"]]
    assert memory.tables[2][1] == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert "no such row" in found.faults[0].said


def test_reader_that_takes_too_long_is_switched_off(monkeypatch):
    clock = iter(range(0, 10_000, 9))
    for name in ("perf_counter", "thread_time", "process_time"):
        monkeypatch.setattr(panel.time, name, lambda: float(next(clock)))
    asked = []
    found, _ = opened(monkeypatch, lambda lines, at, *, over: asked.append(at) or Answer.NO)
    found.feed(b"one\ntwo\nthree\nfour\nfive\nsix\n")
    assert 0 < len(asked) < 6
    assert "The reader “odd” took too long and was switched off" in [f.said for f in found.faults]


def test_quick_looks_open_to_each_reader_that_knows_a_line(monkeypatch):
    def ask(self, lines, at, *, over):
        answer = self._carefully(lines, at, over=over)
        line = lines[at]
        opened = {
            reader.NAME
            for may_begin, reader in self._doors.open_to(line.text.lstrip()[:1])
            if may_begin(line.text) or line.rewritten
        }
        if not isinstance(answer, Answer):
            found.add(self.found_by)
            assert self.found_by in opened, line.text
        return answer

    found = set()
    monkeypatch.setattr(panel.Panel, "_quickly", ask)
    for path in OUTPUTS:
        read([path.read_bytes()])
    assert found == {reader.NAME for reader in reading.load_readers()}
