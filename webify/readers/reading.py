"""Read a growing output: cut it into blocks, and hand the rows of its tables to a writer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from webify.model.block import ERROR, LOG, PAIRS, PROGRESS, TABLE, TEXT, Block, Table
from webify.readers.panel import Fault, Panel
from webify.readers.progress import read_progress
from webify.readers.routine import AHEAD, Routine
from webify.readers.shapes import Answer, Body, Cells, Taken, Unread, load_readers
from webify.readers.terminal import Line, Terminal
from webify.readers.title import find_title
from webify.readers.wide import MARK, MARKS, WideTerminal

MOST_BLOCKS = 1_000  # after as many, the rest of an output stays text
MOST_COLUMNS = 16_384  # as many as the widest sheet of a workbook
MOST_PAIRS = 20_000  # the same for pairs, which are kept in memory
_EDGE = Line(".", 0, 0)  # stands above what follows a table: no title, and not blank
_MARK = "\ufeff"
SILENCE = 0.2  # seconds after which a shape that is still in doubt is decided
_ROWS = (TABLE, LOG)  # kinds whose rows go to the writer


class Writer(Protocol):
    """Where rows go: rows.writer.Writer, or a list in a test."""

    def create(self, columns: Sequence[str]) -> int:
        """Begin a table; return its number."""

    def add(self, number: int, rows: Iterable[Cells]) -> None:
        """Add rows to a table."""

    def rename(self, number: int, columns: Sequence[str]) -> None:
        """Name the columns anew; there may be more of them now."""

    def table(self, number: int) -> Table:
        """Return the table as it is known so far."""

    def tick(self) -> None:
        """Keep what has waited long enough."""

    def close(self) -> None:
        """Keep everything; nothing more comes."""


@dataclass
class _Part:
    """A block that is being read, and the reader that found it."""

    reader: str
    body: Body
    start: int
    end: int
    title: str
    number: int = 0
    pairs: list[tuple[str, str]] = field(default_factory=list)
    shown: tuple[tuple[str, str], ...] = ()
    share: float | None = None


class Reading:
    """The blocks of one output while it arrives.  Bounded memory, whatever comes."""

    def __init__(self, writer: Writer, wanted: Sequence[str] | None = None) -> None:
        """Begin at the first byte of the log.

        wanted   names of the readers that are asked, where not all of them are
        """
        self._writer = writer
        self._terminal: Terminal | WideTerminal = Terminal(pieces=True)
        self._first = b""  # the first byte, where it may begin the mark of UTF-16
        self._panel = Panel(load_readers(wanted))
        self._wanted = wanted
        self._ended: tuple[Block, ...] = ()
        self._pending: list[Line] = []
        self._part: _Part | None = None
        self._seen_at: int | None = None  # the first line of the text that is not blank
        self._above: deque[Line] = deque(maxlen=3)
        self._routine = Routine()
        self._inside = False  # the last line was a piece of a longer one
        self._pairs = 0
        self._fed = 0
        self._fresh = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return which readers were switched off, and why."""
        return self._panel.faults

    @property
    def rows(self) -> int:
        """Return how many rows all tables have so far."""
        return sum(block.table.rows for block in self.blocks if block.table is not None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the output so far, in order; the last block may still grow."""
        partial = self._terminal.partial()
        going = self._going(partial)
        if self._part is not None:
            block = self._block(self._part)
            return (*self._ended, block, *(() if going is None else (going,)))
        end = self._fed if going is None else going.start
        start = self._seen_at
        if start is None:
            doubtful = self._pending if partial is None else [*self._pending, partial]
            start = next((line.start for line in doubtful if line.text.strip()), end)
        text = (Block(TEXT, start, end),) if start < end else ()
        return (*self._ended, *text, *(() if going is None else (going,)))

    def _going(self, partial: Line | None) -> Block | None:
        """Return the progress that the unfinished line tells of, if it does."""
        told = None
        if partial is not None and self._wanted is None:
            told = read_progress(partial, going=True)
        if self._part is not None and partial is not None and not partial.rewritten:
            told = None  # rather a row of it
        if partial is None or told is None:
            return None
        return Block(PROGRESS, partial.start, self._fed, told.words, share=told.share)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the log, split anywhere."""
        self._fed += len(data)
        self._panel.size = self._fed
        self._fresh = True
        self._read(self._lines_of(data))
        self._writer.tick()

    def _lines_of(self, data: bytes) -> list[Line]:
        """Return the lines that these bytes end; the first two may tell that it is UTF-16."""
        if self._fed - len(data) <= len(self._first):
            data, self._first = self._first + data, b""
            if data in (b"\xff", b"\xfe"):
                self._first = data
                return []
            if data[:MARK] in MARKS:
                self._terminal = WideTerminal(MARKS[data[:MARK]])
                data = data[MARK:]
        return _unmarked(self._terminal.feed(data))

    def tick(self, quiet_seconds: float = SILENCE) -> None:
        """Say that nothing has come for so long: shapes in doubt are decided."""
        if quiet_seconds >= SILENCE and self._fresh:
            self._fresh = False
            if self._part is not None:
                self._pause(self._part)
            else:
                self._settle()
        self._writer.tick()

    def finish(self) -> None:
        """Say that nothing more comes, and close the writer."""
        early = self._terminal.feed(self._first)
        lines: Sequence[Line] = _unmarked([*early, *self._terminal.finish()])
        while True:
            self._read(lines)
            if self._part is None:
                if not self._pending:
                    break
                lines = self._search(over=True)
            else:
                part = self._part
                taken = self._panel.work(part.reader, part.body.finish)
                lines = self._advance(taken or Taken(done=True), part.end)
        self._close_text(self._fed)
        self._writer.close()

    def _read(self, lines: Sequence[Line]) -> None:
        while lines or self._pending:
            if self._part is not None:
                if not lines:
                    return
                lines = self._feed_part(self._part, lines)
            else:
                self._pending += lines
                lines = self._search(over=False)
                if self._part is None and not lines:
                    return

    def _feed_part(self, part: _Part, lines: Sequence[Line]) -> Sequence[Line]:
        """Give lines to the part at work; return those that are not its own."""
        taken = self._panel.work(part.reader, lambda: part.body.take(lines))
        taken = taken or Taken(rest=lines, done=True)
        end = taken.rest[0].start if taken.rest else lines[-1].end if lines else part.end
        return self._advance(taken, end)

    def _pause(self, part: _Part) -> None:
        taken = self._panel.work(part.reader, part.body.pause)
        if taken is None or taken.done:
            self._read(self._advance(taken or Taken(done=True), part.end))
        else:
            self._apply(part, taken)

    def _advance(self, taken: Taken, end: int) -> Sequence[Line]:
        part = self._part
        if part is None:
            return taken.rest
        self._apply(part, taken)
        part.end = taken.rest[0].start if taken.rest else max(part.end, end)
        if taken.done:
            self._ended += (self._block(part),)
            self._part = None
            self._above = deque([_EDGE], maxlen=3)
            if len(self._ended) >= MOST_BLOCKS:
                self._panel.give_up(f"After {MOST_BLOCKS:,} parts the rest of the output is text")
            elif self._pairs > MOST_PAIRS:
                self._panel.give_up(
                    f"After {MOST_PAIRS:,} names and values the rest is text", PAIRS
                )
        return taken.rest

    def _apply(self, part: _Part, taken: Taken) -> None:
        """Hand on what a body has read."""
        part.title = taken.title or part.title
        part.share = taken.share
        part.shown = tuple((row[0], row[1]) for row in taken.shown)
        if part.body.kind == PAIRS:
            part.pairs += [(row[0], row[1]) for row in taken.rows]
            self._pairs += len(taken.rows)
        if part.body.kind not in _ROWS:
            return
        if not part.number:
            part.number = self._writer.create(taken.columns or part.body.columns)
        elif taken.columns is not None:
            self._writer.rename(part.number, taken.columns)
        if taken.rows:
            self._writer.add(part.number, taken.rows)

    def _search(self, *, over: bool) -> Sequence[Line]:
        """Go over the pending lines until a shape begins or is in doubt.

        Return the lines that a shape which was found has left over.
        """
        at = 0
        pending = self._pending
        wanted = -1
        while at < len(pending):
            if at > wanted:
                upto, wanted = self._routine.passed(pending, at)
                for line in pending[at:upto]:
                    self._keep_text(line)
                passed, at = upto > at, upto
                if self._routine.begun and wanted == len(pending) and not over:
                    break  # all are of known forms: what comes behind them decides
                if passed:
                    continue
            answer = self._ask(at, over=over)
            if answer is Answer.WAIT:
                break
            lines = _text_lines(answer)
            for line in pending[at : at + lines]:
                self._keep_text(line)
                self._routine.left(line)
            at += lines
            body = _shape(answer)
            if body is not None:
                self._routine.found(pending[at : at + AHEAD])
                return self._begin(body, at)
        del pending[:at]
        return ()

    def _settle(self) -> None:
        """Look for a shape among the lines in doubt, as the tool is silent."""
        for at in range(len(self._pending)):
            answer = self._ask(at, over=True)
            body = _shape(answer)
            if body is not None:
                start = at + _text_lines(answer)
                for line in self._pending[:start]:
                    self._keep_text(line)
                self._read(self._begin(body, start))
                if self._part is not None:
                    self._pause(self._part)
                return

    def _ask(self, at: int, *, over: bool) -> Body | Answer:
        line = self._pending[at]
        inside = self._pending[at - 1].more if at else self._inside
        if inside or not line.text or line.text.isspace():
            return Answer.NO
        answer = self._panel.ask(self._pending, at, over=over)
        if isinstance(answer, Answer) or len(answer.columns) <= MOST_COLUMNS:
            return answer
        return Answer.NO

    def _begin(self, body: Body, at: int) -> Sequence[Line]:
        """Begin a part with the pending line `at`; return the lines that it leaves over."""
        lines, self._pending = self._pending, []
        head = lines[at]
        untitled = body.kind in (PROGRESS, ERROR) or (body.title and body.kind not in _ROWS)
        title, start = ("", head.start) if untitled else find_title(self._above, head)
        self._close_text(start)
        end = lines[at + body.used - 1].end if body.used else head.start
        part = self._part = _Part(self._panel.found_by, body, start, end, body.title or title)
        self._inside = False
        if body.kind in _ROWS:
            part.number = self._writer.create(body.columns)
        rest = lines[at + body.used :]
        return self._feed_part(part, rest)

    def _block(self, part: _Part) -> Block:
        kind, pairs = part.body.kind, tuple(part.pairs) or part.shown
        if kind not in _ROWS:
            return Block(kind, part.start, part.end, part.title, pairs=pairs, share=part.share)
        table = self._writer.table(part.number)
        return Block(kind, part.start, part.end, part.title, table=table)

    def _keep_text(self, line: Line) -> None:
        if self._seen_at is None and line.text.strip():
            self._seen_at = line.start
        self._above.append(line)
        self._inside = line.more

    def _close_text(self, end: int) -> None:
        """End the text block here; blank lines alone are none."""
        if self._seen_at is not None and self._seen_at < end:
            self._ended += (Block(TEXT, self._seen_at, end),)
        self._seen_at = None


def _shape(answer: Body | Answer) -> Body | None:
    """Return what begins with a line, or behind the lines of text that it begins."""
    if isinstance(answer, Unread):
        return answer.then
    return None if isinstance(answer, Answer) or answer.kind == TEXT else answer


def _text_lines(answer: Body | Answer) -> int:
    """Return how many lines are surely text."""
    if isinstance(answer, Answer):
        return int(answer is Answer.NO)
    return answer.used if answer.kind == TEXT else 0


def _unmarked(lines: list[Line]) -> list[Line]:
    """Take the byte order mark from the first line of the log."""
    if lines and lines[0].start == 0 and lines[0].text.startswith(_MARK):
        lines[0] = lines[0]._replace(text=lines[0].text.removeprefix(_MARK))
    return lines
