"""All rows of a view, some at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from webify.model.block import Table
from webify.rows.kept import Kept
from webify.rows.packing import pack, unpack
from webify.rows.selection import SMALL, Selection, select
from webify.rows.source import Source, opened
from webify.rows.spool import put_in_order
from webify.rows.totals import chosen, rising
from webify.rows.view import View, cleaned

SOME = 500  # rows at a time
LONG = 120.0  # seconds that are waited for an order

Columns = Sequence[Sequence[str]]
Write = Callable[[Columns], list[str]]


def batches(path: Path, table: Table, view: View) -> Iterator[Columns]:
    """Yield the rows of a view as columns of cells, some rows at a time.

    Raises TableUnknown.
    """
    view = cleaned(view, table)
    with opened(path, table) as source:
        found = select(path, source, view, LONG)
        if _spooled(source, view):
            for lines in _ordered(path, source, view, found, _packed):
                yield list(zip(*map(unpack, lines), strict=True))
        else:
            yield from _as_they_come(path, source, view, found)


def written(path: Path, table: Table, view: View, write: Write) -> Iterator[list[str]]:
    """Yield the rows of a view as lines, some at a time.

    write   makes a line of each row: it is asked for rows in any order, as they lie in their file
    Raises TableUnknown.
    """
    view = cleaned(view, table)
    with opened(path, table) as source:
        found = select(path, source, view, LONG)
        if _spooled(source, view):
            yield from _ordered(path, source, view, found, write)
        else:
            yield from map(write, _as_they_come(path, source, view, found))


def _spooled(source: Source, view: View) -> bool:
    return bool(view.sort) and source.total > SMALL


def _as_they_come(path: Path, source: Source, view: View, found: Selection) -> Iterator[Columns]:
    if not view.sort:
        rows = found.all(Kept(path)) if view.narrowed else None
        yield from chosen(source, range(source.width), found.total, rows)
        return
    order = found.all(Kept(path))
    for at in range(0, len(order), SOME):
        yield list(zip(*source.rows(order[at : at + SOME]), strict=True))


def _ordered(
    path: Path, source: Source, view: View, found: Selection, write: Write
) -> Iterator[list[str]]:
    rows = found.all(Kept(path))
    wanted = rising(rows, found.total) if view.narrowed else None
    pieces = map(write, chosen(source, range(source.width), found.total, wanted))
    long = path.stat().st_size / max(found.total, 1)
    return put_in_order(pieces, rows, found.total, long, path.parent)


def _packed(columns: Columns) -> list[str]:
    return list(map(pack, zip(*columns, strict=True)))
