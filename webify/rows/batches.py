"""All rows of a view, some at a time, however many there are."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from webify.model.block import Table
from webify.rows.kept import Kept
from webify.rows.packing import pack, unpack
from webify.rows.selection import SMALL, select
from webify.rows.source import Source, opened
from webify.rows.totals import chosen
from webify.rows.view import View, cleaned

SOME = 500  # rows at a time
LONG = 120.0  # seconds that are waited for an order

Columns = Sequence[Sequence[str]]


def batches(path: Path, table: Table, view: View) -> Iterator[Columns]:
    """Yield the rows of a view as columns of cells, some rows at a time.

    Raises TableUnknown.
    """
    view = cleaned(view, table)
    with opened(path, table) as source:
        found = select(path, source, view, LONG)
        if not view.sort:
            rows = found.all(Kept(path)) if view.narrowed else None
            yield from chosen(source, range(source.width), found.total, rows)
        elif source.total <= SMALL:
            order = found.all(Kept(path))
            for at in range(0, len(order), SOME):
                yield list(zip(*source.rows(order[at : at + SOME]), strict=True))
        else:
            yield from _in_order(path, source, found.all(Kept(path)))


def _in_order(path: Path, source: Source, rows: Sequence[int]) -> Iterator[Columns]:
    """Yield rows in any order: each is written into a file once, and picked from there."""
    ends = array("Q", [0])
    with tempfile.TemporaryFile(dir=path.parent) as spool:
        place = 0
        for _, columns in source.columns(range(source.width)):
            lines = [
                pack(row).encode("utf-8", "surrogatepass") for row in zip(*columns, strict=True)
            ]
            for line in lines:
                place += len(line)
                ends.append(place)
            spool.write(b"".join(lines))
        asked = iter(rows)
        while some := list(islice(asked, SOME)):
            picked = []
            for row in some:
                spool.seek(ends[row])
                line = spool.read(ends[row + 1] - ends[row])
                picked.append(unpack(line.decode("utf-8", "surrogatepass")))
            yield list(zip(*picked, strict=True))
