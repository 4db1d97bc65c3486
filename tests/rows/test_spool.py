"""Lines put in another order through a file."""

from __future__ import annotations

import random

import pytest

from webify.rows import spool
from webify.rows.spool import put_in_order

LINES = [f"{at}: {cell}" for at, cell in enumerate(["a", "", "b\x1fc", "d\r\ne", "é\ud800"] * 700)]


@pytest.mark.parametrize("long", [10, 50_000, 10**9])
def test_lines_come_in_the_order_asked_for_whatever_they_hold(tmp_path, long):
    order = list(range(len(LINES)))
    random.Random(3).shuffle(order)
    pieces = [LINES[at : at + 512] for at in range(0, len(LINES), 512)]
    found = put_in_order(pieces, order, len(LINES), long, tmp_path)
    assert [line for some in found for line in some] == [LINES[row] for row in order]
    assert not list(tmp_path.iterdir())


def test_some_of_all_rows_come_in_the_order_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "HELD", 300)
    wanted = [9, 3, 2_500, 700, 4]
    pieces = [[LINES[3], LINES[4]], [LINES[9]], [LINES[700], LINES[2_500]]]
    found = put_in_order(pieces, wanted, len(LINES), 100, tmp_path)
    assert [line for some in found for line in some] == [LINES[row] for row in wanted]


def test_only_a_part_of_the_lines_is_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "HELD", 5_000)
    held = []
    unpack = spool.unpack
    monkeypatch.setattr(spool, "unpack", lambda text: held.append(len(text)) or unpack(text))
    order = list(range(len(LINES)))[::-1]
    long = sum(map(len, LINES)) / len(LINES)
    assert sum(map(len, put_in_order([LINES], order, len(LINES), long, tmp_path))) == len(LINES)
    assert max(held) < 4 * 5_000 < sum(held)
