"""How the output of a run is read where a person chose: as text, or again by other readers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webify.errors import ToolUnknown
from webify.model.block import OUTPUTS, TEXT, Block
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.runs.order import Columns
from webify.runs.rereading import Rereading, Wish
from webify.web.output import piece
from webify.web.page_state import state_of
from webify.web.site import site

pages = Blueprint("ways", __name__)
BLANKS = 4_096  # bytes behind the last block that are looked at: blank lines are no block
WAIT = 1.0  # seconds that a rereading is waited for: most take less
BLOCK = re.compile(r"[1-9][0-9]{0,3}")
LABELS: Mapping[str, str] = {  # where the word of the setting is not the one that people use
    "csv": "CSV",
    "json": "JSON",
    "yaml": "YAML",
    "ini": "INI",
    "xml": "XML",
    "html": "HTML table",
    "markup": "Markdown or wiki table",
    "table": "Aligned columns",
    "words": "Columns at every blank",
    "pairs": "Names and values",
    "log": "Log lines",
}


@dataclass(frozen=True)
class Ways:
    """What the address of a run's page says of how its output is read."""

    run_id: str
    given: MultiDict[str, str]

    def of(self, block: int = 0) -> str:
        """Return how a block is read, 0 is the whole output; "" is as found."""
        chosen = self.given.get(field_of(block), "")
        return chosen if chosen in OUTPUTS else ""

    def href(self, block: int, chosen: str, part: str = "") -> str:
        """Return the address of the page, or of a part of it, with one block read otherwise."""
        values: dict[str, Any] = state_of(self.given, **{field_of(block): chosen})
        if part:
            return url_for("runs.show", run_id=self.run_id, part=part, **values)
        anchor = f"way-{block}" if block else None
        return url_for("runs.show", run_id=self.run_id, _anchor=anchor, **values)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the fields of the address that a form hands on."""
        return [(name, text) for name, texts in state_of(self.given).items() for text in texts]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the ways to read that make something else than text."""
        return [(name, label_of(name)) for name in OUTPUTS if name != TEXT]


@dataclass(frozen=True)
class Otherwise:
    """A block, or the whole output, that is read as a person chose.

    reading   what came of it so far; None where nobody has read it so, or no more
    """

    number: int
    chosen: str
    reading: Rereading | None

    @property
    def label(self) -> str:
        """Return how it is read, in the words of the page."""
        return label_of(self.chosen)

    @property
    def goes_on(self) -> bool:
        """Say whether it is being read."""
        return self.reading is not None and self.reading.done is None

    @property
    def blocks(self) -> Sequence[Block]:
        """Return what was made of it."""
        return self.reading.blocks if self.reading is not None else ()

    @property
    def found(self) -> bool:
        """Say whether something else than text was found."""
        return any(block.kind != TEXT for block in self.blocks)

    @property
    def share(self) -> float:
        """Return how much of it was read, from 0 to 1."""
        if self.reading is None:
            return 0.0
        wish = self.reading.wish
        return (self.reading.position - wish.start) / max(1, wish.end - wish.start)


@pages.post("/runs/<run_id>/read")
def read(run_id: str) -> ResponseReturnValue:
    """Read a block or the whole output of an ended run as was chosen, and lead to it."""
    services = site()
    run = services.store.run(run_id)
    chosen, block = request.form.get("way", ""), request.form.get("block", "")
    number = int(block) if BLOCK.fullmatch(block) else 0
    folder = services.engine.folder(run)
    there = run.state.ended and folder.path.exists()  # else there is nothing to read
    wish = wish_of(folder, chosen, number) if there else None
    if wish is not None and OUTPUTS.get(chosen):
        services.rereads.ask(folder, wish, WAIT, columns_of(run))
    ways = Ways(run.id, request.form)
    return redirect(ways.href(number, chosen), 303)


def columns_of(run: Run) -> Columns:
    """Return what the site says of the columns of a run's tool, {} where that has gone."""
    try:
        return site().catalog.found(run.tool).settings.columns_of(run.path)
    except ToolUnknown:
        return {}


def wish_of(folder: RunFolder, chosen: str, number: int) -> Wish | None:
    """Return what is to be read, None where the output has no such block."""
    if not number:
        return Wish(chosen, 0, folder.sizes()[0])
    blocks = all_blocks(folder)
    if number > len(blocks):
        return None
    return Wish(chosen, blocks[number - 1].start, blocks[number - 1].end)


def all_blocks(folder: RunFolder) -> tuple[Block, ...]:
    """Return the blocks of an output that is whole; what no reader came to is text.

    Readers that are too slow are broken off.  The rest can be read as a person says all the same.
    """
    blocks, size = folder.blocks(), folder.sizes()[0]
    taken = blocks[-1].end if blocks else 0
    few = size - taken < BLANKS
    if taken >= size or (few and not piece(folder.out_path, taken, BLANKS).strip()):
        return blocks
    if blocks and blocks[-1].kind == TEXT:
        return (*blocks[:-1], replace(blocks[-1], end=size))
    return (*blocks, Block(TEXT, taken, size))


def otherwise(run: Run, folder: RunFolder, chosen: str, number: int) -> Otherwise:
    """Return what came of reading a block, or the whole output, as was chosen."""
    wish = wish_of(folder, chosen, number) if run.state.ended else None
    reading = site().rereads.find(folder, wish) if wish is not None else None
    return Otherwise(number, chosen, reading)


def label_of(name: str) -> str:
    """Return what a way to read is called on pages."""
    return LABELS.get(name, name.capitalize())


def field_of(block: int) -> str:
    """Return the field of an address that says how a block is read."""
    return f"as.{block}" if block else "as"
