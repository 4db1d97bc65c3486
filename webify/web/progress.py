"""How far a run that goes on has come, as it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from webify.model.block import PROGRESS, Block
from webify.readers.progress import bare, read_progress
from webify.readers.terminal import Terminal
from webify.web.output import piece

TAIL = 4_096  # bytes at the end of standard error: most tools tell it there


@dataclass(frozen=True)
class Progress:
    """What a tool says: its words, and the percent where it says one."""

    words: str
    percent: int | None


def progress_of(blocks: tuple[Block, ...], errors: Path, size: int) -> Progress | None:
    """Return the newest progress: the last block of the output, or the end of standard error."""
    if blocks and blocks[-1].kind == PROGRESS:
        return told(blocks[-1].title, blocks[-1].share)
    start = max(0, size - TAIL)
    terminal = Terminal(start)
    lines = [*terminal.feed(piece(errors, start, size - start)), *terminal.finish()]
    last = next((line for line in reversed(lines) if line.text.strip()), None)
    read = None if last is None else read_progress(last, going=True)
    return None if read is None else told(read.words, read.share)


def told(words: str, share: float | None) -> Progress:
    """Return what a page says of a progress."""
    return Progress(bare(words) or "Progress", None if share is None else int(share * 100))
