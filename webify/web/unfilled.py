"""A run that printed nothing but the heads of a table whose rows an earlier run had.

A line such as "code,site,stock" may be anything, so no reader takes it for a table.  Where a run
of the same command had a table with these very columns, it is one without rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from webify.model.run import Run
from webify.web.output import Text
from webify.web.site import site

Offers = Sequence[tuple[str, Sequence[tuple[Run, str]]]]
LOOKED = 5  # earlier runs whose tables are looked at
SIGNS = (" ", ",", ";", "|", ", ", " | ")  # that part heads; a tab reads as a blank


def heads_alone(text: Text, tables: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the table, as the heads of its columns, whose heads are this text, else ()."""
    lines = [line for line in (*text.head, *text.tail) if line.strip()]
    if len(lines) != 1 or text.left_out:
        return ()
    said = lines[0].striptags().replace('"', "").strip("| ")
    return next((heads for heads in tables if said in _spelled(heads)), ())


def earlier_tables(run: Run, offered: Offers) -> Iterator[tuple[str, ...]]:
    """Yield the heads of the tables that the last runs of the same command had."""
    runs = (other for _, group in offered for other, _ in group)
    filled = (other for other in runs if other.path == run.path and other.rows)
    for other in islice(filled, LOOKED):
        for block in site().engine.folder(other).blocks():
            heads = tuple(column.name for column in block.table.columns) if block.table else ()
            if len(heads) > 1 and all(heads):
                yield heads


def _spelled(heads: tuple[str, ...]) -> set[str]:
    return {" ".join(sign.join(heads).replace('"', "").split()) for sign in SIGNS}
