"""What a tool printed, as readers understood it: blocks, and the tables among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional, Tuple

TEXT, TABLE, PAIRS = "text", "table", "pairs"

# How an output may be said to be read, and the readers that are asked then.
OUTPUTS: Mapping[str, Tuple[str, ...]] = {
    "text": (),
    "csv": ("csv",),
    "json": ("json",),
    "table": ("boxes", "csv", "aligned"),
    "pairs": ("pairs",),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    name    as the tool printed it; "" where it has none
    type    "text" or "number": what its cells are sorted as
    align   "left" or "right"
    """

    name: str
    type: str = "text"
    unit: str = ""
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """A table in rows.db.  number: 1, 2, 3 ... in the order of the output."""

    number: int
    columns: Tuple[Column, ...]
    rows: int = 0


@dataclass(frozen=True)
class Block:
    """One piece of the output, in order.

    kind         "text", "table" or "pairs"
    start, end   the bytes of out.log that it came from
    title        the line above a table that names it, or ""
    pairs        (name, value) of a "pairs" block
    """

    kind: str
    start: int
    end: int
    title: str = ""
    table: Optional[Table] = None
    pairs: Tuple[Tuple[str, str], ...] = ()
