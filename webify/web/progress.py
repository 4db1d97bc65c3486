"""How far a run that goes on has come, as it says itself."""

from __future__ import annotations

from dataclasses import dataclass

from webify.model.block import PROGRESS, TEXT, Block
from webify.readers.progress import bare, read_count, read_progress
from webify.readers.terminal import Line, Terminal
from webify.text.source import Text

TAIL = 4_096  # bytes at the end of a log that are looked at


@dataclass(frozen=True)
class Progress:
    """What a tool says: its words, and the percent where it says one."""

    words: str
    percent: int | None


def progress_of(blocks: tuple[Block, ...], out: Text, err: Text) -> Progress | None:
    """Return the newest progress: the last block of the output, or the end of a log.

    Lines that count, as "8 of 61", say more than that: they stay text, and are told here too.
    """
    if blocks and blocks[-1].kind == PROGRESS:
        return told(blocks[-1].title, blocks[-1].share)
    lines = _last_lines(err)  # most tools tell it there
    last = next((line for line in reversed(lines) if line.text.strip()), None)
    read = None if last is None else read_progress(last, going=True)
    read = read or read_count(lines)
    if read is None and (not blocks or blocks[-1].kind == TEXT):
        read = read_count(_last_lines(out))
    return None if read is None else told(read.words, read.share)


def goes_further(blocks: tuple[Block, ...], out: Text, start: int, stop: int) -> bool:
    """Say whether a text behind the last block is that block's progress, a step further."""
    if not blocks or blocks[-1].kind != PROGRESS or not 0 < stop - start <= TAIL:
        return False
    terminal = Terminal(start)
    lines = [*terminal.feed(out.read(start, stop - start)), *terminal.finish()]
    return all(read_progress(line, going=True) for line in lines if line.text.strip())


def _last_lines(log: Text) -> list[Line]:
    start = max(0, log.size - TAIL)
    terminal = Terminal(start)
    return [*terminal.feed(log.read(start, TAIL)), *terminal.finish()]


def told(words: str, share: float | None) -> Progress:
    """Return what a page says of a progress."""
    return Progress(bare(words) or "Progress", None if share is None else int(share * 100))
