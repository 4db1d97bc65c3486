"""What a tool printed, as readers understood it: blocks, and the tables among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional, Tuple

TEXT, TABLE, PAIRS = "text", "table", "pairs"
LOG, PROGRESS, ERROR = "log", "progress", "error"

# What the cells of a column are; the rules stand in rows/.
TYPES = (
    "text",
    "code",
    "path",
    "url",
    "integer",
    "number",
    "percent",
    "size",
    "duration",
    "date",
    "time",
    "yes/no",
    "status",
)
FIGURES = frozenset(("integer", "number", "percent", "size", "duration"))  # sorted as numbers

# How an output may be said to be read, and the readers that are asked then, in their order;
# the "said" ones doubt nothing and come last.
OUTPUTS: Mapping[str, Tuple[str, ...]] = {
    "text": (),
    "csv": ("csv", "said csv"),
    "json": ("json",),
    "yaml": ("yaml",),
    "ini": ("ini",),
    "xml": ("xml",),
    "html": ("html",),
    "markup": ("markup", "boxes"),
    "table": (
        "vertical",
        "boxes",
        "markup",
        "csv",
        "headless",
        "aligned",
        "stacked",
        "said aligned",
    ),
    "words": ("words",),
    "pairs": ("vertical", "pairs", "said pairs"),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    name    as the tool printed it; "" where it has none
    type    one of TYPES
    align   "left" or "right"
    hidden  not shown until a person asks for it
    hint    why its cells are read as text though many look like something else, or ""
    form    how its cells are written where the type does not tell: "decimal comma", "day first"
    """

    name: str
    type: str = "text"
    unit: str = ""
    align: str = "left"
    hidden: bool = False
    hint: str = ""
    form: str = ""


@dataclass(frozen=True)
class Table:
    """A table in rows.db.

    number   1, 2, 3 ... in the order of the output
    cut      why the rows end before the output does, as a sentence, or ""
    """

    number: int
    columns: Tuple[Column, ...]
    rows: int = 0
    cut: str = ""


@dataclass(frozen=True)
class Block:
    """One piece of the output, in order.

    kind         "text", "table", "pairs", "log", "progress" or "error"
    start, end   the bytes of out.log that it came from
    title        the line above a table that names it, the last words of a progress, or ""
    table        the rows of a table or of a log
    pairs        (name, value) of a "pairs" block
    share        how far a progress has come, from 0 to 1; None where it does not say
    """

    kind: str
    start: int
    end: int
    title: str = ""
    table: Optional[Table] = None
    pairs: Tuple[Tuple[str, str], ...] = ()
    share: Optional[float] = None
