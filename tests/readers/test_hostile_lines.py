"""Lines that lead a careless pattern astray are read as quickly as any."""

from __future__ import annotations

import time
from itertools import product

import pytest

from tests.readers.reading import read

MARKS = "-=+|:.,;/*#_~ \t0a\"'<[{(\\%@╌│─"
TAILS = ("", " */", "|")
SECONDS = 1.0  # of computing; a pattern that goes astray takes minutes


def lines_of(first, second):
    """Yield lines of two marks in turn, short and long, with ends that match nothing."""
    for count, tail in product((40, 1_000), TAILS):
        yield (first + second) * count + tail
        yield first * count + second * count + tail


@pytest.mark.clock
@pytest.mark.parametrize("first", MARKS)
def test_lines_of_marks_are_read_quickly(first):
    for second in MARKS:
        data = "\n".join(lines_of(first, second)).encode()
        before = time.process_time()
        read([data])
        took = time.process_time() - before
        assert took < SECONDS, (first, second, took)
