"""The blocks of a run's output, ready to be shown: as they were found, or as a person chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from webify.errors import TableUnknown
from webify.model.block import TEXT, Block
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.text.source import Text as Source
from webify.web.card import Card, card_of
from webify.web.output import OF_A_BLOCK, Text, text_of
from webify.web.progress import Progress, told
from webify.web.ways import Otherwise, otherwise

MOST_BLOCKS = 100  # on one page: a thousand tables took seconds and megabytes


@dataclass(frozen=True)
class Piece:
    """One block of the output, ready to be shown.

    number      which block of the output it is, 0 for a piece of another reading
    lost        it is a table, and its rows cannot be read
    otherwise   how it is read where a person chose that, and `inner` what came of it
    """

    block: Block
    text: Text | None = None
    card: Card | None = None
    number: int = 0
    as_text: bool = False
    lost: bool = False
    otherwise: Otherwise | None = None
    inner: tuple[Piece, ...] = ()

    @property
    def told(self) -> Progress:
        """Return what a block of progress says."""
        return told(self.block.title, self.block.share)


@dataclass(frozen=True)
class Pieces:
    """What makes pieces of the blocks of one run.

    given    the fields of the page's address
    out      standard output as far as it goes now
    goes_on  the run has not ended
    """

    run: Run
    folder: RunFolder
    given: MultiDict[str, str]
    out: Source
    goes_on: bool

    def chosen(self, block: Block, number: int, chosen: str) -> Piece:
        """Return a block as a person chose to see it, "" for as it was found."""
        if chosen == TEXT:
            return replace(self._text(block), number=number, as_text=block.kind != TEXT)
        if not chosen:
            return replace(self._piece(block, self.folder), number=number)
        read = otherwise(self.run, self.folder, chosen, number)
        inner = tuple(self.read_so(read)) if read.found else ()
        return replace(self._text(block), number=number, otherwise=read, inner=inner)

    def read_so(self, read: Otherwise) -> Iterator[Piece]:
        """Yield what came of a part that was read otherwise."""
        if read.reading is None:
            yield self._text(Block(TEXT, 0, self.out.size))
        else:
            for block in read.blocks[:MOST_BLOCKS]:
                yield self._piece(block, read.reading.folder)

    def _piece(self, block: Block, folder: RunFolder) -> Piece:
        if block.pairs:
            return Piece(block)
        if block.table is not None:
            try:
                return Piece(block, card=card_of(self.run, folder.rows_path, block, self.given))
            except TableUnknown:  # not there, or not yet: shown as text
                return replace(self._text(block), lost=not self.goes_on)
        return self._text(block)

    def _text(self, block: Block) -> Piece:
        text = text_of(self.out, block.start, block.end, most=OF_A_BLOCK)
        return Piece(block, text=text.trimmed)
